import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, instantAt } from '../../../functions/domain/calendar-date.ts';
import { sirens } from '../../support/canaries.ts';
import { tooLarge } from '../../support/journeys.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

async function answered(siren: string, answers: object): Promise<string> {
  const reference = await api.start({ siren });
  await api.send('POST', `/onboardings/${reference}/answers`, { body: { ...plainAnswers, ...answers } });
  await api.runtime.clock.settled();
  return `/onboardings/${reference}`;
}

it('a placement review says what the customer takes and what the nearest waves lack, as described', async () => {
  const { body } = await api.send('GET', await answered(sirens[1] ?? '', tooLarge));
  expect(body['review']).toMatchObject({
    kind: 'placement',
    facts: {
      about: 'placement',
      users: 30_000,
      deadline: null,
      nearestWaves: [
        {
          id: 'paris-2027-11-16',
          lacks: [
            {
              code: 'LARGER_THAN_WAVE',
              text: 'Effort points: 301 to place, 240 in all',
              room: { component: 'points', needed: 301, available: 240 },
            },
          ],
        },
        {},
        {},
        {},
        {},
      ],
    },
  });
});

it('a go/no-go names conditions and contacts, as described; the other reviews have no facts of their own', async () => {
  const health = { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' };
  const path = await answered(sirens[2] ?? '', health);
  await api.send('POST', `${path}/wave-confirmation`, { body: { decision: 'confirm' } });
  const { clock, store } = api.runtime;
  await clock.settled();
  const { booking } = await store.onboardings.now(path.split('/').at(-1) ?? '');
  await clock.jumpTo(instantAt(addDays(booking?.cutover ?? '', -1), '09:00'));
  expect((await api.send('GET', path)).body['review']).toMatchObject({
    kind: 'go_no_go',
    facts: {
      about: 'go_no_go',
      conditions: [{ code: 'DPIA_MISSING', againstGo: true, owner: 'dpo', due: '2027-01-22', overdue: true }],
      contacts: [{ role: 'sponsor' }, { role: 'projectManager' }],
      mailboxesOver200GB: 0,
    },
  });
  const other = await api.send('GET', await answered(sirens[3] ?? '', { B2: 'unknown' }));
  expect(other.body['review']).toMatchObject({ kind: 'readiness', facts: null });
});
