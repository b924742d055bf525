import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeOnboarding } from '../../functions/application/change.ts';
import { createWave } from '../../functions/application/change-wave.ts';
import { keepPlaces } from '../../functions/application/keep-places.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { calendarNow, placingOf } from '../../functions/application/read-placing.ts';
import { calendarDateOf } from '../../functions/domain/calendar-date.ts';
import { offerPlace } from '../../functions/domain/onboarding/transitions/offers.ts';
import type { CapacityVector } from '../../functions/domain/waves/capacity.ts';
import { place } from '../../functions/domain/waves/placement.ts';
import { eachItem } from '../../functions/store/table.ts';
import { referenceOf } from '../store/bench.ts';
import { enough, keysOf } from '../support/relay.ts';
import { addWaveOfTomorrow, dispatcherOn, largeEntries, tellNoGo } from '../support/serving-the-list.ts';
import { fillWaitingList, parentOf, type WaitingCustomer, writeItems } from '../support/waiting-customers.ts';
import { openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
});
afterEach(() => bench.close());

const users = (count: number) => ({ C2: { usersInScope: count, totalStaff: 90_000 } });
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const room = (customers: number, points: number, complex = 0): { capacity: CapacityVector } => ({
  capacity: { customers, points, complex },
});

/** Whom a place is offered, and where, in the order of the list. */
async function offersOf({ store }: TaskBench): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for await (const { reference } of eachItem((page) => store.waitingList.page({ limit: 100, ...page }))) {
    const { booking } = await store.onboardings.now(reference);
    if (booking !== undefined) found.push([reference, booking.wave]);
  }
  return found;
}

/** Everything that was taken, by wave. */
async function bookedIn(own: TaskBench): Promise<Record<string, CapacityVector>> {
  return Object.fromEntries((await calendarNow(own)).map(({ id, booked }) => [id, booked]));
}

describe('one freed place', () => {
  const large = range(1, 600).map((number) => ({ number, answers: users(1_500) }));

  it('goes to the first that fits, however many larger ones are before it', async () => {
    await fillWaitingList(bench, [...large, { number: 700 }]);
    await bench.addWave('2027-03-09', room(2, 9));
    const { requests } = await bench.costOf(() => offerPlaces(bench));
    expect(await offersOf(bench)).toEqual([[referenceOf(700), 'paris-2027-03-09']]);
    // Two sites' calendars, two pages, the onboarding with its three facts, and the transaction.
    expect(requests).toBe(2 + 2 + 4 + 1);
  });

  it('is looked for in the calendar alone while no wave has room', async () => {
    await fillWaitingList(bench, large.slice(0, 20));
    await bench.addWave('2027-03-09', { ...room(5, 90, 5), state: 'FROZEN' });
    await bench.addWave('2026-12-08', room(5, 90, 5));
    expect((await bench.costOf(() => offerPlaces(bench))).requests).toBe(2);
  });

  it('is not offered to whom it does not fit by reading anyone', async () => {
    await fillWaitingList(bench, large);
    await bench.addWave('2027-03-09', room(2, 9));
    expect((await bench.costOf(() => offerPlaces(bench))).requests).toBe(2 + 2);
  });

  it('is found for an entry of an earlier release, which is read once and then like any other', async () => {
    const old = large.slice(0, 30).map((customer) => ({ ...customer, entry: 'bare' as const }));
    await fillWaitingList(bench, [...old, { number: 700, entry: 'bare' as const }]);
    await bench.addWave('2027-03-09', room(2, 9));
    expect(await offerPlaces(bench)).toBe(1);
    expect(await offersOf(bench)).toEqual([[referenceOf(700), 'paris-2027-03-09']]);
    expect((await bench.costOf(() => offerPlaces(bench))).requests).toBe(2 + 1);
  });
});

describe('a walk along the list', () => {
  it('reads a parent once, however many of its group wait for its date', async () => {
    const members = range(2, 50).map((number) => ({ number, intake: parentOf(1) }));
    await fillWaitingList(bench, [{ number: 1, answers: users(90_000) }, ...members]);
    await bench.addWave('2027-03-09', room(9, 90));
    const { requests } = await bench.costOf(() => offerPlaces(bench));
    expect(requests).toBe(2 + 1 + 2);
    expect(await offersOf(bench)).toEqual([]);
  });

  it('serves members once their parent is offered a place, also those before it on the list', async () => {
    await fillWaitingList(bench, [
      { number: 1, intake: parentOf(3) },
      { number: 2, answers: users(90_000) },
      { number: 3, intake: { group: 'group' } },
      { number: 4, intake: parentOf(3) },
    ]);
    await bench.addWave('2027-03-09', room(1, 90));
    await bench.addWave('2027-05-04', room(9, 90));
    expect(await offerPlaces(bench)).toBe(2);
    const sent = (await bench.store.outbox.pending(50)).flatMap(({ reference, messages }) =>
      messages.filter(({ kind }) => kind === 'offer_places').map(() => reference),
    );
    expect(sent).toContain(referenceOf(3));
    expect(await offerPlaces(bench)).toBe(1);
    expect(await offersOf(bench)).toEqual([
      [referenceOf(1), 'paris-2027-05-04'],
      [referenceOf(3), 'paris-2027-03-09'],
      [referenceOf(4), 'paris-2027-05-04'],
    ]);
  });

  it('makes exactly the offers that are left after it has died at any call', async () => {
    const customers = range(1, 6).map((number) => ({
      number,
      answers: users(number % 2 === 0 ? 100 : 1_900),
    }));
    const days = ['2027-03-09', '2027-05-04'];
    for (let call = 1, died = true; died; call += 1) {
      for (const when of ['before', 'after'] as const) {
        await bench.close();
        bench = await openTaskBench();
        await fillWaitingList(bench, customers);
        for (const day of days) await bench.addWave(day, room(2, 30));
        died = await bench.dies({ call, when }, () => offerPlaces(bench));
        await offerPlaces(bench);
        expect(await offersOf(bench), `death ${when} call ${call}`).toEqual([
          [referenceOf(1), 'paris-2027-03-09'],
          [referenceOf(2), 'paris-2027-03-09'],
          [referenceOf(3), 'paris-2027-05-04'],
          [referenceOf(4), 'paris-2027-05-04'],
        ]);
        expect(await bookedIn(bench)).toEqual({
          'paris-2027-03-09': { customers: 2, points: 22, complex: 0 },
          'paris-2027-05-04': { customers: 2, points: 22, complex: 0 },
        });
      }
    }
  });

  it('offers no place twice, and no customer two, when several walk at once', async () => {
    await fillWaitingList(
      bench,
      range(1, 40).map((number) => ({ number, answers: users(100 * (1 + (number % 5))) })),
    );
    for (const day of ['2027-03-09', '2027-05-04', '2027-06-01']) await bench.addWave(day, room(4, 17));
    const made = await Promise.all(range(0, 5).map(() => offerPlaces(bench)));
    const offers = await offersOf(bench);
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(offers.length);
    for (const { id, booked, capacity } of await calendarNow(bench)) {
      const here = offers.filter(([, wave]) => wave === id);
      expect(booked.customers).toBe(here.length);
      expect([booked.customers <= capacity.customers, booked.points <= capacity.points]).toEqual([
        true,
        true,
      ]);
    }
    expect(await offerPlaces(bench)).toBe(0);
  });
});

describe('many places freed at once', () => {
  it('cost each a look at its own entry, and few walks for all', async () => {
    await fillWaitingList(
      bench,
      range(1, 200).map((number) => ({ number, answers: users(1_500) })),
    );
    await addWaveOfTomorrow(bench, 40);
    for (const reference of await tellNoGo(bench, range(1_000, 40))) {
      await bench.run('ScheduleWave', { reference, run: 1 });
    }
    const keys = await keysOf(bench.store.outbox, 'dispatch');
    expect(keys).toHaveLength(40);
    // A walk that no one is served by: two calendars and the page of the list.
    await bench.addWave('2027-05-04', room(1, 1));
    let read = 0;
    bench.documents.middlewareStack.add(
      (next) => (args) => {
        if (JSON.stringify(args.input).includes('"WAITING_LIST"'))
          read += 'KeyConditionExpression' in args.input ? 1 : 0;
        return next(args);
      },
      { step: 'initialize', name: 'count-walks', priority: 'high' },
    );
    await dispatcherOn(bench).records(keys, enough);
    expect(read).toBe(2);
    expect(await bench.store.outbox.pending(100)).toHaveLength(40);
  });
});

it('offers by its schedule what was freed by a request that was interrupted', async () => {
  await fillWaitingList(bench, [{ number: 1 }]);
  await bench.addWave('2027-03-09', room(1, 9));
  await dispatcherOn(bench).due(enough);
  expect(await offersOf(bench)).toEqual([[referenceOf(1), 'paris-2027-03-09']]);
});

it('takes an offer back in time at whatever rank it was made', async () => {
  await writeItems(bench, largeEntries(range(1, 600)));
  await fillWaitingList(bench, [{ number: 700 }]);
  await bench.addWave('2027-03-09', room(1, 9));
  expect(await offerPlaces(bench)).toBe(1);
  const { state, booking } = await bench.store.onboardings.now(referenceOf(700));
  expect(await bench.store.waitingList.rankOf(state)).toBeUndefined();
  bench.clock.set(new Date(Date.parse(booking?.holdUntil ?? '')).toISOString());
  const fails = (error: unknown) => {
    throw error;
  };
  // The reminder that was due before comes first.
  await keepPlaces(bench, fails);
  await keepPlaces(bench, fails);
  expect((await bench.store.onboardings.now(referenceOf(700))).booking).toBeUndefined();
  const { items } = await bench.store.waitingList.page({ limit: 1_000 });
  expect(items.at(-1)).toMatchObject({ reference: referenceOf(700), rank: state.waitingRank });
  expect(items.at(-1)?.offeredUntil).toBeUndefined();
});

/** The list served one by one, each read in full: what the walk must come to. */
async function serveInFull(own: TaskBench): Promise<void> {
  const { store, clock, platform } = own;
  const at = clock.now();
  const asOf = calendarDateOf(at);
  for await (const entry of eachItem((page) => store.waitingList.page({ limit: 100, ...page }))) {
    if (entry.offeredUntil !== undefined) continue;
    await changeOnboarding(store, entry.reference, async (snapshot) => {
      const placing = await placingOf(store, snapshot.state, asOf);
      const placement = place(placing.demand, await calendarNow(own), { asOf, platform });
      return placement.kind === 'booked'
        ? offerPlace(snapshot, { wave: placement.wave, placing, rank: entry.rank }, at)
        : undefined;
    });
  }
}

/** A wish that most customers do not have. */
function sometimes<T>(wish: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: wish });
}

const customer = fc
  .record({
    size: fc.constantFrom(50, 100, 400, 900, 2_100, 20_000),
    earliest: fc.constantFrom('2027-01-15', '2027-01-15', '2027-03-31', '2027-05-10'),
    latest: sometimes(fc.constantFrom('2027-03-01', '2027-03-31', '2027-05-10', '2027-07-01')),
    frozen: sometimes(fc.constantFrom('2027-01-15', '2027-03-01', '2027-05-04')),
    site: fc.constantFrom('any', 'any', 'paris', 'sud'),
    pilots: fc.constantFrom(0, 5),
    exitPlan: fc.constantFrom('no', 'no', 'yes'),
    maturity: fc.constantFrom(3, 4),
    services: fc.constantFrom(['exchange'], ['exchange'], ['exchange', 'intune'], ['azure_ai']),
    parent: sometimes(fc.integer({ min: 1, max: 25 })),
    avoid: fc.constantFrom([], ['paris-2027-03-09'], ['paris-2027-03-09', 'sud-2027-05-04']),
    bare: fc.boolean(),
    priority: fc.constantFrom(true, undefined),
  })
  .map(
    (of) =>
      (number: number): WaitingCustomer => ({
        number,
        ...(of.bare ? { entry: 'bare' } : {}),
        answers: {
          ...users(of.size),
          ...{ C1: of.services, C8: { site: of.site, twoSites: 'no' }, E3: of.pilots },
          ...{ D1: of.maturity, A6: of.exitPlan, ...(of.exitPlan === 'yes' ? { A6b: 'yes' } : {}) },
          E1: {
            earliest: of.earliest,
            ...(of.latest === undefined ? { reason: 'none' } : { reason: 'contract_end', latest: of.latest }),
          },
          E2: of.frozen === undefined ? [] : [{ from: of.frozen, to: '2027-05-20' }],
        },
        intake: of.parent === undefined || of.parent === number ? {} : parentOf(of.parent),
        state: { avoid: of.avoid, priority: of.priority },
      }),
  );
const wave = fc.record({
  customers: fc.integer({ min: 0, max: 5 }),
  points: fc.integer({ min: 0, max: 70 }),
  complex: fc.integer({ min: 0, max: 2 }),
  kind: fc.constantFrom('MIGRATION', 'MIGRATION', 'PILOT'),
  state: fc.constantFrom('OPEN', 'OPEN', 'OPEN', 'FROZEN', 'PLANNED'),
});

it('makes the offers that serving the list one by one makes, in the same order, whatever the list and the calendar', async () => {
  let offers = 0;
  const dates = ['2026-12-15', '2027-02-09', '2027-03-09', '2027-05-04', '2027-06-29'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(customer, { minLength: 12, maxLength: 20 }),
      fc.array(wave, { minLength: 10, maxLength: 10 }),
      async (customers, waves) => {
        const both = await Promise.all([openTaskBench(), openTaskBench()]);
        for (const own of both) {
          await fillWaitingList(
            own,
            customers.map((make, index) => make(index + 1)),
          );
          for (const [index, { kind, state, ...capacity }] of waves.entries()) {
            const site = index < dates.length ? 'paris' : 'sud';
            const cutover = dates[index % dates.length] ?? '';
            await own.addWave(cutover, { id: `${site}-${cutover}`, site, kind, state, capacity });
          }
        }
        const [fast, slow] = both;
        await offerPlaces(fast);
        await serveInFull(slow);
        expect(await offersOf(fast)).toEqual(await offersOf(slow));
        expect(await bookedIn(fast)).toEqual(await bookedIn(slow));
        offers += (await offersOf(fast)).length;
        // Nothing more is found by what the first walk has kept.
        await offerPlaces(fast);
        await serveInFull(slow);
        expect(await offersOf(fast)).toEqual(await offersOf(slow));
        await Promise.all(both.map((own) => own.close()));
      },
    ),
    { seed: 20_261_127, numRuns: 20 },
  );
  expect(offers).toBeGreaterThan(50);
});

it('an operator who adds a wave does not wait for the whole list: the next call of the schedule walks the rest', async () => {
  const wave = (cutover: string) => ({
    ...({ site: 'paris', kind: 'MIGRATION', state: 'OPEN', cutover } as const),
    ...room(4, 60, 1),
  });
  const cost = async (cutover: string) =>
    (await bench.costOf(() => createWave(bench, wave(cutover), { actor: operator }))).requests;
  await bench.addWave('2027-01-12', { kind: 'PILOT' });
  // Larger than the wave: nothing but the entries is read.
  await writeItems(bench, largeEntries(range(10_000, 2_600)));
  const one = await cost('2027-03-09');
  await writeItems(bench, largeEntries(range(20_000, 2_600)));
  expect(await cost('2027-04-06')).toBe(one);
});
