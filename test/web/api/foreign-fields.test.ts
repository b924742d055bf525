import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { reviewDecisions } from '../../../functions/domain/onboarding/lifecycle.ts';
import { routes } from '../../../functions/web/api/routes.ts';
import { startApiUnderTest, tokenFor } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

const keyed = { 'idempotency-key': 'k' };

describe('an unknown field', () => {
  const withBody = routes.filter(({ body }) => body.schema !== undefined);
  const strangers = ['record', 'answers', 'x', 'Z9', 'a/b'];
  const problems = z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }));

  it.each(withBody)(
    'is reported with a pointer and a text by $id',
    async ({ id, method, path, operators, body }) => {
      const address = path
        .replace('{reference}', 'K7F4-M3XJ')
        .replace('{code}', 'DR_PATH')
        .replace('{id}', 'paris-2027-03-09')
        .replace('{gate}', 'SCHEDULE')
        .replace('{approval}', 'K7F4-M3XJ-2');
      // Beside the name under which answers may stand, they are expected there.
      const names = strangers.filter(
        (name) => name !== 'answers' || !['assess', 'submitAnswers', 'declareCondition'].includes(id),
      );
      const sent = { ...Object(body.example), ...Object.fromEntries(names.map((name) => [name, 1])) };
      const allowed = await tokenFor(operators === undefined ? {} : { operators });
      const answer = await api.send(method, address, { token: allowed, body: sent, headers: keyed });
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
      const found = problems.parse(answer.body['errors']);
      expect(found.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual(
        names.map((name) => `/${name.replace('/', '~1')} unknown_field`).toSorted(),
      );
      for (const name of names) {
        const shown = name.replace('/', '?');
        expect(found.some(({ detail }) => detail.includes(shown))).toBe(true);
        expect(answer.body['detail']).toContain(name === 'a/b' ? '/a' : `/${name}`);
      }
    },
  );

  it('is distinguished from the answers, beside them and among them', async () => {
    const pointersTo = async (body: object) => {
      const answer = await api.send('POST', '/onboardings/K7F4-M3XJ/answers', { body });
      return problems.parse(answer.body['errors']).map(({ pointer, code }) => `${pointer} ${code}`);
    };
    expect(await pointersTo({ answers: { B1: 'yes', Z9: 1 }, x: 1 })).toEqual([
      '/x unknown_field',
      '/answers/Z9 unknown_field',
    ]);
    expect(await pointersTo({ answers: { B1: 'yes', answers: 1, C2: { record: 1 } } })).toEqual(
      expect.arrayContaining(['/answers/answers unknown_field', '/answers/C2/record unknown_field']),
    );
    expect(await pointersTo({ answers: [] })).toEqual(['/answers not_an_object']);
    expect(await pointersTo([])).toEqual([' not_an_object']);
  });
});

describe('a decision on a review', () => {
  const needed = {
    set_tier: { tier: 'READY' },
    move: { wave: 'paris-2027-05-04' },
    split: {
      parts: [
        { scope: 'A', users: 1, mailboxesOver50: 0, servers: 0 },
        { scope: 'B', users: 1, mailboxesOver50: 0, servers: 0 },
      ],
    },
    ask_customer: { questions: ['B2'], message: 'Please check.' },
  };
  const decided = Object.entries(reviewDecisions).flatMap(([kind, decisions]) =>
    decisions.map((decision) => ({ kind, decision, reason: 'x' })),
  );
  const decide = (body: object) => api.send('POST', '/onboardings/K7F4-M3XJ/reviews', { body });

  it.each(decided)('on $kind to $decision accepts only the fields it needs', async (body) => {
    const own = Object.entries(needed).find(([decision]) => decision === body.decision)?.[1] ?? {};
    expect(await decide({ ...body, ...own })).toMatchObject({ status: 404 });
    const foreign = {
      ...{ tier: 'READY', wave: 'paris-2027-05-04' },
      ...{ questions: ['B2'], message: 'Please check.' },
    };
    const errors = Object.keys(foreign)
      .filter((name) => !Object.hasOwn(own, name))
      .map((name) => ({ pointer: `/${name}`, code: 'unknown_field' }));
    expect(await decide({ ...body, ...own, ...foreign })).toMatchObject({ status: 422, body: { errors } });
  });

  it('to ask the customer still takes whole sections, as in the release before', async () => {
    const body = { kind: 'readiness', decision: 'ask_customer', reason: 'x', sections: ['A'] };
    expect(await decide(body)).toMatchObject({ status: 404 });
  });

  it.each([
    ['set_tier', {}, '/tier'],
    ['set_tier', { tier: 'BEST' }, '/tier'],
    ['ask_customer', {}, '/questions'],
    ['ask_customer', { questions: [], message: 'x' }, '/questions'],
    ['ask_customer', { questions: ['B2', 'Z9'], message: 'x' }, '/questions/1'],
    ['ask_customer', { questions: ['E6'], message: 'x' }, '/questions/0'],
    ['ask_customer', { questions: ['B2'] }, '/message'],
    ['ask_customer', { questions: ['B2'], message: 'x'.repeat(1_001) }, '/message'],
    ['ask_customer', { questions: ['B2'], message: 'good \u202ewon' }, '/message'],
    ['ask_customer', { questions: ['B2'], message: 'x', sections: ['B'] }, '/sections'],
    ['ask_customer', { sections: [] }, '/sections'],
    ['ask_customer', { sections: ['A', 'Z'] }, '/sections/1'],
  ])('to %s with %j is refused at %s', async (decision, given, pointer) => {
    const answer = await decide({ kind: 'readiness', decision, reason: 'x', ...given });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_input', errors: [{ pointer }] } });
  });
});
