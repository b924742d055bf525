import { setImmediate as turn } from 'node:timers/promises';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** The response of a service to one request, as sent over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a request, given its header `X-Amz-Target` and its body. Rejects where a connection would break. */
export type WireAnswerer = (target: string | undefined, body: Uint8Array) => Promise<WireAnswer>;

type RequestHandler = Extract<
  NonNullable<DynamoDBClientConfig['requestHandler']>,
  { handle(...request: never): Promise<unknown> }
>;

/** The parts of the SDK's request that are used. */
interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  return new Uint8Array();
}

/**
 * Passes the requests of clients in this process to a service in the same process, with the same bodies, responses and
 * errors as over a socket. Sockets remain for the command line and other processes; they accounted for most of the time of
 * a run of a thousand onboardings.
 */
function inProcessHandler(answer: WireAnswerer): RequestHandler {
  return {
    async handle({ headers: asked, body: sent }: Request) {
      // Yields before each response, as between two processes.
      await turn();
      const { status, headers, body } = await answer(asked['x-amz-target'], bytesOf(sent));
      return {
        response: { statusCode: status, headers: lowerCased(headers), body: Buffer.from(body) },
      };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

/** The headers in the form in which Node returns those of a socket. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Configuration of a client for a service in the same process. */
export function inProcess(answer: WireAnswerer) {
  return {
    requestHandler: inProcessHandler(answer),
    // Signatures are not checked here, and computing one costs more than most responses.
    signer: { sign: async <Request>(request: Request) => request },
  };
}
