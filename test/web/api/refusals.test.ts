import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as errors from '../../../functions/domain/errors.ts';
import { ApiProblem, problemOf } from '../../../functions/web/api/problem.ts';
import { problemCatalogue } from '../../../functions/web/api/problem-catalogue.ts';
import { createRateLimit } from '../../../functions/web/shared/http/rate-limit.ts';
import { waveOf } from '../../store/bench.ts';
import { apiOver } from './api-over.ts';
import { intake, startApiUnderTest, token } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

const authorization = `Bearer ${token}`;
const keyed = { 'idempotency-key': 'k' };

const refusedDate = {
  wave: waveOf('2027-03-09', { customers: 1, points: 1, complex: 1 }),
  ...({ admissible: false, recommended: false, room: 'none' } as const),
  reason: { code: 'NO_ROOM', text: { fr: 'Complet.', en: 'Full.' } },
} as const;

describe('a request the API cannot use', () => {
  it('is refused with 413 over 1 MiB, with or without Content-Length', async () => {
    const body = JSON.stringify({ ...intake, legalName: 'x'.repeat(1_048_576) });
    expect(await api.send('POST', '/onboardings', { body, headers: keyed })).toMatchObject({ status: 413 });
    const declared = { ...keyed, 'content-length': '99999999' };
    expect(await api.send('POST', '/onboardings', { body: '{}', headers: declared })).toMatchObject({
      status: 413,
    });
  });

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': '' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ])('is refused with 415 as %j', async (headers) => {
    const answer = await api.send('POST', '/onboardings', { body: '{}', headers: { ...keyed, ...headers } });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    expect(answer.headers.get('accept-post')).toBe('application/json');
  });

  it.each(['text/csv', 'application/merge-patch+json'])(
    'says what a PATCH takes, which is not %s',
    async (type) => {
      const headers = { 'content-type': type };
      const answer = await api.send('PATCH', '/waves/paris-2027-03-09', { body: '{}', headers });
      expect(answer.status).toBe(415);
      expect(answer.headers.get('accept-patch')).toBe('application/json');
    },
  );

  it.each(['{', '', '\u0000', '{"a":}'])('is refused with 400 as %j', async (body) => {
    expect(await api.send('POST', '/onboardings', { body, headers: keyed })).toMatchObject({
      status: 400,
      body: { code: 'malformed_json' },
    });
  });

  it('is refused with 404 at an unknown address, also for a reference with a wrong check character', async () => {
    for (const path of ['/nothing', '/onboardings/', '/onboardings/K7F4-M3XJ/nothing', '']) {
      expect(await api.send('GET', path)).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
    }
    for (const path of ['/onboardings/K7F4-M3XK', '/onboardings/K7F4-M3XJ', '/onboardings/%E0%A4%A']) {
      expect(await api.send('GET', path)).toMatchObject({
        status: 404,
        body: { code: 'onboarding_not_found' },
      });
    }
    expect(await api.send('GET', '/waves/mars-2027-03-09')).toMatchObject({
      status: 404,
      body: { code: 'wave_not_found' },
    });
  });

  it('is refused with 405 and the allowed methods', async () => {
    const answer = await api.send('DELETE', '/onboardings');
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(answer.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=ten', '/limit'],
    ['limit=-1', '/limit'],
    ['stage=SLEEPING', '/stage'],
    ['stages=INVITED', '/stages'],
    ['q=ab', '/q'],
    ['q=a&q=b', '/q'],
    ['cursor=nonsense', '/cursor'],
    ['cursor=eyJzZWFyY2giOiJ4Iiwic291cmNlIjowfQ', '/cursor'],
  ])('is refused with 400 for ?%s', async (query, pointer) => {
    expect(await api.send('GET', `/onboardings?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_parameter', errors: [{ pointer }] },
    });
  });

  it('is told the maximum limit, however large its own', async () => {
    const answer = await api.send('GET', '/onboardings?limit=1000000000');
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/limit', code: 'out_of_bounds', detail: expect.stringContaining('maximum 100') }],
    });
  });

  it('is answered to HEAD as to GET without a body, and to OPTIONS with the methods, without CORS', async () => {
    const head = await api.send('HEAD', '/waves');
    expect(head).toMatchObject({ status: 200, text: '' });
    const options = await api.send('OPTIONS', '/waves', {
      token: null,
      headers: { origin: 'https://evil.example' },
    });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect([...options.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('every answer', () => {
  it('is strict about caching and types, and names the request', async () => {
    for (const path of ['/waves', '/nothing', '/openapi.json']) {
      const { headers } = await api.send('GET', path, { headers: { 'x-request-id': 'client-chosen-1' } });
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-language': 'en',
        'x-request-id': 'client-chosen-1',
      });
    }
    const { headers } = await api.send('GET', '/waves', { headers: { 'x-request-id': 'not fit, <b>' } });
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{16}$/);
  });

  it.each([
    ['fr', 'fr'],
    ['de, en;q=0.8, fr;q=0.5', 'en'],
    ['en-GB', 'en'],
    ['', 'fr'],
    ['zz', 'fr'],
  ])('speaks the language asked for: %j', async (accepted, language) => {
    const answer = await api.send('GET', '/nothing', { headers: { 'accept-language': accepted } });
    expect(answer.headers.get('content-language')).toBe(language);
    expect(answer.body['title']).toBe(
      problemCatalogue.route_not_found.title[language === 'en' ? 'en' : 'fr'],
    );
  });

  it('reports field problems in French and in English with the same pointers', async () => {
    const ask = (language: string) =>
      api.send('POST', '/onboardings', {
        body: { ...intake, siren: 'abc' },
        headers: { ...keyed, 'accept-language': language },
      });
    const [french, english] = [await ask('fr'), await ask('en')];
    const list = z.array(z.object({ pointer: z.string(), detail: z.string() }));
    const [fr, en] = [french, english].map(({ body }) => list.parse(body['errors'])[0]);
    expect(fr?.pointer).toBe(en?.pointer);
    expect(fr?.detail).toContain('chiffres');
    expect(en?.detail).toContain('digits');
  });

  it('sets its French with no-break spaces, and never its codes', async () => {
    const answer = await api.send('POST', '/onboardings', {
      body: { ...intake, usersInScope: 200_000_000 },
      headers: { ...keyed, 'accept-language': 'fr' },
    });
    const [problem] = z
      .array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }))
      .parse(answer.body['errors']);
    expect(problem?.detail).toContain('Utilisateurs concernés\u202f: ');
    expect(problem?.detail).toContain('100\u202f000\u202f000');
    expect(problem).toMatchObject({ pointer: '/usersInScope', code: 'too_large' });
  });
});

describe('a problem', () => {
  it('has a row for every refusal of the domain', () => {
    const samples = [
      new errors.InvalidInputError([]),
      new errors.OnboardingNotFoundError(),
      new errors.ActsOnWholeError('K7F4-M3XJ'),
      new errors.WaveNotFoundError(),
      new errors.ActiveOnboardingExistsError('K7F4-M3XJ', []),
      new errors.IdempotencyKeyReusedError(),
      new errors.OnboardingClosedError(),
      new errors.NotExpectedNowError({ fr: 'a', en: 'a' }, { fr: 'b', en: 'b' }),
      new errors.NotYourQuestionError(),
      new errors.AlreadyDecidedError(),
      new errors.ApprovalNeededError({ fr: 'a', en: 'a' }, { conditions: [] }),
      new errors.ApprovalNotFoundError(),
      new errors.ApprovalLapsedError(),
      new errors.OwnRequestError(),
      new errors.HoldExpiredError(),
      new errors.OtherPlaceError(),
      new errors.DateNotPossibleError(refusedDate, [refusedDate], true),
      new errors.AnswerConflictError([], []),
      new errors.AnswersChangedError([], true),
      new errors.DecisionRefusedError({ fr: 'a', en: 'a' }),
      new errors.WaveChangeRefusedError({ fr: 'a', en: 'a' }, 'cutover'),
      new errors.WaveNotOpenError('RUNNING'),
      new errors.CutoverNotYetError('2027-03-09'),
      new errors.GoTooEarlyError('2027-03-02'),
      new errors.WaveChangedError(),
      new errors.TaskNotFoundError(),
      new errors.TaskChangedError(),
      new errors.ConcurrentChangeError(),
    ];
    const classes = Object.keys(errors).filter((name) => name !== 'BusinessError');
    expect(samples.map((error) => error.constructor.name).toSorted()).toEqual(classes.toSorted());
    expect(samples.map((error) => problemOf(error).code)).toEqual(samples.map(({ code }) => code));
  });

  it('is described at its type URL', async () => {
    const { type } = z.object({ type: z.string() }).parse((await api.send('GET', '/nothing')).body);
    expect(type).toBe('/api/problems/route_not_found');
    const described = await api.send('GET', type.replace('/api', ''), { token: null });
    expect(described).toMatchObject({ status: 200, body: { code: 'route_not_found', status: 404 } });
    expect(await api.send('GET', '/problems/nothing')).toMatchObject({ status: 404 });
  });

  it('carries the path under which the product is served', async () => {
    const { app } = apiOver({ ...api.dependencies, basePath: '/prod' });
    const answer = await app.request('/api/nothing');
    expect(await answer.json()).toMatchObject({
      type: '/prod/api/problems/route_not_found',
      instance: '/prod/api/nothing',
    });
  });
});

describe('an internal error', () => {
  const canary = 'CANARY-secret-in-message';

  it('reveals no details and is logged by name only', async () => {
    const failing = {
      ...api.runtime.store,
      waves: {
        ...api.runtime.store.waves,
        wholeCalendar: () => Promise.reject(new TypeError(`${canary} at ${token}`)),
      },
    };
    const { app } = apiOver({ ...api.dependencies, store: failing });
    const before = api.logged.length;
    const answer = await app.request('/api/waves', { headers: { authorization } });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code: 'internal_error', type: '/api/problems/internal_error' });
    expect(text).not.toMatch(/CANARY|\.ts|at |node_modules|TypeError/);
    const lines = api.logged.slice(before).join('');
    expect(lines).toContain('"error":"TypeError"');
    expect(lines).not.toContain(canary);
    expect(lines).not.toContain(token);
  });

  it('and any other refusal reveal neither the token nor the request', async () => {
    const secret = 'SECRET-value-42';
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    const answers = await Promise.all([
      api.send('GET', '/waves', { token: forged }),
      api.send('POST', '/onboardings', {
        body: { ...intake, siren: secret, legalName: `=${secret}` },
        headers: keyed,
      }),
      api.send('POST', '/onboardings', { body: `{"${secret}`, headers: keyed }),
      api.send('POST', '/assessments', {
        body: { organisation: { registryStatus: secret }, answers: { A3: secret } },
      }),
      api.send('GET', `/onboardings?stage=${secret}`),
      api.send('GET', `/onboardings?cursor=${secret}`),
    ]);
    expect(answers.every(({ status }) => status >= 400)).toBe(true);
    for (const { text, headers } of answers) {
      const said = `${text}${JSON.stringify([...headers])}`;
      expect(said).not.toContain(secret);
      expect(said).not.toContain(token.slice(0, 40));
      expect(said).not.toMatch(/\.ts:|node_modules|at async/);
    }
    expect(api.logged.join('')).not.toContain(secret);
  });

  it('reveals neither the secret of the link nor the token of the wait', async () => {
    const reference = await api.start();
    const { state, wait } = await api.runtime.store.onboardings.now(reference);
    expect(wait?.token).toEqual(expect.any(String));
    const link = await api.runtime.links.token(reference, state.link);
    const { text } = await api.send('GET', `/onboardings/${reference}`);
    expect(text).not.toContain(wait?.token);
    expect(text).not.toContain(link);
  });
});

describe('the rate limit', () => {
  it('lets a client make fifty requests at once, then one every twentieth of a second', async () => {
    let now = 0;
    const { app } = apiOver({ ...api.dependencies, elapsed: () => now });
    const ask = () => app.request('/api/problems/x', { headers: { authorization } });
    const search = () => app.request('/api/onboardings?limit=0', { headers: { authorization } });
    const first = await Promise.all(Array.from({ length: 60 }, search));
    expect(first.filter(({ status }) => status === 429)).toHaveLength(10);
    const refused = await search();
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect((await ask()).status).toBe(404);
    now += 20;
    expect((await search()).status).toBe(400);
    expect((await search()).status).toBe(429);
  });

  it('counts each client separately and forgets inactive ones', () => {
    let now = 0;
    const take = createRateLimit({ requestsPerSecond: 2, elapsed: () => now });
    expect([take('a'), take('a'), take('a'), take('b')]).toEqual([0, 0, 1, 0]);
    for (let index = 0; index < 10_001; index += 1) take(`client-${index}`);
    now += 1_000;
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 1]);
  });

  it('is a problem like any other', () => {
    expect(problemOf(new ApiProblem('too_many_requests', { fr: 'a', en: 'b' })).code).toBe(
      'too_many_requests',
    );
  });
});
