import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createKey } from 'dynalite/db/index.js';
import { DynamoDbFault, isFault, PortInUseError } from './faults.ts';
import { type Answerer, createGate } from './gate.ts';
import { MemoryStore } from './memory-store.ts';
import { RequestTokens } from './request-tokens.ts';
import { tableRecord } from './tables.ts';
import { type LogRecord, NO_LOG, openWriteLog } from './write-log.ts';
import type { WrittenKey } from './writes.ts';

const HOST = '127.0.0.1';
/** As much as DynamoDB takes in one request. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const CONTENT_TYPE = 'application/x-amz-json-1.0';
/** Clients keep connections for reuse: closing them first would race with their next request. */
const KEEP_ALIVE_MS = 10 * 60 * 1000;
const ITEMS_PER_RECORD = 100;

export interface DynamoDbOptions {
  /**
   * An existing folder in which the tables are kept between two starts; without it they end with the server.
   * No other process may use it meanwhile: the caller holds a lock on it.
   */
  readonly folder?: string | undefined;
  /** 0, or none: any free port, as for a preferred one that is taken. */
  readonly port?: number | { readonly preferred: number } | undefined;
  /**
   * Is called with the items that each successful write request has changed, after the write was logged and
   * before it is answered. Takes the place of DynamoDB Streams. Must not throw.
   */
  readonly onWrite?: ((keys: readonly WrittenKey[]) => void) | undefined;
  /** Milliseconds since 1970; decides how long request tokens are remembered. */
  readonly now?: (() => number) | undefined;
}

/** An answer to one request, as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one request: the header `X-Amz-Target`, the body. Rejects when the connection would have broken. */
export type WireAnswerer = (target: string | undefined, body: Uint8Array) => Promise<WireAnswer>;

export interface DynamoDb {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly endpoint: string;
  readonly port: number;
  /** What the server answers, for clients in this process. */
  readonly answer: WireAnswerer;
  /**
   * Rewrites the folder with what there is: earlier values of items leave the disk at once. Throws, and changes nothing,
   * when the disk is full.
   */
  compact(): void;
  /** Answers the requests under way, then ends. The folder's lock is the caller's. */
  close(): Promise<void>;
}

/**
 * Starts a DynamoDB for one machine: dynalite's rules on tables in memory, behind a gate that makes writes
 * last and adds transactions. It listens on the loopback address only and checks no signatures.
 * @throws PortInUseError
 * @throws DamagedFileError
 */
export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<DynamoDb> {
  const { folder, port = 0, onWrite, now = Date.now } = options;
  const store = new MemoryStore();
  const tokens = new RequestTokens();
  const log =
    folder === undefined
      ? NO_LOG
      : openWriteLog(
          folder,
          (record) => replay(store, tokens, record),
          () => dump(store, tokens, now()),
        );
  const gate = createGate({ store, log, onWrite }, tokens, now);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    receive(gate, request, response);
  });
  // Half a request, or none: the client has gone.
  server.on('clientError', (_error, socket) => socket.destroy());
  try {
    await listen(server, port);
  } catch (error) {
    log.close();
    throw error;
  }
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : 0;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    // Requests are answered within milliseconds; a connection still open then is a body that never ends.
    const impatience = setTimeout(() => server.closeAllConnections(), 500);
    await closed;
    clearTimeout(impatience);
    log.close();
  };
  return {
    endpoint: `http://${HOST}:${bound}`,
    port: bound,
    answer: async (target, body) => {
      if (closing !== undefined) throw new ServerClosedError();
      if (body.length > MAX_BODY_BYTES) return tooLarge;
      return answer(gate, target, body);
    },
    compact: () => log.compact(),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function listen(server: Server, port: number | { readonly preferred: number }): Promise<void> {
  const wanted = typeof port === 'number' ? port : port.preferred;
  server.listen(wanted, HOST);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    if (typeof port === 'number') throw new PortInUseError(port, { cause: error });
    await listen(server, 0);
  }
}

/** Takes in the whole body before anything is looked at; a client that leaves meanwhile asked for nothing. */
function receive(
  gate: ReadonlyMap<string, Answerer>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('error', () => response.destroy());
  response.on('error', () => response.destroy());
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (length > MAX_BODY_BYTES) {
      send(response, tooLarge);
      return;
    }
    const target = request.headers['x-amz-target'];
    answer(gate, target, Buffer.concat(chunks)).then(
      (reply) => send(response, reply),
      () => response.destroy(),
    );
  });
}

/** The server no longer listens, as a refused connection says to other processes. */
class ServerClosedError extends Error {
  override readonly name = 'ServerClosedError';
  readonly code = 'ECONNREFUSED';

  constructor() {
    super('This DynamoDB has been closed');
  }
}

async function answer(
  gate: ReadonlyMap<string, Answerer>,
  target: string | string[] | undefined,
  bytes: Uint8Array,
): Promise<WireAnswer> {
  // Browsers cannot set this header across origins unasked, so no foreign page gets past here.
  const operation = typeof target === 'string' ? target.split('.')[1] : undefined;
  const answerer = gate.get(operation ?? '');
  if (answerer === undefined) {
    return fault(
      new DynamoDbFault('UnknownOperationException', `${operation ?? 'Nothing'} is not offered here`),
    );
  }
  try {
    return reply(200, await answerer(parseBody(bytes)));
  } catch (error) {
    // dynalite reads a body by calling itself for each level: what is deeper than that is no request.
    if (error instanceof RangeError) return fault(serializationFault('The request is nested too deeply'));
    return fault(error);
  }
}

function reply(status: number, body: object): WireAnswer {
  return { status, headers: { 'Content-Type': CONTENT_TYPE }, body: JSON.stringify(body) };
}

const tooLarge = reply(413, { __type: 'com.amazon.coral.service#RequestEntityTooLargeException' });

function parseBody(bytes: Uint8Array): { [field: string]: unknown } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw serializationFault('The request is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw serializationFault('The request is not a JSON object');
  }
  // To dynalite this would be what its objects inherit from.
  if (text.includes('"__proto__"')) throw serializationFault('An attribute cannot be named __proto__ here');
  return { ...body };
}

const serializationFault = (message: string) => new DynamoDbFault('SerializationException', message);

function fault(error: unknown): WireAnswer {
  if (isFault(error)) return reply(error.statusCode, error.body);
  const message = error instanceof Error ? error.message : String(error);
  return reply(500, new DynamoDbFault('InternalServerError', message).body);
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function replay(store: MemoryStore, tokens: RequestTokens, record: LogRecord): void {
  if (record.kind === 'table') {
    store.addTable(record.description, record.timeToLiveAttribute);
    return;
  }
  if (record.kind === 'table-deleted') {
    store.removeTable(record.table);
    return;
  }
  for (const change of record.changes) {
    const table = store.requireTable(change.table);
    if ('put' in change) store.put(table, createKey(change.put, table.description), change.put);
    else store.put(table, createKey(change.delete, table.description), undefined);
  }
  if (record.token !== undefined) tokens.remember(record.token);
}

/** Everything there is, as records that replay to the same. */
function* dump(store: MemoryStore, tokens: RequestTokens, now: number): Generator<LogRecord> {
  for (const name of store.tableNames()) {
    const { description, timeToLiveAttribute, items } = store.requireTable(name);
    yield tableRecord(description, timeToLiveAttribute);
    const all = [...items.values()];
    for (let start = 0; start < all.length; start += ITEMS_PER_RECORD) {
      const changes = all.slice(start, start + ITEMS_PER_RECORD).map((item) => ({ table: name, put: item }));
      yield { kind: 'items', changes };
    }
  }
  for (const token of tokens.remembered(now)) yield { kind: 'items', changes: [], token };
}
