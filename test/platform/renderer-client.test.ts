import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { rendererFromEnvironment } from '../../functions/platform/renderer-client.ts';

const asked: { body: string; signature: string }[] = [];
let failing = false;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => {
    body += String(piece);
  });
  request.on('end', () => {
    asked.push({ body, signature: request.headers.authorization ?? '' });
    if (failing) response.setHeader('X-Amz-Function-Error', 'Unhandled');
    response.end(
      JSON.stringify(failing ? { errorType: 'Error' } : { pdf: Buffer.from('%PDF').toString('base64') }),
    );
  });
});

beforeAll(async () => {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  vi.stubEnv('RENDER_URL', `http://127.0.0.1:${port}/2015-03-31/functions/x/invocations`);
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
    vi.stubEnv(name, 'test');
  vi.stubEnv('AWS_REGION', 'eu-west-3');
});
afterEach(() => {
  failing = false;
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

it('calls the function with ids alone, signed, and gives the bytes', async () => {
  expect(Buffer.from(await rendererFromEnvironment()('F733-25TK', 2)).toString()).toBe('%PDF');
  expect(asked.at(-1)?.body).toBe('{"reference":"F733-25TK","submission":2}');
  expect(asked.at(-1)?.signature).toMatch(/^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/eu-west-3\/lambda\//);
});

it('says that the document is unavailable when the function fails', async () => {
  failing = true;
  await expect(rendererFromEnvironment()('F733-25TK', 2)).rejects.toThrow('has failed');
});
