import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect } from 'vitest';
import * as z from 'zod';
import type { PlatformConfiguration } from '../../../functions/domain/platform-configuration.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { systemClock } from '../../../functions/platform/clock.ts';
import { scopes } from '../../../functions/web/api/scopes.ts';
import { createTokenVerifier } from '../../../functions/web/shared/identity/access-token.ts';
import { type RuntimeHooks, startRuntime } from '../../../infra/local/runtime.ts';
import { type ApiSetting, apiOver } from './api-over.ts';
import { createContract } from './contract.ts';

export const issuer = 'http://127.0.0.1:3000/idp';
export const audience = 'onboarding-api';
const keyPair = await generateKeyPair('ES256', { extractable: true });
export const publicKey = { ...(await exportJWK(keyPair.publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };

/** The identity provider's public documents. */
export const provider: typeof globalThis.fetch = async (input) => {
  const address = String(input);
  const documents: Readonly<Record<string, unknown>> = {
    [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/jwks` },
    [`${issuer}/jwks`]: { keys: [publicKey] },
  };
  return Object.hasOwn(documents, address)
    ? Response.json(documents[address])
    : new Response('', { status: 404 });
};

interface TokenClaims {
  readonly client?: string;
  readonly scope?: string;
  readonly expires?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
  /** Of a person. */
  readonly roles?: readonly string[];
}

export const everyScope = Object.keys(scopes).join(' ');

export async function tokenWith(claims: TokenClaims = {}): Promise<string> {
  const client = claims.client ?? 'demo-crm';
  return new SignJWT({
    client_id: client,
    scope: claims.scope ?? everyScope,
    ...(claims.roles === undefined ? {} : { roles: claims.roles }),
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'test' })
    .setIssuer(claims.issuer ?? issuer)
    .setAudience(claims.audience ?? audience)
    .setSubject(claims.subject ?? client)
    .setIssuedAt('-1h')
    .setExpirationTime(claims.expires ?? '1h')
    .sign(keyPair.privateKey);
}

export const token = await tokenWith();

/** The access token of a person, who signed in on the pages. */
export function tokenOf(subject: string, ...roles: readonly string[]): Promise<string> {
  return tokenWith({ client: 'onboarding-web', subject, roles, scope: 'openid' });
}

/** A token that may use an operation. */
export function tokenFor({ operators }: { readonly operators?: 'too' | 'only' }): Promise<string> {
  return operators === 'only' ? tokenOf('someone', 'operator') : Promise.resolve(token);
}

export const intake = {
  siren: '999000102',
  legalName: 'Direction fictive',
  bodyType: 'company',
  contactName: 'Camille Exemple',
  contactEmail: 'camille@direction.example',
  services: ['exchange'],
};

interface Sent {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const body = z.record(z.string(), z.unknown());

interface World {
  readonly from?: string;
  readonly calendar?: readonly Wave[];
  readonly platform?: PlatformConfiguration;
  readonly hooks?: RuntimeHooks;
}

export async function startApiUnderTest(world: World = {}) {
  const logged: string[] = [];
  const runtime = await startRuntime({
    from: new Date(world.from ?? '2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform: world.platform ?? samplePlatform,
    calendar: world.calendar ?? sampleCalendar(samplePlatform),
    registryFile: 'examples/registry.json',
    ...(world.hooks === undefined ? {} : { hooks: world.hooks }),
    log: (line) => void logged.push(line),
  });
  const dependencies: ApiSetting = {
    ...runtime,
    // Tokens are dated by the provider's clock, which is the real one.
    verifyToken: createTokenVerifier({ issuer, audience, fetch: provider, clock: systemClock }),
    tokenUrl: `${issuer}/token`,
    sales: { owner: 'sales@platform.example', team: 'sales' },
    elapsed: counter(),
  };
  const { app } = apiOver(dependencies);
  const contract = createContract(await (await app.request('/api/openapi.json')).json());

  /** Sends a request and holds the answer to the description, whatever it is. */
  async function send(method: string, path: string, sent: Sent = {}) {
    const response = await app.request(`/api${path}`, {
      method,
      headers: {
        ...(sent.token === null ? {} : { authorization: `Bearer ${sent.token ?? token}` }),
        ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...sent.headers,
      },
      ...(sent.body === undefined
        ? {}
        : { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
    });
    const text = await response.text();
    const answered = body.parse(JSON.parse(text === '' ? '{}' : text));
    const type = response.headers.get('content-type') ?? '';
    const address = `/api${path}`.replace(/\?.*$/, '');
    if (method !== 'HEAD' && method !== 'OPTIONS') {
      expect(contract.problemsOfAnswer(method, address, response.status, type, answered)).toEqual([]);
    }
    return { status: response.status, headers: response.headers, body: answered, text };
  }

  let keys = 0;
  /** Starts an onboarding and lets the workflow come to rest. */
  async function start(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
    keys += 1;
    const { body: started } = await send('POST', '/onboardings', {
      body: { ...intake, ...fields },
      headers: { 'idempotency-key': `start-${keys}` },
    });
    await runtime.clock.settled();
    return z.string().parse(started['reference']);
  }

  return { runtime, app, contract, logged, dependencies, send, start };
}

export type ApiUnderTest = Awaited<ReturnType<typeof startApiUnderTest>>;

/** Time for the rate limit that leaves a full bucket before every request. */
function counter(): () => number {
  let now = 0;
  return () => {
    now += 1_000;
    return now;
  };
}
