import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerOffer, answerWave } from '../../functions/application/answer-wave.ts';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import {
  customer,
  newToken,
  openTaskBench,
  operator,
  placed,
  type TaskBench,
  toPlacementReview,
} from './bench.ts';

const june = 'paris-2027-06-29';
const seat = 'prep-paris-2027-01-11';
/** One of these services opens in June 2027, the other is open. */
const oneNotOpen = { C1: ['azure_iaas', 'azure_ai'] } as const;

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  const capacity = { customers: 20, points: 0, complex: 0 };
  await bench.addWave('2027-01-11', { id: seat, kind: 'PREPARATION', capacity });
});
afterEach(() => bench.close());

const now = (reference: string) => bench.store.onboardings.now(reference);
const seats = async () => (await bench.store.waves.get('paris', seat)).booked.customers;
const schedule = (reference: string) => bench.run('ScheduleWave', { reference, run: 1 });

/** A customer that no wave was there for, and that waits. */
async function waiting(answers: Parameters<typeof placed>[1] = oneNotOpen): Promise<string> {
  const reference = await placed(bench, answers);
  expect((await now(reference)).state.stage).toBe('WAITING_LIST');
  await bench.run('WaitForSlot', { reference, run: 1, token: newToken() });
  await bench.addWave('2027-06-29');
  return reference;
}

async function accepts(reference: string): Promise<void> {
  await offerPlaces(bench);
  await answerOffer(bench, reference, 'accept', customer);
}

describe('a customer whose services are not all open takes a seat in a preparation wave beside its place', () => {
  it.each([
    ['accepted from the waiting list', accepts, 'CONFIRMED'],
    [
      'chosen by itself',
      async (reference: string) => chooseDate(bench, reference, { to: june }, customer),
      'CONFIRMED',
    ],
    [
      'given by an operator',
      async (reference: string) => movePlace(bench, reference, { wave: june, reason: 'agreed' }, operator),
      'HELD',
    ],
    [
      'given in a placement review',
      async (reference: string) => {
        await toPlacementReview(bench, reference);
        const answer = { kind: 'placement', decision: 'move', reason: 'agreed', wave: june } as const;
        await decideReview(bench, reference, answer, operator);
      },
      'HELD',
    ],
  ] as const)('that was %s', async (_, takes, outcome) => {
    const reference = await waiting();
    expect(await seats()).toBe(0);
    await takes(reference);
    expect(await schedule(reference)).toEqual({ outcome });
    const once = await now(reference);
    expect([once.booking?.wave, once.preparation?.wave, await seats()]).toEqual([june, seat, 1]);
    expect(await schedule(reference)).toEqual({ outcome });
    expect(await now(reference)).toEqual(once);
  });

  it('once, although the task dies at any call and is called twice at once', async () => {
    for (let call = 1; ; call += 1) {
      const reference = await waiting();
      await accepts(reference);
      const died = await bench.dies({ call, when: 'after' }, () => schedule(reference));
      await Promise.all([schedule(reference), schedule(reference)]);
      expect([(await now(reference)).preparation?.wave, await seats()]).toEqual([seat, 1]);
      const events = await bench.store.onboardings.events(reference);
      expect(events.filter(({ type }) => type === 'PREPARATION_BOOKED')).toHaveLength(1);
      if (!died) break;
      await bench.close();
      bench = await openTaskBench();
      await bench.addWave('2027-01-11', { id: seat, kind: 'PREPARATION' });
    }
  });

  it('or none, where no preparation wave has room', async () => {
    const full = await bench.store.waves.get('paris', seat);
    await bench.store.waves.replace(full, { ...full, state: 'FROZEN' });
    const reference = await waiting();
    await accepts(reference);
    expect(await schedule(reference)).toEqual({ outcome: 'CONFIRMED' });
    expect((await now(reference)).preparation).toBeUndefined();
  });
});

it('a customer whose services are open takes no seat', async () => {
  const reference = await waiting({});
  await accepts(reference);
  expect(await schedule(reference)).toEqual({ outcome: 'CONFIRMED' });
  expect(await seats()).toBe(0);
});

it('a customer that has declined takes no seat either, though its run comes here once more', async () => {
  const reference = await waiting();
  await movePlace(bench, reference, { wave: june, reason: 'agreed' }, operator);
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token: newToken() });
  await answerWave(bench, reference, 'decline', customer);
  expect(await schedule(reference)).toEqual({ outcome: 'HELD' });
  expect(await seats()).toBe(0);
});
