import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
const place = { customers: 1, points: 40, complex: 1 };
const oneWave = sampleCalendar(samplePlatform)
  .filter(({ id }) => id === 'paris-2027-02-09')
  .flatMap((pilot): readonly Wave[] => [
    pilot,
    { ...pilot, id: 'paris-2027-03-23', cutover: '2027-03-23', kind: 'MIGRATION', capacity: place },
  ]);
beforeAll(async () => {
  api = await startApiUnderTest({ from: '2027-02-15T08:00:00Z', calendar: oneWave });
});
afterAll(() => api.runtime.close());

async function post(path: string, body: unknown) {
  const answer = await api.send('POST', path, { body });
  await api.runtime.clock.settled();
  return answer;
}

async function answered(siren: string): Promise<string> {
  const reference = await api.start({ siren });
  await post(`/onboardings/${reference}/answers`, plainAnswers);
  return reference;
}

/** Lets the clock strike everything up to an instant. */
async function goTo(instant: string): Promise<void> {
  await api.runtime.clock.jumpTo(new Date(instant));
  await api.runtime.clock.settled();
}

describe('places over the API', () => {
  it('are offered to the waiting list as soon as a wave is added, and accepted or refused', async () => {
    await answered('999000102');
    // They asked in the same instant: the order of service ends at the reference.
    const waiting = [await answered('999000375'), await answered('999000649')];
    const [second, third] = waiting.toSorted();
    expect((await api.send('GET', `/onboardings/${second}`)).body).toMatchObject({
      stage: 'WAITING_LIST',
      ball: 'platform',
      waitingListRank: 1,
      wave: null,
      because: { code: expect.any(String), text: expect.any(String) },
    });
    const wave = { site: 'paris', kind: 'MIGRATION', cutover: '2027-03-25', capacity: place };
    expect((await post('/waves', wave)).status).toBe(201);
    expect((await api.send('GET', `/onboardings/${second}`)).body).toMatchObject({
      ball: 'customer',
      wave: { id: 'paris-2027-03-25', status: 'OFFERED', holdUntil: expect.any(String) },
    });
    expect(await post(`/onboardings/${second}/slot-offer`, { decision: 'refuse' })).toMatchObject({
      status: 200,
      body: { stage: 'WAITING_LIST' },
    });
    expect((await api.send('GET', `/onboardings/${third}`)).body).toMatchObject({
      wave: { status: 'OFFERED' },
    });
    expect(await post(`/onboardings/${third}/slot-offer`, { decision: 'accept' })).toMatchObject({
      status: 200,
      body: { stage: 'WAVE_CONFIRMED' },
    });
  });

  it('lead through go/no-go and hand-over to a cutover with its hypercare', async () => {
    const { body } = await api.send('GET', '/onboardings?stage=WAVE_CONFIRMED');
    expect(body['items']).toHaveLength(1);
    const reference = JSON.stringify(body).match(/[2-9A-Z]{4}-[2-9A-Z]{4}/)?.[0] ?? '';
    await goTo('2027-03-24T10:00:00Z');
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
      ball: 'operator',
      until: '2027-03-24T17:00:00.000Z',
      review: { kind: 'go_no_go', decisions: ['go', 'no_go'] },
    });
    const go = { kind: 'go_no_go', decision: 'go', reason: 'All checks passed' };
    expect((await post(`/onboardings/${reference}/reviews`, go)).status).toBe(200);
    const cutover = `/onboardings/${reference}/cutover`;
    expect((await post(cutover, { result: 'done', hypercareEnd: '2027-02-30' })).body).toMatchObject({
      errors: [{ pointer: '/hypercareEnd', code: 'not_a_date' }],
    });
    for (const result of ['done', 'rolled_back']) {
      expect(await post(cutover, { result })).toMatchObject({
        status: 409,
        body: { code: 'not_expected_now' },
      });
    }
    expect(await post(cutover, { result: 'postponed' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason', code: 'missing' }] },
    });
    await goTo('2027-03-25T10:00:00Z');
    for (const wrong of [
      { result: 'done', hypercareEnd: '2020-01-01' },
      { result: 'done', hypercareEnd: '9999-12-31' },
      { result: 'rolled_back', hypercareEnd: '2027-03-30' },
    ]) {
      expect(await post(cutover, wrong)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/hypercareEnd' }] },
      });
    }
    expect((await post(cutover, { result: 'done', hypercareEnd: '2027-03-30' })).body).toMatchObject({
      stage: 'CUT_OVER',
    });
    const before = (await api.send('GET', `/onboardings/${reference}`)).body['timeline'];
    expect((await post(cutover, { result: 'done' })).status).toBe(200);
    expect((await api.send('GET', `/onboardings/${reference}`)).body['timeline']).toEqual(before);
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
      hypercareEnd: '2027-03-30',
    });
    const undone = { result: 'rolled_back', reason: 'The storage failed' };
    for (const sent of [undone, undone]) expect((await post(cutover, sent)).status).toBe(200);
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({ hypercareEnd: null });
  });
});
