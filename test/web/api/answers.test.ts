import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { savePage } from '../../../functions/application/save-page.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../../functions/domain/questionnaire/question.ts';
import { pageOf } from '../../support/page-of.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type ApiUnderTest, startApiUnderTest, tokenWith } from './api-under-test.ts';

const sirens = ['999000102', '999001993', '999000912', '999003072', '999004427', '999008741'];

let api: ApiUnderTest;
let next = 0;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

async function invited(): Promise<string> {
  const reference = await api.start({ siren: sirens[next] ?? '' });
  next += 1;
  return reference;
}

/** A person of the organisation saves a section of the form. */
async function save(reference: string, section: SectionId, answers: Answers = plainAnswers): Promise<void> {
  const person = { kind: 'customer', id: reference } as const;
  await savePage(api.runtime, reference, pageOf(section, answers), person);
  await api.runtime.clock.settled();
}

const show = (reference: string) => api.send('GET', `/onboardings/${reference}/answers`);
const submit = (reference: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  api.send('POST', `/onboardings/${reference}/answers`, { body, headers });

function pointersOf(body: Readonly<Record<string, unknown>>): unknown {
  const errors = Array.isArray(body['errors']) ? body['errors'] : [];
  return errors.map(({ pointer }) => pointer);
}

describe('GET /onboardings/{reference}/answers', () => {
  it('shows what was saved so far, with an ETag that changes with every save', async () => {
    const reference = await invited();
    const empty = await show(reference);
    expect([empty.status, empty.body['answers'], empty.headers.get('etag')]).toEqual([200, {}, '"0"']);
    await save(reference, 'A');
    const { body, headers } = await show(reference);
    expect(body).toMatchObject({
      reference,
      answers: { A3: 'company', A7: 'no' },
      saved: expect.arrayContaining([{ question: 'A3', at: '2026-11-23T08:00:00.000Z' }]),
    });
    expect(headers.get('etag')).toBe('"0-A3.1-A4.1-A5.1-A6.1-A7.1"');
    await save(reference, 'A');
    expect((await show(reference)).headers.get('etag')).toBe(headers.get('etag'));
  });

  it('needs the scope to read, and an onboarding', async () => {
    const reference = await invited();
    const token = await tokenWith({ scope: 'onboarding/write' });
    expect((await api.send('GET', `/onboardings/${reference}/answers`, { token })).status).toBe(403);
    expect((await show('K7F4-M3XJ')).status).toBe(404);
  });
});

describe('POST /onboardings/{reference}/answers', () => {
  it('is refused when people have saved answers that the client does not say to have seen', async () => {
    const reference = await invited();
    await save(reference, 'A', { ...plainAnswers, A7: 'yes' });
    for (const body of [plainAnswers, { answers: plainAnswers }, { answers: plainAnswers, replace: false }]) {
      const refused = await submit(reference, body);
      expect([refused.status, refused.body['code']]).toEqual([409, 'answers_not_seen']);
      expect(pointersOf(refused.body)).toEqual(['A3', 'A4', 'A5', 'A6', 'A7'].map((id) => `/answers/${id}`));
    }
    const replaced = await submit(reference, { answers: plainAnswers, replace: true });
    expect([replaced.status, replaced.body['stage']]).toEqual([200, 'SUBMITTED']);
    expect((await show(reference)).body).toMatchObject({ answers: { A7: 'no' } });
  });

  it('with If-Match is accepted once it has seen the answers, and refused naming the questions otherwise', async () => {
    const reference = await invited();
    await save(reference, 'A');
    const etag = (await show(reference)).headers.get('etag') ?? '';
    await save(reference, 'D');
    await save(reference, 'A', { ...plainAnswers, A7: 'yes' });
    const stale = await submit(reference, plainAnswers, { 'if-match': etag });
    expect([stale.status, stale.body['code']]).toEqual([412, 'answers_changed']);
    const changed = ['A7', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9'];
    expect(pointersOf(stale.body)).toEqual(changed.map((id) => `/answers/${id}`));
    const seen = (await show(reference)).headers.get('etag') ?? '';
    // A weak tag never matches, and "replace" does not outweigh what the client says to have seen.
    for (const tag of [`W/${seen}`, 'nonsense', etag]) {
      const body = { answers: plainAnswers, replace: true };
      expect((await submit(reference, body, { 'if-match': tag })).status).toBe(412);
    }
    expect((await submit(reference, plainAnswers, { 'if-match': `${etag}, ${seen}` })).status).toBe(200);
  });

  it('needs no If-Match when nobody has saved anything', async () => {
    expect((await submit(await invited(), plainAnswers)).status).toBe(200);
  });

  it('refuses another type of replace', async () => {
    const reference = await invited();
    const refused = await submit(reference, { answers: plainAnswers, replace: 'yes' });
    expect([refused.status, pointersOf(refused.body)]).toEqual([422, ['/replace']]);
  });
});
