import { afterAll, beforeAll, expect, it } from 'vitest';
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

async function held(siren: string): Promise<string> {
  const reference = await api.start({ siren });
  await post(`/onboardings/${reference}/answers`, plainAnswers);
  return reference;
}

it('lists the dates of a customer, and none before it has a result', async () => {
  const reference = await api.start({ siren: '999000102' });
  const dates = `/onboardings/${reference}/dates`;
  expect(await api.send('GET', dates)).toMatchObject({ status: 200, body: { dates: [] } });
  await post(`/onboardings/${reference}/answers`, plainAnswers);
  const { body } = await api.send('GET', dates);
  expect(body['dates']).toHaveLength(18);
  expect(body['dates']).toEqual(
    expect.arrayContaining([
      {
        ...{ wave: 'paris-2027-03-09', site: 'paris', cutover: '2027-03-09' },
        ...{ admissible: true, recommended: true, room: 'plenty' },
      },
      {
        ...{ wave: 'paris-2027-04-06', site: 'paris', cutover: '2027-04-06' },
        ...{ admissible: false, recommended: false, room: 'plenty' },
        reason: {
          code: 'CUSTOMER_FREEZE',
          fr: expect.stringContaining('gel'),
          en: expect.stringContaining('freeze'),
        },
      },
    ]),
  );
  expect((await api.send('GET', '/onboardings/K7F4-M3XJ/dates')).status).toBe(404);
});

it('moves the place to the date that is chosen, and confirms it there', async () => {
  const reference = await held('999000375');
  const answer = `/onboardings/${reference}/wave-confirmation`;
  const chosen = { decision: 'another_date', wave: 'paris-2027-03-09', to: 'sud-2027-05-04' };
  expect(await post(answer, chosen)).toMatchObject({ status: 200, body: { stage: 'WAVE_CONFIRMED' } });
  expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
    wave: { id: 'sud-2027-05-04', status: 'CONFIRMED' },
  });
  const again = { decision: 'another_date', to: 'paris-2027-06-01' };
  expect(await post(answer, { ...again, wave: 'paris-2027-03-09' })).toMatchObject({
    status: 409,
    body: { code: 'other_place' },
  });
  expect(await post(answer, again)).toMatchObject({ status: 200, body: { stage: 'WAVE_CONFIRMED' } });
});

it('answers a date that is not possible with those that are, and keeps the place', async () => {
  const reference = await held('999000649');
  const answer = `/onboardings/${reference}/wave-confirmation`;
  expect(await post(answer, { decision: 'another_date', to: 'paris-2027-04-06' })).toMatchObject({
    status: 409,
    body: {
      code: 'date_not_possible',
      detail: expect.stringContaining('freeze'),
      dates: expect.arrayContaining([expect.objectContaining({ admissible: true })]),
    },
  });
  expect(await post(answer, { decision: 'another_date', to: 'paris-1999-01-01' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/to', code: 'unknown_wave' }] },
  });
  for (const decision of ['confirm', 'decline']) {
    expect(await post(answer, { decision, to: 'paris-2027-05-04' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/to', code: 'not_with_decision' }] },
    });
  }
  expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
    stage: 'WAVE_HELD',
    wave: { id: 'paris-2027-03-09', status: 'HELD' },
  });
});
