import { createHash } from 'node:crypto';
import { DynamoDbFault } from './faults.ts';

/**
 * How long DynamoDB remembers a `ClientRequestToken` after the request that carried it was done.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const TOKEN_LIFE_MS = 10 * 60 * 1000;

/** A request done, by its token. */
export interface DoneRequest {
  readonly token: string;
  /** A hash of what the request asked for. */
  readonly fingerprint: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The same for requests that ask for the same, in whatever order their fields came. */
export function fingerprintOf(request: unknown): string {
  const inOrder = JSON.stringify(request, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(inOrder).digest('base64url');
}

/** The transactions done in the last ten minutes, by their `ClientRequestToken`. */
export class RequestTokens {
  readonly #done = new Map<string, DoneRequest>();

  remember(request: DoneRequest): void {
    this.#done.delete(request.token);
    this.#done.set(request.token, request);
  }

  /**
   * Whether this very request has been done already.
   * @throws DynamoDbFault IdempotentParameterMismatchException: the token was used for another request
   */
  isDone(token: string, fingerprint: string, now: number): boolean {
    this.#forget(now);
    const known = this.#done.get(token);
    if (known === undefined) return false;
    if (known.fingerprint === fingerprint) return true;
    throw new DynamoDbFault(
      'IdempotentParameterMismatchException',
      'The provided ClientRequestToken was already used with different parameters',
    );
  }

  remembered(now: number): IterableIterator<DoneRequest> {
    this.#forget(now);
    return this.#done.values();
  }

  /** The map keeps the order of remembering, so the oldest come first. */
  #forget(now: number): void {
    for (const [token, { at }] of this.#done) {
      if (now - at < TOKEN_LIFE_MS) return;
      this.#done.delete(token);
    }
  }
}
