import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The port is used by another process. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';

  constructor(port: number, options?: ErrorOptions) {
    super(
      `Port ${port} is in use: stop the process that uses it, or choose another port with PORT.`,
      options,
    );
  }
}

/** A server that listens immediately, so that a second start fails early, and answers once a handler is set. */
export interface WebServer {
  readonly origin: string;
  /** Earlier requests wait for it. */
  serve(handler: Handler): void;
  /** Waits for pending responses. */
  close(): Promise<void>;
}

const address = '127.0.0.1';
/** Headers of the server's own responses. */
const strict = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;
const closeWithin = 2_000;

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const inUse = 'code' in error && error.code === 'EADDRINUSE';
      reject(inUse ? new PortInUseError(port, { cause: error }) : error);
    });
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}

/**
 * Listens on the loopback address only. Requests for `localhost` are redirected to 127.0.0.1, because the issuer of the
 * identity provider must match the host in the browser. Any other host is refused, as a protection against DNS rebinding.
 *
 * @throws PortInUseError
 */
export async function listenOnLoopback(port: number): Promise<WebServer> {
  const ready = Promise.withResolvers<Handler>();
  let origin = '';

  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host = '' } = new URL(origin);
    const asked = request.headers.host ?? '';
    if (asked !== host) {
      const local = /^localhost(:\d+)?$/i.test(asked);
      response.writeHead(local ? 307 : 421, {
        'Content-Type': 'text/plain; charset=utf-8',
        ...strict,
        ...(local ? { Location: `${origin}${request.url ?? '/'}` } : {}),
      });
      response.end(local ? undefined : `This server is ${host}\n`);
      return;
    }
    const handler = await ready.promise;
    await handler(request, response);
  }

  origin = `http://${address}:${await listen(server, port)}`;
  return {
    origin,
    serve: (handler) => ready.resolve(handler),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), closeWithin).unref();
      }),
  };
}
