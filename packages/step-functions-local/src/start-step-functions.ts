import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError } from './api-error.ts';
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine-options.ts';
import { Journal } from './journal.ts';
import { MachineCatalogue } from './machine-catalogue.ts';
import { Operations } from './operations.ts';
import { isOperation } from './requests.ts';
import { newSecret } from './token.ts';
import type { WireAnswer, WireAnswerer } from './wire.ts';

/** Cuts the connection `before` the operation is carried out or `after` it, so that its answer is lost. */
export type FailureInjection = (call: {
  readonly operation: string;
  readonly when: 'before' | 'after';
}) => boolean;

export interface StepFunctionsOptions extends EngineOptions {
  /** Name of the state machine to its definition in the Amazon States Language. */
  readonly definitions: Readonly<Record<string, unknown>>;
  /** Without it everything is forgotten when the process ends. */
  readonly journalFile?: string | undefined;
  /** 0, the default, takes any free port, and so does a preferred one that is taken; AWS's own listen on 8083. */
  readonly port?: number | { readonly preferred: number } | undefined;
  readonly failures?: FailureInjection | undefined;
}

/** As AWS bills: each state entered and each retry is a transition; each call of a function an invocation. */
export interface Counters {
  readonly transitions: number;
  readonly invocations: number;
}

export interface LocalStepFunctions {
  readonly endpoint: string;
  readonly port: number;
  /** What the server answers, for clients in this process. */
  readonly answer: WireAnswerer;
  countersOf(executionArn: string): Counters | undefined;
  /** Stops taking requests and timers; functions still at work are called again at the next start. */
  close(): Promise<void>;
}

/**
 * Serves Step Functions' JSON protocol on 127.0.0.1, to the ordinary SDK and command line.
 * Throws `DefinitionError` for a definition it would not carry out as AWS does and `JournalError` for a damaged journal.
 */
export async function startStepFunctions(options: StepFunctionsOptions): Promise<LocalStepFunctions> {
  const journal =
    options.journalFile === undefined ? undefined : Journal.open(options.journalFile, newSecret);
  const catalogue = new MachineCatalogue(options.definitions, journal?.stored.definitions ?? []);
  const secret = journal?.stored.secret ?? newSecret();
  const engine = new Engine({ options, catalogue, journal, secret });
  const operations = new Operations(engine, catalogue);
  const answers = createAnswerer(operations, options.failures);
  let closed = false;
  const server = createServer((request, response) => {
    receive(answers, request, response).catch(() => response.destroy());
  });
  try {
    await listen(server, options.port ?? 0);
  } catch (cause) {
    engine.close();
    throw cause;
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    answer: async (target, body) => {
      if (closed) throw new ConnectionBrokenError('ECONNREFUSED');
      return answers(target, body);
    },
    countersOf(arn) {
      const execution = engine.find(arn);
      return execution && { transitions: execution.transitions, invocations: execution.invocations };
    },
    async close() {
      closed = true;
      engine.close();
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await ended;
    },
  };
}

async function listen(server: Server, port: number | { readonly preferred: number }): Promise<void> {
  const wanted = typeof port === 'number' ? port : port.preferred;
  server.listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || typeof port === 'number') throw error;
    await listen(server, 0);
  }
}

const toError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)));

/** A full payload with every character escaped still fits. */
const largestBody = 4 * 1024 * 1024;

/** The connection ended before an answer came. */
class ConnectionBrokenError extends Error {
  override readonly name = 'ConnectionBrokenError';
  readonly code: 'ECONNREFUSED' | 'ECONNRESET';

  constructor(code: 'ECONNREFUSED' | 'ECONNRESET') {
    super('The connection to Step Functions has ended');
    this.code = code;
  }
}

/** The body, or its beginning once it is longer than any request may be. */
async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    chunks.push(bytes);
    if (size > largestBody) break;
  }
  return Buffer.concat(chunks);
}

function parseBody(bytes: Uint8Array): unknown {
  if (bytes.length > largestBody) throw new ApiError('ValidationException', 'The request is too large');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch (cause) {
    throw new ApiError('SerializationException', `The request is not JSON: ${String(cause)}`);
  }
}

function createAnswerer(operations: Operations, failures: FailureInjection | undefined): WireAnswerer {
  return async (target, bytes) => {
    const operation = target?.replace(/^AWSStepFunctions\./, '') ?? '';
    try {
      const body = parseBody(bytes);
      if (!isOperation(operation))
        throw new ApiError('UnknownOperationException', `Unknown operation ${operation}`);
      if (failures?.({ operation, when: 'before' })) throw new ConnectionBrokenError('ECONNRESET');
      const result = operations.call(operation, body);
      if (failures?.({ operation, when: 'after' })) throw new ConnectionBrokenError('ECONNRESET');
      return reply(200, result);
    } catch (fault) {
      if (fault instanceof ConnectionBrokenError) throw fault;
      if (fault instanceof ApiError) {
        return reply(400, { __type: `com.amazonaws.states#${fault.name}`, message: fault.message });
      }
      // Nothing was promised: the caller may try again.
      return reply(500, { __type: 'InternalServerError', message: toError(fault).message });
    }
  };
}

/** A broken connection is thrown, and then broken for the client too. */
async function receive(
  answers: WireAnswerer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.headers['x-amz-target'];
  const { status, headers, body } = await answers(
    typeof target === 'string' ? target : undefined,
    await readBody(request),
  );
  response.writeHead(status, headers);
  response.end(body);
}

function reply(status: number, body: unknown): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(body),
  };
}
