import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { IdempotencyKeyReusedError } from '../domain/errors.ts';
import { indexKeys, keys } from './keys.ts';
import type { Item, Table, Write } from './table.ts';
import { putNew } from './writes.ts';

/** A request by its own key: kept for good, because a repeat may come after any number of days. */
export interface Request {
  readonly scope: string;
  readonly key: string;
  /** What the request says, or a keyed digest of it; only its hash is stored. */
  readonly body: string;
  /** What it says in the form of which earlier releases stored the hash. */
  readonly formerBody?: string | undefined;
  /** The HTTP status that answers it, also when it is repeated; another one when it waits for a second person. */
  readonly status?: number;
  readonly waitingStatus?: number;
}

/** What a request has led to. */
export interface RequestResult {
  /** The onboarding it was about. */
  readonly reference?: string | undefined;
  /** Version of the onboarding after it. */
  readonly version?: number | undefined;
  /** The wave it has created. */
  readonly wave?: string | undefined;
}

/** A result that may wait for a second person. */
export interface RequestOutcome extends RequestResult {
  readonly waits?: boolean;
}

export interface KnownRequest extends RequestResult {
  readonly status?: number | undefined;
}

const requestItem = z.object({
  reference: z.optional(z.string()),
  version: z.optional(z.int()),
  wave: z.optional(z.string()),
  status: z.optional(z.int()),
  /** Absent once the onboarding is erased: the digest was made of what a person is called. */
  body: z.optional(z.string()),
});

/** The request was carried out meanwhile, by another call with the same key. */
export class RequestRepeatedError extends Error {
  override readonly name = 'RequestRepeatedError';
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}

function itemOf(request: Request, { waits = false, ...result }: RequestOutcome): Item {
  const { scope, key, body } = request;
  const { reference } = result;
  const status = waits ? request.waitingStatus : request.status;
  return {
    ...keys.idempotency(scope, key),
    ...result,
    ...(status === undefined ? {} : { status }),
    body: hashOf(body),
    ...(reference === undefined ? {} : indexKeys.request(reference, keys.idempotency(scope, key).pk)),
  };
}

/** Keeps a request with what it has led to, in the transaction that does it. */
export function requestWrite(request: Request, result: RequestOutcome): Write {
  return putNew('request', itemOf(request, result));
}

/** Keeps one request, with the first thing that is done for it. */
export interface RequestKeeper {
  /** The write to add to a transaction; none once the request is kept. */
  writes(result: RequestOutcome): readonly Write[];
  /** The transaction was stored. */
  kept(): void;
  readonly isKept: boolean;
}

/** Keeps nothing: what is done is not done for a request with a key. */
export const noRequest: RequestKeeper = { writes: () => [], kept: () => undefined, isKept: true };

export function keeperOf(request: Request): RequestKeeper {
  let isKept = false;
  return {
    writes: (result) => (isKept ? [] : [requestWrite(request, result)]),
    kept: () => {
      isKept = true;
    },
    get isKept() {
      return isKept;
    },
  };
}

export interface Requests {
  /** What an earlier request of this key led to. @throws IdempotencyKeyReusedError when it said something else. */
  earlier(request: Request): Promise<KnownRequest | undefined>;
  /** Keeps a request that has changed nothing. @throws IdempotencyKeyReusedError */
  keep(request: Request, result: RequestOutcome): Promise<void>;
}

export function createRequests(table: Table): Requests {
  async function earlier(request: Request): Promise<KnownRequest | undefined> {
    const item = await table.get(keys.idempotency(request.scope, request.key));
    if (item === undefined) return undefined;
    const { body, ...known } = z.parse(requestItem, item);
    const said = [request.body, request.formerBody].flatMap((text) =>
      text === undefined ? [] : [hashOf(text)],
    );
    if (body !== undefined && !said.includes(body)) throw new IdempotencyKeyReusedError();
    return known;
  }
  return {
    earlier,
    keep: async (request, result) => {
      const isNew = await table.putIf(itemOf(request, result), {
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      if (!isNew) await earlier(request);
    },
  };
}
