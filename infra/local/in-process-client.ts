import { setImmediate as turn } from 'node:timers/promises';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** What a service answers to one request, as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one request: the header `X-Amz-Target`, the body. Rejects when the connection would have broken. */
export type WireAnswerer = (target: string | undefined, body: Uint8Array) => Promise<WireAnswer>;

type RequestHandler = Extract<
  NonNullable<DynamoDBClientConfig['requestHandler']>,
  { handle(...request: never): Promise<unknown> }
>;

/** What is looked at of the SDK's request. */
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
 * Carries the requests of this process's own clients to a service in the same process: the same bodies, answers and
 * errors as over the socket, which stays for the command line and other processes. The socket, not the service, was most
 * of what a run of a thousand onboardings cost.
 */
function inProcessHandler(answer: WireAnswerer): RequestHandler {
  return {
    async handle({ headers: asked, body: sent }: Request) {
      // As between two processes, others get their turn before each request is answered.
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

/** As Node gives the headers of an answer that came over a socket. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** How a client of this process is set up to reach a service of this process. */
export function inProcess(answer: WireAnswerer) {
  return {
    requestHandler: inProcessHandler(answer),
    // Nobody checks a signature here, and making one costs more than most answers.
    signer: { sign: async <Request>(request: Request) => request },
  };
}
