import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { python } from '../python/environment.ts';
import { cacheFolder } from './cache-folder.ts';

/** The internet as seen by deployed functions. */
export interface Outside {
  /** Environment variables that make Node.js send all external requests through the proxy. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Replaces the named internet hosts on the loopback address: a proxy that terminates TLS with its own certificate and
 * forwards requests. Functions keep the URLs they have in AWS, so the stack need not be changed for a trial; other hosts
 * are unreachable.
 *
 * @param hosts returns the local address that answers for a host.
 */
export async function startOutside(
  programs: string,
  hosts: Readonly<Record<string, string>>,
): Promise<Outside> {
  const folder = join(cacheFolder, 'certificate');
  mkdirSync(folder, { recursive: true });
  await python(programs, 'trustme', '--quiet', '--dir', folder, '--identities', ...Object.keys(hosts));
  const read = (file: string) => readFileSync(join(folder, file));

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const target = hosts[(request.headers.host ?? '').replace(/:\d+$/, '')];
    if (target === undefined) {
      response.writeHead(502).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? '/', 'https://outside');
    const { host: _, ...headers } = request.headers;
    const passedOn = send(new URL(`${pathname}${search}`, target), { method: request.method, headers });
    passedOn.on('response', (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    passedOn.on('error', () => response.destroy());
    request.pipe(passedOn);
  };

  const secure = createSecureServer({ key: read('server.key'), cert: read('server.pem') }, answer);
  const proxy = createServer(answer);
  proxy.on('connect', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    const [host = '', port] = (request.url ?? '').split(':');
    if (!Object.hasOwn(hosts, host)) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    (port === '443' ? secure : proxy).emit('connection', socket);
  });
  await new Promise<void>((resolve, reject) => {
    proxy.once('error', reject);
    proxy.listen(0, '127.0.0.1', resolve);
  });
  const address = `http://127.0.0.1:${portOf(proxy.address())}`;
  return {
    environment: {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: address,
      HTTPS_PROXY: address,
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: join(folder, 'client.pem'),
    },
    close: () =>
      new Promise((resolve, reject) => {
        proxy.close((error) => (error === undefined ? resolve() : reject(error)));
        proxy.closeAllConnections();
        secure.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return address.port;
}
