import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { proConnectIssuer } from '../../../../infra/local/web/proconnect/provider.ts';
import { startTrialServer } from '../../../support/trial.ts';
import { chooseAt, exchange, signInAt } from './parties.ts';

describe('the ProConnect of this machine', () => {
  let server: Awaited<ReturnType<typeof startTrialServer>>;
  beforeAll(async () => {
    server = await startTrialServer('link_and_proconnect');
  });
  afterAll(() => server.close());
  afterEach(() => {
    vi.useRealTimers();
  });

  const codeOf = (callback: URL) => callback.searchParams.get('code') ?? '';

  /** Moves the clock of provider and client on, without waiting. */
  function later(seconds: number): void {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });
  }

  it('is discovered under /api/v2', async () => {
    const found = await fetch(`${proConnectIssuer(server.origin)}/.well-known/openid-configuration`);
    expect(await found.json()).toMatchObject({
      issuer: `${server.origin}/proconnect/api/v2`,
      authorization_endpoint: `${server.origin}/proconnect/api/v2/authorize`,
      token_endpoint: `${server.origin}/proconnect/api/v2/token`,
      userinfo_endpoint: `${server.origin}/proconnect/api/v2/userinfo`,
      end_session_endpoint: `${server.origin}/proconnect/api/v2/session/end`,
    });
  });

  it.each(['code_challenge', 'max_age', 'login_hint', 'anything'])(
    'refuses the parameter %s, which it does not know',
    async (name) => {
      const { url } = await signInAt(server);
      url.searchParams.set(name, 'x');
      const refused = await server.browser().get(url.href);
      expect(refused.status).toBe(400);
      expect(await refused.text()).toContain('Y000400');
    },
  );

  it.each(['state', 'nonce'])('refuses a %s of less than 32 characters', async (name) => {
    const { url } = await signInAt(server);
    url.searchParams.set(name, 'x'.repeat(31));
    const refused = await server.browser().get(url.href);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('Y000400');
  });

  it('takes the parameters beside the required ones that it knows', async () => {
    const { url } = await signInAt(server);
    url.searchParams.set('prompt', 'login');
    url.searchParams.set('idp_hint', 'x');
    expect((await server.browser().get(url.href)).status).toBe(303);
  });

  it('takes a code once', async () => {
    const { callback } = await signInAt(server);
    expect((await exchange(server.origin, codeOf(callback))).status).toBe(200);
    const again = await exchange(server.origin, codeOf(callback));
    expect([again.status, again.body]).toEqual([400, expect.objectContaining({ error: 'invalid_grant' })]);
  });

  it('takes a code for 30 s', async () => {
    const { callback } = await signInAt(server);
    later(31);
    expect((await exchange(server.origin, codeOf(callback))).status).toBe(400);
  });

  it('takes the secret in the body only', async () => {
    const { callback } = await signInAt(server);
    expect((await exchange(server.origin, codeOf(callback), 'header')).status).toBe(401);
  });

  it('gives an access token for 60 s, and userinfo as a JWT that is signed', async () => {
    const { callback } = await signInAt(server, 'ines');
    const { tokens } = await exchange(server.origin, codeOf(callback));
    expect(tokens?.expires_in).toBe(60);
    const ask = () =>
      fetch(`${proConnectIssuer(server.origin)}/userinfo`, {
        headers: { Authorization: `Bearer ${tokens?.access_token}` },
      });
    const answer = await ask();
    expect(answer.headers.get('content-type')).toContain('application/jwt');
    const userinfo = await answer.text();
    expect(decodeProtectedHeader(userinfo).alg).toBe('ES256');
    const idToken = decodeJwt(tokens?.id_token ?? '');
    expect(decodeJwt(userinfo)).toMatchObject({
      sub: idToken.sub,
      given_name: 'Inès',
      usual_name: 'Roche',
      uid: 'ines',
      siret: '99900145600014',
      email: expect.stringContaining('@'),
      idp_id: expect.any(String),
    });
    expect(idToken['amr']).toEqual(['pwd']);
    later(61);
    expect((await ask()).status).toBe(401);
  });

  it('says how someone has signed in only when asked', async () => {
    const { url } = await signInAt(server);
    url.searchParams.delete('claims');
    const callback = await chooseAt(server.browser(), url, 'claire');
    const { tokens } = await exchange(server.origin, codeOf(callback));
    expect(decodeJwt(tokens?.id_token ?? '')).not.toHaveProperty('amr');
  });

  it('says that someone has given up', async () => {
    const { callback } = await signInAt(server, 'none');
    expect(callback.searchParams.get('error')).toBe('access_denied');
  });
});
