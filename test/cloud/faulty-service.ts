import { createServer, type IncomingMessage, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inject } from 'vitest';

/**
 * What becomes of a call: it is refused with an error of the service before it is made, or made and never answered, as
 * when the caller dies in between. Undefined lets it pass.
 */
export type Fault = { readonly refused: string } | 'unanswered' | undefined;

/** A service of the emulator behind somebody who disturbs its calls. */
export interface FaultyService {
  readonly address: string;
  close(): Promise<void>;
}

/** The operation of a call, as JSON protocols name it; the path where they do not. */
function operationOf({ headers, url }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? (target.split('.')[1] ?? '') : (url ?? '');
}

/** @param faultOf is asked for each call, with its operation. */
export async function startFaultyService(faultOf: (operation: string) => Fault): Promise<FaultyService> {
  const { endpoint } = inject('cloud');
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const fault = faultOf(operationOf(request));
    if (typeof fault === 'object') {
      const { refused } = fault;
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': refused });
      response.end(JSON.stringify({ __type: refused, message: 'refused on purpose' }));
      return;
    }
    const { method, headers, url } = request;
    const passedOn = send(new URL(url ?? '/', endpoint), { method, headers });
    passedOn.on('response', (answered) => {
      if (fault === 'unanswered') {
        answered.resume();
        return;
      }
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    passedOn.on('error', () => response.destroy());
    passedOn.end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The faulty service has no port');
  return {
    address: `http://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
