import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../functions/platform/clock.ts';
import { isPublic } from '../../../functions/web/api/authorisation.ts';
import { routes } from '../../../functions/web/api/routes.ts';
import { type Scope, scopes } from '../../../functions/web/api/scopes.ts';
import {
  createTokenVerifier,
  IssuerUnavailableError,
} from '../../../functions/web/shared/identity/access-token.ts';
import { apiOver } from './api-over.ts';
import {
  audience,
  everyScope,
  issuer,
  provider,
  publicKey,
  startApiUnderTest,
  token,
  tokenOf,
  tokenWith,
} from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
let reference = '';
beforeAll(async () => {
  api = await startApiUnderTest();
  reference = await api.start();
});
afterAll(() => api.runtime.close());

const secured = routes.flatMap(({ id, method, path, scope }) =>
  scope === undefined ? [] : [{ id, method, path, scope }],
);

function addressOf(path: string): string {
  return path
    .replace('{reference}', reference)
    .replace('{code}', 'DR_PATH')
    .replace('{id}', 'paris-2027-03-09')
    .replace('{gate}', 'SCHEDULE')
    .replace('{approval}', `${reference}-2`);
}

function ask(method: string, path: string, given: string | null) {
  // An empty object is the wrong body for each operation: who may not act never learns that.
  return api.send(method, addressOf(path), { token: given, ...(method === 'GET' ? {} : { body: {} }) });
}

describe('authorisation, for every operation', () => {
  it('covers the three scopes and leaves only descriptions and the trust record public', () => {
    expect(new Set(secured.map(({ scope }) => scope))).toEqual(new Set(Object.keys(scopes)));
    expect(routes.filter(isPublic).map(({ id }) => id)).toEqual([
      'showTrustRecord',
      'describe',
      'describeProblem',
    ]);
    expect(routes.filter(({ operators }) => operators === 'only').map(({ id }) => id)).toEqual([
      'answerApproval',
    ]);
  });

  it.each(secured)('$id: 401 without a token', async ({ method, path }) => {
    const answer = await ask(method, path, null);
    expect(answer).toMatchObject({ status: 401, body: { code: 'authentication_required' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="onboarding"');
  });

  it.each(secured)('$id: 401 with an expired token', async ({ method, path }) => {
    const answer = await ask(method, path, await tokenWith({ expires: '-10m' }));
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it.each(secured)('$id: 403 with every scope but its own', async ({ method, path, scope }) => {
    const others = Object.keys(scopes).filter((name) => name !== scope);
    const answer = await ask(method, path, await tokenWith({ scope: others.join(' ') }));
    expect(answer).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    expect(answer.headers.get('www-authenticate')).toContain(`error="insufficient_scope", scope="${scope}"`);
  });

  it.each(secured)('$id: allowed with its own scope alone', async ({ method, path, scope }) => {
    const answer = await ask(method, path, await tokenWith({ scope }));
    expect([200, 400, 422]).toContain(answer.status);
  });

  it.each(routes.filter((each) => !isPublic(each)))(
    '$id: an operator in person only where it says so',
    async ({ method, path, operators }) => {
      const [operator, seller, nobody] = await Promise.all([
        tokenOf('ada', 'operator').then((given) => ask(method, path, given)),
        tokenOf('bob', 'sales').then((given) => ask(method, path, given)),
        tokenOf('eve').then((given) => ask(method, path, given)),
      ]);
      const refused =
        operators === undefined
          ? { status: 401, body: { code: 'invalid_token' } }
          : { status: 403, body: { code: 'operator_required' } };
      for (const answer of [seller, nobody]) expect(answer).toMatchObject(refused);
      if (operators === undefined) expect(operator).toMatchObject(refused);
      else expect([200, 422]).toContain(operator.status);
    },
  );

  it('lets no client approve, whatever its scopes', async () => {
    const answer = await api.send('POST', `/approvals/${reference}-2`, {
      body: { decision: 'approve', reason: 'x' },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'operator_required' } });
  });

  it.each([null, 'expired'])('answerApproval: 401 with the token %s', async (given) => {
    const sent =
      given === null ? null : await tokenWith({ subject: 'ada', roles: ['operator'], expires: '-10m' });
    expect((await ask('POST', '/approvals/{approval}', sent)).status).toBe(401);
  });

  it('follows the contract of scopes', () => {
    const wanted: Readonly<Record<string, Scope>> = {
      searchOnboardings: 'onboarding/read',
      showOnboarding: 'onboarding/read',
      showAnswers: 'onboarding/read',
      listApprovals: 'onboarding/read',
      assess: 'onboarding/read',
      listWaves: 'onboarding/read',
      showWave: 'onboarding/read',
      startOnboarding: 'onboarding/write',
      submitAnswers: 'onboarding/write',
      openCorrection: 'onboarding/write',
      answerWave: 'onboarding/write',
      changeContact: 'onboarding/write',
      answerSlotOffer: 'onboarding/write',
      recordTalk: 'onboarding/write',
      withdraw: 'onboarding/write',
      resendInvitation: 'onboarding/write',
      recordContract: 'onboarding/write',
      decideReview: 'onboarding/operations',
      declareCondition: 'onboarding/write',
      listDates: 'onboarding/read',
      clearCondition: 'onboarding/operations',
      moveDueDate: 'onboarding/operations',
      movePlace: 'onboarding/operations',
      openPlacementReview: 'onboarding/operations',
      recordRemediation: 'onboarding/operations',
      keepPlace: 'onboarding/operations',
      recordCutover: 'onboarding/operations',
      resume: 'onboarding/operations',
      createWave: 'onboarding/operations',
      createWaveSeries: 'onboarding/operations',
      changeTask: 'onboarding/operations',
      changeWave: 'onboarding/operations',
    };
    expect(Object.fromEntries(secured.map(({ id, scope }) => [id, scope]))).toEqual(wanted);
  });

  it.each(['Basic ZGVtbzpkZW1v', 'Bearer', 'Bearer a b', `bearer ${'é'}`])(
    'takes %j for no token at all',
    async (authorization) => {
      const answer = await api
        .send('GET', '/waves', { token: null, headers: { authorization } })
        .catch(() => ({
          status: 401,
        }));
      expect(answer.status).toBe(401);
    },
  );
});

describe('an access token', () => {
  const verify = createTokenVerifier({ issuer, audience, fetch: provider, clock: systemClock });

  it('identifies the client and its scopes', async () => {
    expect(await verify(token)).toEqual({
      subject: 'demo-crm',
      scopes: everyScope.split(' '),
      kind: 'machine',
    });
  });

  it.each([
    ['of another issuer', { issuer: 'http://127.0.0.1:3000/other' }],
    ['for another audience', { audience: 'another-api' }],
    ['past its time', { expires: '-1m' }],
  ])('%s is refused', async (_, claims) => {
    expect(await verify(await tokenWith(claims))).toBeUndefined();
  });

  it('identifies a person by subject, with the roles that the provider names', async () => {
    const known = { subject: 'person-1', kind: 'person' };
    const given = await tokenOf('person-1', 'operator', 'admin');
    expect(await verify(given)).toEqual({ ...known, roles: ['operator'] });
    expect(await verify(await tokenWith({ subject: 'person-1' }))).toEqual({ ...known, roles: [] });
  });

  it('is refused when it is signed with a public key, or not at all', async () => {
    const shared = await new SignJWT({ client_id: 'demo-crm', scope: everyScope })
      .setProtectedHeader({ alg: 'HS256', kid: 'test' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('demo-crm')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(JSON.stringify(publicKey)));
    expect(await verify(shared)).toBeUndefined();
    const [, payload] = token.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(await verify(`${none}.${payload}.`)).toBeUndefined();
    expect(await verify(`${token.slice(0, -6)}AAAAAA`)).toBeUndefined();
    expect(await verify('x'.repeat(9_000))).toBeUndefined();
  });

  it('is validated by the injected clock', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    const later = createTokenVerifier({ issuer, audience, fetch: provider, clock: { now: () => tomorrow } });
    expect(await later(token)).toBeUndefined();
  });

  it('fetches the documents once for many tokens', async () => {
    const asked: string[] = [];
    const counted = createTokenVerifier({
      issuer,
      audience,
      clock: systemClock,
      fetch: (input, init) => {
        asked.push(String(input));
        return provider(input, init);
      },
    });
    await Promise.all([counted(token), counted(token), counted(token)]);
    await counted(token);
    expect(asked).toEqual([`${issuer}/.well-known/openid-configuration`, `${issuer}/jwks`]);
  });

  it.each([
    ['does not answer', async () => Promise.reject(new Error('refused'))],
    [
      'answers something else',
      async () => Response.json({ issuer: 'http://elsewhere', jwks_uri: 'http://x' }),
    ],
    [
      'has no keys',
      async (input: unknown) =>
        String(input).endsWith('/jwks')
          ? new Response('', { status: 500 })
          : Response.json({ issuer, jwks_uri: `${issuer}/jwks` }),
    ],
  ])('cannot be validated while the provider %s, and the client is not blamed', async (_, fetch) => {
    const blind = createTokenVerifier({ issuer, audience, clock: systemClock, fetch });
    await expect(blind(token)).rejects.toThrow(IssuerUnavailableError);
    const { app } = apiOver({ ...api.dependencies, verifyToken: blind });
    const answer = await app.request('/api/waves', { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });
});
