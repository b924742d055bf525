import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ProConnectFailedError,
  type ProConnectSettings,
  proConnectOf,
} from '../../../functions/web/shared/identity/proconnect.ts';
import { registeredAt, signInAt } from '../../infra/local/proconnect/parties.ts';
import { startTrialServer } from '../../support/trial.ts';

const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: ProConnectFailedError) => error.failure,
  );

describe('signing in with the ProConnect of this machine', () => {
  let server: Awaited<ReturnType<typeof startTrialServer>>;
  beforeAll(async () => {
    server = await startTrialServer('link_and_proconnect');
  });
  afterAll(() => server.close());
  afterEach(() => {
    vi.useRealTimers();
  });

  it('presents someone by organisation, identity provider and address, and by no name', async () => {
    const { proConnect, callback, attempt } = await signInAt(server);
    const presented = await proConnect.complete(callback, attempt);
    expect(presented).toEqual({
      siret: '99900037500017',
      idp: '71144ab3-ee1a-4401-b7b3-79b44f7daeeb',
      mail: 'claire.vasseur@secretariat-fictif-a-la-protection-civile.example',
      secondFactor: true,
      signOutHint: expect.any(String),
    });
  });

  it('sends a state and a nonce of its own each time, and no PKCE parameter', async () => {
    const proConnect = proConnectOf(registeredAt(server.origin));
    const [{ url }, other] = [await proConnect.begin(false), await proConnect.begin(true)];
    expect([...url.searchParams.keys()].toSorted()).toEqual([
      'claims',
      'client_id',
      'nonce',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ]);
    expect(url.searchParams.get('state')).not.toBe(other.url.searchParams.get('state'));
    expect(url.searchParams.get('nonce')?.length).toBeGreaterThanOrEqual(32);
    expect(other.url.searchParams.get('prompt')).toBe('login');
  });

  it('fails for a code that was used', async () => {
    const { proConnect, callback, attempt } = await signInAt(server);
    await proConnect.complete(callback, attempt);
    expect(await failureOf(proConnect.complete(callback, attempt))).toBe('failed');
  });

  it('fails for a code that is older than 30 s', async () => {
    const { proConnect, callback, attempt } = await signInAt(server);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    expect(await failureOf(proConnect.complete(callback, attempt))).toBe('failed');
  });

  it('fails for another state', async () => {
    const { proConnect, callback, attempt } = await signInAt(server);
    callback.searchParams.set('state', 'x'.repeat(43));
    expect(await failureOf(proConnect.complete(callback, attempt))).toBe('failed');
  });

  it('fails for another nonce', async () => {
    const { proConnect, callback, attempt } = await signInAt(server);
    const other = { ...attempt, nonce: 'x'.repeat(43) };
    expect(await failureOf(proConnect.complete(callback, other))).toBe('failed');
  });

  it('fails with another secret', async () => {
    const { callback, attempt } = await signInAt(server);
    const other = proConnectOf({ ...registeredAt(server.origin), clientSecret: async () => 'another' });
    expect(await failureOf(other.complete(callback, attempt))).toBe('failed');
  });

  it('says that someone has given up', async () => {
    const { proConnect, callback, attempt } = await signInAt(server, 'none');
    expect(await failureOf(proConnect.complete(callback, attempt))).toBe('cancelled');
  });

  it('leads to the sign-out with the hint, and with no parameter that ProConnect does not know', async () => {
    const { proConnect, callback, attempt } = await signInAt(server);
    const { signOutHint } = await proConnect.complete(callback, attempt);
    const url = await proConnect.signOutUrl(signOutHint, 'x'.repeat(43));
    expect([...url.searchParams.keys()].toSorted()).toEqual([
      'id_token_hint',
      'post_logout_redirect_uri',
      'state',
    ]);
    expect((await server.browser().get(url.href)).status).toBe(200);
  });
});

/** A provider that answers what a test wants. */
describe('what ProConnect answers', () => {
  const issuer = 'https://proconnect.example/api/v2';
  const attempt = { state: 's'.repeat(43), nonce: 'n'.repeat(43) };
  const callback = new URL(
    `https://onboarding.example/identity/proconnect/callback?code=c&state=${attempt.state}`,
  );
  const settings: ProConnectSettings = {
    issuer,
    clientId: 'us',
    clientSecret: async () => 'secret',
    algorithm: 'RS256',
    callback: callback.origin + callback.pathname,
    signedOut: 'https://onboarding.example/',
  };
  const now = () => Math.floor(Date.now() / 1_000);
  const idClaims = () => ({
    iss: issuer,
    aud: 'us',
    sub: 'p',
    nonce: attempt.nonce,
    iat: now(),
    exp: now() + 60,
  });
  const person = () => ({
    ...{ iss: issuer, aud: 'us', sub: 'p', iat: now(), exp: now() + 60 },
    ...{
      siret: '99900037500017',
      idp_id: 'idp-1',
      email: 'a@b.example',
      given_name: 'A',
      usual_name: 'B',
      uid: 'u',
    },
  });

  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let foreign: Awaited<ReturnType<typeof generateKeyPair>>;
  beforeAll(async () => {
    [keys, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  });

  const sign = (claims: Record<string, unknown>, by = keys) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(by.privateKey);
  const unsigned = (claims: Record<string, unknown>) =>
    `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const json = (body: unknown, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  const jwt = (body: string) => new Response(body, { headers: { 'Content-Type': 'application/jwt' } });

  let idToken: () => Promise<string>;
  let userinfo: () => Promise<Response>;
  let token: () => Promise<Response>;
  let asked: string[];

  beforeEach(() => {
    idToken = () => sign(idClaims());
    userinfo = async () => jwt(await sign(person()));
    token = async () =>
      json({ access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: await idToken() });
    asked = [];
    vi.stubGlobal('fetch', async (address: string | URL) => {
      const { pathname } = new URL(address);
      asked.push(pathname);
      if (pathname.endsWith('/openid-configuration')) {
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          end_session_endpoint: `${issuer}/session/end`,
        });
      }
      if (pathname.endsWith('/jwks')) {
        return json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k', use: 'sig', alg: 'RS256' }] });
      }
      return pathname.endsWith('/token') ? token() : userinfo();
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  const complete = () => proConnectOf(settings).complete(callback, attempt);

  it('is taken when everything is as it must be', async () => {
    expect(await complete()).toMatchObject({ siret: '99900037500017', secondFactor: false });
  });

  it('is read from one discovery document for all sign-ins', async () => {
    const proConnect = proConnectOf(settings);
    await proConnect.begin(false);
    await proConnect.complete(callback, attempt);
    await proConnect.begin(false);
    expect(asked.filter((path) => path.endsWith('/openid-configuration'))).toHaveLength(1);
  });

  const wrongIdTokens: Readonly<Record<string, () => Promise<string>>> = {
    'for another audience': () => sign({ ...idClaims(), aud: 'others' }),
    'of another issuer': () => sign({ ...idClaims(), iss: 'https://others.example' }),
    'for another nonce': () => sign({ ...idClaims(), nonce: 'm'.repeat(43) }),
    'that has expired': () => sign({ ...idClaims(), iat: now() - 300, exp: now() - 240 }),
    'signed by another key': () => sign(idClaims(), foreign),
    'without a nonce': () => sign({ ...idClaims(), nonce: undefined }),
    'without an end': () => sign({ ...idClaims(), exp: undefined }),
    'without a subject': () => sign({ ...idClaims(), sub: undefined }),
    'that is not valid yet': () => sign({ ...idClaims(), nbf: now() + 600 }),
    'for us and others, given to another': () =>
      sign({ ...idClaims(), aud: ['us', 'others'], azp: 'others' }),
    'that is not signed': async () => unsigned(idClaims()),
    'signed with a shared secret': () =>
      new SignJWT(idClaims()).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 'secret')),
  };
  it.each(Object.keys(wrongIdTokens))('is refused with an ID token %s', async (name) => {
    idToken = wrongIdTokens[name] ?? idToken;
    expect(await failureOf(complete())).toBe('failed');
  });

  const wrongUserinfo: Readonly<Record<string, () => Promise<Response>>> = {
    'of someone else': async () => jwt(await sign({ ...person(), sub: 'q' })),
    'for another audience': async () => jwt(await sign({ ...person(), aud: 'others' })),
    'of another issuer': async () => jwt(await sign({ ...person(), iss: 'https://others.example' })),
    'that has expired': async () => jwt(await sign({ ...person(), iat: now() - 300, exp: now() - 240 })),
    'signed by another key': async () => jwt(await sign(person(), foreign)),
    'that is not signed': async () => json(person()),
    'that says it needs no signature': async () => jwt(unsigned(person())),
    'signed with a shared secret': async () =>
      jwt(
        await new SignJWT(person())
          .setProtectedHeader({ alg: 'HS256' })
          .sign(Buffer.from('secret'.padEnd(32, '-'))),
      ),
    'without a subject': async () => jwt(await sign({ ...person(), sub: undefined })),
    'without a SIRET': async () => jwt(await sign({ ...person(), siret: undefined })),
    'with a SIRET that is none': async () => jwt(await sign({ ...person(), siret: '999' })),
    'with a provider that is no id': async () => jwt(await sign({ ...person(), idp_id: 'Jean Dupont' })),
  };
  it.each(Object.keys(wrongUserinfo))('is refused with userinfo %s', async (name) => {
    userinfo = wrongUserinfo[name] ?? userinfo;
    expect(await failureOf(complete())).toBe('failed');
  });

  it('is unavailable while it cannot be reached, answers 503 or takes too long', async () => {
    token = async () => new Response('busy', { status: 503 });
    expect(await failureOf(complete())).toBe('unavailable');
    token = () => Promise.reject(new TypeError('fetch failed'));
    expect(await failureOf(complete())).toBe('unavailable');
    token = () => Promise.reject(new DOMException('too long', 'TimeoutError'));
    expect(await failureOf(complete())).toBe('unavailable');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    expect(await failureOf(proConnectOf(settings).begin(false))).toBe('unavailable');
  });

  it('is asked again after a discovery that failed', async () => {
    const proConnect = proConnectOf(settings);
    const works = globalThis.fetch;
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    expect(await failureOf(proConnect.begin(false))).toBe('unavailable');
    vi.stubGlobal('fetch', works);
    expect((await proConnect.begin(false)).url.origin).toBe('https://proconnect.example');
  });
});
