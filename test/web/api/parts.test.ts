import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tooLarge } from '../../support/journeys.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

async function post(path: string, body: unknown) {
  const answer = await api.send('POST', path, { body });
  await api.runtime.clock.settled();
  return answer;
}

async function inReview(siren: string): Promise<string> {
  const reference = await api.start({ siren });
  await post(`/onboardings/${reference}/answers`, { ...plainAnswers, ...tooLarge });
  return reference;
}

const parts = [
  { scope: 'Siège', users: 12_000, mailboxesOver50: 0, servers: 4 },
  { scope: 'Régions', users: 18_000, mailboxesOver50: 0, servers: 0 },
];
const decision = { kind: 'placement', decision: 'split', reason: 'as agreed' } as const;

describe('a split over the API', () => {
  it('is a decision of the placement review; the parts are shown with the whole, and lead to it', async () => {
    const reference = await inReview('999000102');
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
      review: { kind: 'placement', decisions: ['move', 'split', 'reject'] },
      part: null,
      parts: [],
    });
    const answer = await post(`/onboardings/${reference}/reviews`, { ...decision, parts });
    expect(answer).toMatchObject({ status: 200, body: { stage: 'IN_PARTS' } });
    const { body } = await api.send('GET', `/onboardings/${reference}`);
    expect(body).toMatchObject({
      parts: [
        { reference: `${reference}-P01`, scope: 'Siège', users: 12_000, stage: 'WAVE_HELD', outcome: null },
        { reference: `${reference}-P02`, scope: 'Régions', users: 18_000, stage: 'WAVE_HELD', outcome: null },
      ],
    });
    expect((await api.send('GET', `/onboardings/${reference}-P02`)).body).toMatchObject({
      scope: 'Régions',
      part: { whole: reference, number: 2, of: 2, users: 18_000, mailboxesOver50: 0, servers: 0 },
    });
  });

  it('names each part that is wrong, what is wrong with it, and the fix', async () => {
    const reference = await inReview('999000375');
    const refused = async (given: readonly object[]) =>
      (await post(`/onboardings/${reference}/reviews`, { ...decision, parts: given })).body['errors'];
    expect(await refused([parts[0] ?? {}, { ...parts[1], users: 1 }])).toMatchObject([
      { pointer: '/parts', code: 'does_not_add_up' },
    ]);
    expect(
      await refused([
        { ...parts[0], users: 1_000 },
        { ...parts[1], users: 29_000 },
      ]),
    ).toMatchObject([{ pointer: '/parts/1', code: 'larger_than_every_wave' }]);
    expect(await refused([parts[0] ?? {}, { ...parts[1], scope: 'siege' }])).toMatchObject([
      { pointer: '/parts/1/scope', code: 'scope_used_twice' },
    ]);
    for (const [scope, code] of [
      ['=SUM(A1)', 'formula'],
      ['a'.repeat(61), 'scope_too_long'],
      ['…', 'scope_without_letters'],
      [' ', 'empty'],
    ]) {
      expect(await refused([parts[0] ?? {}, { ...parts[1], scope }]), scope).toMatchObject([
        { pointer: '/parts/1/scope', code },
      ]);
    }
    expect(await refused([parts[0] ?? {}])).toMatchObject([{ pointer: '/parts' }]);
    expect(await refused([parts[0] ?? {}, { ...parts[1], users: -1 }])).toMatchObject([
      { pointer: '/parts/1/users', code: 'negative' },
    ]);
  });

  it('takes the place of a decision that is refused by name', async () => {
    const reference = await inReview('999000649');
    const answer = await post(`/onboardings/${reference}/reviews`, {
      ...decision,
      decision: 'split_by_hand',
    });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: '/decision', code: 'replaced_by', detail: expect.stringContaining('split') }],
      },
    });
  });

  it('leaves what is the whole’s to the whole: 409 with its reference', async () => {
    const reference = await inReview('999001456');
    await post(`/onboardings/${reference}/reviews`, { ...decision, parts });
    const part = `${reference}-P01`;
    const contact = await api.send('PATCH', `/onboardings/${part}/contact`, {
      body: { contactName: 'Autre' },
    });
    expect(contact).toMatchObject({ status: 409, body: { code: 'acts_on_whole', reference } });
  });
});

describe('a placement review', () => {
  it('is opened before a wave is confirmed, and refused after', async () => {
    const reference = await api.start({ siren: '999003072' });
    await post(`/onboardings/${reference}/answers`, plainAnswers);
    const opened = await post(`/onboardings/${reference}/placement-review`, { reason: 'several dates' });
    expect(opened).toMatchObject({ status: 200, body: { stage: 'IN_REVIEW' } });
    await post(`/onboardings/${reference}/reviews`, {
      kind: 'placement',
      decision: 'wait',
      reason: 'one date',
    });
    const { body } = await api.send('GET', `/onboardings/${reference}`);
    expect(body).toMatchObject({ stage: 'WAVE_HELD' });
    await post(`/onboardings/${reference}/wave-confirmation`, { decision: 'confirm' });
    const late = await post(`/onboardings/${reference}/placement-review`, { reason: 'several dates' });
    expect(late).toMatchObject({ status: 409, body: { code: 'not_expected_now' } });
  });
});
