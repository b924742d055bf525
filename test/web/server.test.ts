import { Agent, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { assets } from '../../functions/web/shared/layout/stylesheet.ts';
import { demoClient } from '../../infra/local/web/demo-accounts.ts';
import { startTrialServer } from '../support/trial.ts';

type Server = Awaited<ReturnType<typeof startTrialServer>>;
let server: Server;
beforeAll(async () => {
  server = await startTrialServer();
});
afterAll(() => server.close());

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
  readonly chunks?: readonly Uint8Array[];
}

/** Sends a request as it is: without a browser's own rules on hosts and connections. */
function send(path: string, { method = 'GET', headers = {}, agent, chunks = [] }: Sent = {}) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method, headers, ...(agent === undefined ? {} : { agent }) };
    const sending = request(`${server.origin}${path}`, options, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer));
    });
    sending.on('error', reject);
    for (const chunk of chunks) sending.write(chunk);
    sending.end();
  });
}

async function accessToken(): Promise<string> {
  const answer = await fetch(`${server.origin}/idp/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${demoClient.id}:${demoClient.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'onboarding/write' }),
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

describe('the server on one machine', () => {
  it('closes the connection on which a body is too large, and says so', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const headers = {
      authorization: `Bearer ${await accessToken()}`,
      'content-type': 'application/json',
      'idempotency-key': 'large',
    };
    const chunks = Array.from({ length: 20 }, () => new Uint8Array(100_000));
    const large = await send('/api/onboardings', { method: 'POST', headers, agent, chunks });
    expect(large).toMatchObject({ statusCode: 413, headers: { connection: 'close' } });
    const next = await send('/api/openapi.json', { agent });
    expect(next).toMatchObject({ statusCode: 200, headers: { connection: 'keep-alive' } });
    agent.destroy();
  });

  it('refuses another host with strict headers', async () => {
    const answer = await send('/', { headers: { host: 'evil.example' } });
    expect(answer.statusCode).toBe(421);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['/idp/jwks', '/idp/.well-known/openid-configuration', '/idp/nothing'])(
    'lets nobody keep %s',
    async (path) => {
      expect((await send(path)).headers['cache-control']).toMatch(/no-store/);
    },
  );

  it.each(Object.values(assets))('lets $path be read only', async ({ path }) => {
    const answer = await send(path, { method: 'POST' });
    expect(answer).toMatchObject({ statusCode: 405, headers: { allow: 'GET, HEAD' } });
  });
});
