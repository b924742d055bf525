import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearCondition, moveDueDate } from '../../functions/application/clear-condition.ts';
import { declareCondition } from '../../functions/application/declare-condition.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { refreshWaiting } from '../../functions/application/refresh-waiting.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { overtakings } from '../../functions/domain/waves/overtaking.ts';
import { evidence } from '../support/evidence.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { customer, openTaskBench, operator, placed, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
});
afterEach(() => bench.close());

const code = 'DPIA_MISSING';
const conditional: Partial<Answers> = {
  E1: { earliest: '2027-01-01', reason: 'none' },
  B9: ['art9'],
  B9b: 'under_10k',
  B11: 'not_done',
};

async function entryOf(reference: string) {
  const { state } = await bench.store.onboardings.now(reference);
  return bench.store.waitingList.entry(state);
}

async function offerMessages(reference: string): Promise<number> {
  const pending = await bench.store.outbox.pending(100);
  return pending
    .filter((entry) => entry.reference === reference)
    .flatMap(({ messages }) => messages.filter(({ kind }) => kind === 'offer_places')).length;
}

const acts = {
  'a declaration': (reference: string) => declareCondition(bench, reference, code, { B11: 'done' }, customer),
  'a clearance': (reference: string) => clearCondition(bench, reference, code, evidence, operator),
  'a due date moved': (reference: string) =>
    moveDueDate(bench, reference, code, { due: '2026-12-01', reason: 'the committee' }, operator),
};

describe.each(Object.entries(acts))('%s on the waiting list', (_, act) => {
  it('takes away what the entry says of the demand, so that no place passes the customer by', async () => {
    const reference = await placed(bench, conditional);
    expect((await entryOf(reference))?.demand).toMatchObject({ conditionsDueDates: ['2027-01-22'] });
    await act(reference);
    const entry = await entryOf(reference);
    expect(entry?.reference).toBe(reference);
    expect(entry?.demand).toBeUndefined();
    expect(await offerMessages(reference)).toBe(1);
  });

  it('has a wave offered that it could not take before', async () => {
    const reference = await placed(bench, conditional);
    await bench.addWave('2027-02-16');
    expect(await offerPlaces(bench)).toBe(0);
    await act(reference);
    expect(await offerPlaces(bench)).toBe(1);
    expect((await bench.store.onboardings.now(reference)).booking?.status).toBe('OFFERED');
  });
});

it('puts a customer at the rank of its better tier, whatever call of the table it dies at', async () => {
  for (let call = 1, died = true; died; call += 1) {
    for (const when of ['before', 'after'] as const) {
      const [reference, other] = [await placed(bench, conditional), await placed(bench, conditional)];
      await acts['a clearance'](reference);
      died = await bench.dies({ call, when }, () => refreshWaiting(bench, reference));
      await refreshWaiting(bench, reference);
      await refreshWaiting(bench, reference);
      const { rankOf } = bench.store.waitingList;
      const [now, behind] = await Promise.all(
        [reference, other].map((each) => bench.store.onboardings.now(each)),
      );
      const where = `death ${when} call ${call}`;
      expect(now?.state.waitingRank, where).toMatch(/^1\|9999-12-31\|1\|0\|/);
      expect((await entryOf(reference))?.demand, where).toMatchObject({
        tier: 'READY',
        conditionsDueDates: [],
      });
      const [first = 0, second = 0] = await Promise.all(
        [now, behind].map((each) => rankOf(each?.state ?? { reference: '' })),
      );
      expect(first, where).toBeLessThan(second);
      const { items } = await bench.store.waitingList.page({ limit: 500 });
      expect(
        items.filter((item) => item.reference === reference),
        where,
      ).toHaveLength(1);
      expect(firstBrokenEvent(await bench.store.onboardings.events(reference))).toBeUndefined();
    }
  }
});

it('tells a customer of those who come before it with a better rank, not of those who were before it', async () => {
  const waiting: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    waiting.push(await placed(bench, conditional));
    bench.clock.set(`2026-11-${24 + count}T08:00:00.000Z`);
  }
  const passedBy = async (reference: string) => {
    const { state } = await bench.store.onboardings.now(reference);
    const listed = await bench.store.waitingList.standingOf(state);
    if (listed === undefined) throw new Error('It is on no list');
    return overtakings(listed.own, listed.before).map(({ count }) => count);
  };
  const [, second = ''] = waiting;
  // The one before it gets a better rank, then the one behind it.
  for (const [reference, told] of [
    [waiting[0] ?? '', []],
    [waiting[2] ?? '', [1]],
  ] as const) {
    await acts['a clearance'](reference);
    await refreshWaiting(bench, reference);
    expect(await passedBy(second)).toEqual(told);
  }
});

it('keeps the rank of an offered place, and what the customer asks for once it has let it pass', async () => {
  const reference = await placed(bench, conditional);
  await bench.addWave('2027-03-09');
  expect(await offerPlaces(bench)).toBe(1);
  await acts['a clearance'](reference);
  const { waitingRank } = (await bench.store.onboardings.now(reference)).state;
  await refreshWaiting(bench, reference);
  expect((await entryOf(reference))?.rank).toBe(waitingRank);
  expect((await entryOf(reference))?.offeredUntil).toBeDefined();
});

it('reads nothing more of an onboarding whose entry is up to date, or that is on no list', async () => {
  const [waiting, held] = [await placed(bench, conditional), await placed(bench)];
  expect((await bench.costOf(() => refreshWaiting(bench, waiting))).requests).toBe(2);
  await bench.addWave('2027-05-04');
  const booked = await placed(bench);
  expect((await bench.costOf(() => refreshWaiting(bench, booked))).requests).toBe(1);
  expect((await entryOf(held))?.reference).toBe(held);
});
