import { setTimeout as pause } from 'node:timers/promises';
import { TransactGetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countSmall } from '../../functions/application/count-small.ts';
import { ConcurrentChangeError } from '../../functions/domain/errors.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import {
  amountOf,
  calendarFor,
  holdIsOver,
  leaveWave,
  takePlace,
} from '../../functions/domain/onboarding/bookings.ts';
import type { Booking } from '../../functions/domain/onboarding/state.ts';
import { close } from '../../functions/domain/onboarding/transitions/close.ts';
import { noCapacity } from '../../functions/domain/waves/capacity.ts';
import { compareInOrderOfService } from '../../functions/domain/waves/order-of-service.ts';
import { rankOf } from '../../functions/domain/waves/rank.ts';
import type { Wave } from '../../functions/domain/waves/wave.ts';
import { keys } from '../../functions/store/keys.ts';
import { ConditionFailedError } from '../../functions/store/table.ts';
import { demandWith } from '../domain/waves/fixtures.ts';
import { add, openBench, referenceOf, type StoreBench, stateOf, waveOf } from './bench.ts';

let bench: StoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const event = { type: 'FIRST_PAGE_SAVED', actor: system } as const;

async function book(reference: string, wave: Wave, points: number, status: 'HELD' | 'OFFERED' = 'HELD') {
  const now = await bench.store.onboardings.now(reference);
  const demand = demandWith({ reference, points });
  await bench.store.onboardings.apply(now, {
    event,
    effects: takePlace(now, { wave, demand, status }, bench.clock.now()),
  });
}

async function bookedIn({ site, id }: Wave) {
  return (await bench.store.waves.get(site, id)).booked;
}

async function smallIn({ site, id }: Wave): Promise<number> {
  return (await bench.store.waves.get(site, id)).small ?? 0;
}

async function bookingOf(reference: string): Promise<Booking | undefined> {
  return (await bench.store.onboardings.now(reference)).booking;
}

it('takes, moves and releases a place, each in one change', async () => {
  const first = waveOf('2027-03-09', { customers: 2, points: 20, complex: 1 });
  const second = waveOf('2027-04-06', { customers: 2, points: 20, complex: 1 });
  for (const wave of [first, second]) expect(await bench.store.waves.create(wave)).toBe(true);
  const reference = await add(bench.store, stateOf(1, { stage: 'SUBMITTED' }));

  await book(reference, first, 7);
  expect(await bookedIn(first)).toEqual({ customers: 1, points: 7, complex: 0 });
  expect(await bookingOf(reference)).toMatchObject({ wave: first.id, status: 'HELD', points: 7 });
  expect((await bench.store.waves.bookedIn(first.id, { limit: 5 })).items).toEqual([reference]);

  await book(reference, second, 8);
  expect(await bookedIn(first)).toEqual(noCapacity);
  expect(await bookedIn(second)).toEqual({ customers: 1, points: 8, complex: 0 });
  expect((await bench.store.waves.bookedIn(first.id, { limit: 5 })).items).toEqual([]);

  await bench.store.onboardings.change<void>(reference, async (now) => ({
    result: undefined,
    change: close(now, 'WITHDRAWN', event),
  }));
  expect(await bookedIn(second)).toEqual(noCapacity);
  expect(await bookingOf(reference)).toBeUndefined();
});

it('keeps what a wave has for large customers, of many that are not and book at once', async () => {
  const wave = waveOf('2027-07-06', { customers: 20, points: 100, complex: 0 });
  await bench.store.waves.create(wave);
  // Read while 60 of its points are kept: four of 10 points have room beside that.
  const read: Wave = { ...wave, kept: 60 };
  const references = await Promise.all(
    Array.from({ length: 8 }, (_, index) => add(bench.store, stateOf(700 + index, { stage: 'SUBMITTED' }))),
  );
  await Promise.allSettled(references.map((each) => book(each, read, 10)));
  expect(await smallIn(wave)).toBeLessThanOrEqual(40);
  // A request that only met another one is made again.
  for (const each of references) {
    if ((await bookingOf(each)) === undefined) await book(each, read, 10).catch(() => undefined);
  }
  expect([await smallIn(wave), (await bookedIn(wave)).points]).toEqual([40, 40]);
  const large = await add(bench.store, stateOf(720, { stage: 'SUBMITTED' }));
  await book(large, read, 30);
  expect([await smallIn(wave), (await bookedIn(wave)).points]).toEqual([40, 70]);
  // Another capacity than the one that was read: what is kept is another share.
  const last = await add(bench.store, stateOf(721, { stage: 'SUBMITTED' }));
  const grown: Wave = { ...read, kept: 20, capacity: { ...wave.capacity, points: 110 } };
  await expect(book(last, grown, 5)).rejects.toMatchObject({ guard: 'room' });
  await book(last, { ...read, kept: 55 }, 5);
  expect(await smallIn(wave)).toBe(45);
  for (const each of [...references, large, last]) {
    await bench.store.onboardings.change<void>(each, async (now) => ({
      result: undefined,
      ...(now.booking === undefined ? {} : { change: close(now, 'WITHDRAWN', event) }),
    }));
  }
  expect([await smallIn(wave), await bookedIn(wave)]).toEqual([0, noCapacity]);
});

it('has the small customers of a wave of an earlier release counted, once and as it was read', async () => {
  const wave = waveOf('2027-07-20', { customers: 20, points: 100, complex: 0 });
  await bench.store.waves.create(wave);
  const [one, two] = [
    await add(bench.store, stateOf(740, { stage: 'SUBMITTED' })),
    await add(bench.store, stateOf(741, { stage: 'SUBMITTED' })),
  ];
  await book(one, wave, 9);
  await book(two, wave, 21);
  const Key = keys.wave(wave.site, wave.id);
  await bench.documents.send(
    new UpdateCommand({
      ...{ TableName: bench.tableName, Key, UpdateExpression: 'REMOVE #small, counted' },
      ExpressionAttributeNames: { '#small': 'small' },
    }),
  );
  const earlier = await bench.store.waves.get(wave.site, wave.id);
  expect(earlier).toMatchObject({ uncounted: true, booked: { points: 30 } });
  expect(earlier.small).toBeUndefined();
  // An operator's change leaves it uncounted.
  expect(await bench.store.waves.replace(earlier, { ...earlier, state: 'FROZEN' })).toBe(true);
  expect(await bench.store.waves.putSmall(earlier, 9)).toBe(false);
  const frozen = await bench.store.waves.get(wave.site, wave.id);
  expect(frozen.uncounted).toBe(true);
  expect(await countSmall(bench, [frozen])).toBe(1);
  const counted = await bench.store.waves.get(wave.site, wave.id);
  expect([counted.small, counted.uncounted]).toEqual([9, undefined]);
  expect(await countSmall(bench, [counted])).toBe(0);
});

it('has them counted again once an earlier release has run in between and counted none', async () => {
  const wave = waveOf('2027-07-27', { customers: 20, points: 100, complex: 0 });
  await bench.store.waves.create(wave);
  const [one, two] = [
    await add(bench.store, stateOf(742, { stage: 'SUBMITTED' })),
    await add(bench.store, stateOf(743, { stage: 'SUBMITTED' })),
  ];
  await book(one, wave, 9);
  await book(two, wave, 15);
  // As the earlier release books: room alone.
  await bench.documents.send(
    new UpdateCommand({
      ...{ TableName: bench.tableName, Key: keys.wave(wave.site, wave.id) },
      UpdateExpression: 'SET #small = #small - :points, counted = counted - :points',
      ExpressionAttributeNames: { '#small': 'small' },
      ExpressionAttributeValues: { ':points': 15 },
    }),
  );
  const drifted = await bench.store.waves.get(wave.site, wave.id);
  expect([drifted.small, drifted.uncounted, drifted.booked.points]).toEqual([9, true, 24]);
  expect(await countSmall(bench, [drifted])).toBe(1);
  const counted = await bench.store.waves.get(wave.site, wave.id);
  expect([counted.small, counted.uncounted]).toEqual([24, undefined]);
});

it('changes no wave whose small customers have changed since it was read', async () => {
  const wave = waveOf('2027-07-13', { customers: 20, points: 100, complex: 0 });
  await bench.store.waves.create(wave);
  async function booked(number: number, points: number): Promise<string> {
    const reference = await add(bench.store, stateOf(number, { stage: 'SUBMITTED' }));
    await book(reference, wave, points);
    return reference;
  }
  const before = [await booked(730, 21), await booked(731, 9)];
  const read = await bench.store.waves.get(wave.site, wave.id);
  for (const each of before) {
    await bench.store.onboardings.change<void>(each, async (now) => ({
      result: undefined,
      change: close(now, 'WITHDRAWN', event),
    }));
  }
  for (const number of [732, 733]) await booked(number, 15);
  // As much room as before, and taken by others.
  expect(await bookedIn(wave)).toEqual(read.booked);
  expect(await bench.store.waves.replace(read, { ...read, state: 'FROZEN' })).toBe(false);
  const again = await bench.store.waves.get(wave.site, wave.id);
  expect([read.small, again.small]).toEqual([9, 30]);
  expect(await bench.store.waves.replace(again, { ...again, state: 'FROZEN' })).toBe(true);
  expect(await smallIn(wave)).toBe(30);
});

it('writes nothing of a booking when the wave has no room for it, in any component, or is not open', async () => {
  const wave = waveOf('2027-05-04', { customers: 1, points: 10, complex: 0 });
  const frozen: Wave = { ...waveOf('2027-06-01', wave.capacity), state: 'FROZEN' };
  for (const each of [wave, frozen]) await bench.store.waves.create(each);
  const reference = await add(bench.store, stateOf(2, { stage: 'SUBMITTED' }));
  const before = await bench.store.onboardings.now(reference);
  const complex = demandWith({ reference, points: 5, complex: true });
  const refused = { event, to: 'WAVE_HELD' } as const;
  const at = bench.clock.now();
  const asked = [
    { wave, demand: demandWith({ reference, points: 11 }) },
    { wave, demand: complex },
    { wave: frozen, demand: demandWith({ reference, points: 1 }) },
  ];
  for (const { wave: where, demand } of asked) {
    const effects = takePlace(before, { wave: where, demand, status: 'HELD' }, at);
    await expect(bench.store.onboardings.apply(before, { ...refused, effects })).rejects.toThrow(
      ConditionFailedError,
    );
  }
  expect(await bench.store.onboardings.now(reference)).toEqual(before);
  expect(await bookedIn(wave)).toEqual(noCapacity);
  await book(reference, wave, 10);
  const next = await add(bench.store, stateOf(3, { stage: 'SUBMITTED' }));
  await expect(book(next, wave, 0)).rejects.toMatchObject({ guard: 'room' });
});

it('never shows an onboarding without a place or with two while it moves between waves', async () => {
  const waves = ['2027-09-07', '2027-09-14'].map((day) =>
    waveOf(day, { customers: 5, points: 50, complex: 0 }),
  );
  for (const wave of waves) await bench.store.waves.create(wave);
  const reference = await add(bench.store, stateOf(4, { stage: 'SUBMITTED' }));
  const [here, there] = waves;
  if (here === undefined || there === undefined) throw new Error('There are two waves');
  await book(reference, here, 3);

  let moving = true;
  const seen: { left: number; wave: unknown }[] = [];
  async function watch(): Promise<void> {
    while (moving) {
      const { Responses = [] } = await bench.documents.send(
        new TransactGetCommand({
          TransactItems: [...waves.map(({ site, id }) => keys.wave(site, id)), keys.booking(reference)].map(
            ({ pk, sk }) => ({ Get: { TableName: bench.tableName, Key: { pk, sk } } }),
          ),
        }),
      );
      const [one, two, booking] = Responses.map(({ Item }) => Item);
      seen.push({
        left: Number(one?.['left']?.['customers']) + Number(two?.['left']?.['customers']),
        wave: booking?.['wave'],
      });
      await pause(0);
    }
  }
  const watched = watch();
  for (let turn = 0; turn < 30; turn += 1) await book(reference, turn % 2 === 0 ? there : here, 3);
  moving = false;
  await watched;
  expect(seen.length).toBeGreaterThan(10);
  for (const { left, wave } of seen) {
    expect(left).toBe(9);
    expect(waves.map(({ id }) => id)).toContain(wave);
  }
});

it('gives a place back once, however often it is released', async () => {
  const wave = waveOf('2027-10-05', { customers: 3, points: 30, complex: 0 });
  await bench.store.waves.create(wave);
  const reference = await add(bench.store, stateOf(5, { stage: 'SUBMITTED' }));
  await book(reference, wave, 4);
  const now = await bench.store.onboardings.now(reference);
  if (now.booking === undefined) throw new Error('There is a booking');
  const release = { event, effects: leaveWave(now) };
  const results = await Promise.allSettled([
    bench.store.onboardings.apply(now, release),
    bench.store.onboardings.apply(now, release),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: expect.any(ConcurrentChangeError),
  });
  const gone = await bench.store.onboardings.now(reference);
  await expect(bench.store.onboardings.apply(gone, release)).rejects.toMatchObject({ guard: 'booking' });
  expect(await bookedIn(wave)).toEqual(noCapacity);
});

it('ends a hold by the clock, and never ends a confirmed place', async () => {
  const wave = waveOf('2027-10-12', { customers: 3, points: 30, complex: 0 });
  await bench.store.waves.create(wave);
  const held = await add(bench.store, stateOf(6, { stage: 'SUBMITTED' }));
  const offered = await add(bench.store, stateOf(7, { stage: 'WAITING_LIST' }));
  await book(held, wave, 1);
  await book(offered, wave, 1, 'OFFERED');
  const hold = await bookingOf(held);
  const offer = await bookingOf(offered);
  if (hold === undefined || offer === undefined) throw new Error('There are two bookings');
  expect(hold.holdUntil).toBe('2026-12-03T08:00:00.000Z');
  expect(offer.holdUntil).toBe('2026-11-28T08:00:00.000Z');
  expect(holdIsOver(hold, new Date('2026-12-03T07:59:59.999Z'))).toBe(false);
  expect(holdIsOver(hold, new Date('2026-12-03T08:00:00.000Z'))).toBe(true);
  const { holdUntil: _, ...confirmed } = hold;
  expect(holdIsOver({ ...confirmed, status: 'CONFIRMED' }, new Date('2030-01-01'))).toBe(false);
  const now = await bench.store.onboardings.now(held);
  const [own] = calendarFor(now, [await bench.store.waves.get(wave.site, wave.id)]);
  expect(own?.booked).toEqual(amountOf(offer));
});

it('refuses a change of a wave that was read before the last booking', async () => {
  const wave = waveOf('2027-10-19', { customers: 3, points: 30, complex: 0 });
  expect(await bench.store.waves.create(wave)).toBe(true);
  expect(await bench.store.waves.create(wave)).toBe(false);
  const read = await bench.store.waves.get(wave.site, wave.id);
  const reference = await add(bench.store, stateOf(8, { stage: 'SUBMITTED' }));
  await book(reference, wave, 2);
  expect(await bench.store.waves.replace(read, { ...read, state: 'FROZEN' })).toBe(false);
  const again = await bench.store.waves.get(wave.site, wave.id);
  expect(await bench.store.waves.replace(again, { ...again, state: 'FROZEN' })).toBe(true);
  expect(await bookedIn(wave)).toEqual({ customers: 1, points: 2, complex: 0 });
});

const day = fc.constantFrom('2027-01-05', '2027-06-30', '2027-12-31', '2028-02-29');
const entry = fc.record({
  reference: fc.string({ unit: fc.constantFrom('A', 'B', '7', 'Z'), minLength: 4, maxLength: 4 }),
  hardDeadline: fc.option(day, { nil: undefined }),
  requirementLevel: fc.constantFrom('MANDATORY', 'UNDETERMINED', 'RECOMMENDED', 'NOT_REQUIRED'),
  tier: fc.constantFrom('READY', 'CONDITIONAL'),
  score: fc.option(
    fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
    { nil: null },
  ),
  requestedOn: day,
});

it('ranks as text in the order of service', () => {
  fc.assert(
    fc.property(entry, entry, (a, b) => {
      const { hardDeadline: deadlineA, ...restA } = a;
      const { hardDeadline: deadlineB, ...restB } = b;
      const left = { ...restA, ...(deadlineA === undefined ? {} : { hardDeadline: deadlineA }) };
      const right = { ...restB, ...(deadlineB === undefined ? {} : { hardDeadline: deadlineB }) };
      const texts = [left, right].map((each) => `${rankOf(each)}#${each.reference}`);
      const [x = '', y = ''] = texts;
      expect(Math.sign(compareInOrderOfService(left, right))).toBe(x < y ? -1 : Number(x > y));
    }),
    { seed: 20_261_123, numRuns: 2_000 },
  );
});

it('keeps the waiting list in the order of its ranks, each once', async () => {
  const ranks = ['1|b', '0|z', '1|a', '1|b'];
  for (const [index, rank] of ranks.entries()) {
    const reference = await add(bench.store, stateOf(20 + index, { stage: 'SUBMITTED' }));
    const now = await bench.store.onboardings.now(reference);
    await bench.store.onboardings.apply(now, {
      to: 'WAITING_LIST',
      set: { waitingRank: rank },
      event,
      effects: [{ kind: 'join_waiting_list', rank }],
    });
  }
  const order = [21, 22, 20, 23].map(referenceOf);
  expect((await bench.store.waitingList.page({ limit: 10 })).items.map(({ reference }) => reference)).toEqual(
    order,
  );
  expect((await bench.store.waitingList.page({ limit: 2 })).items.map(({ reference }) => reference)).toEqual(
    order.slice(0, 2),
  );
  const { rankOf } = bench.store.waitingList;
  const third = { reference: referenceOf(20), waitingRank: '1|b' };
  expect(await rankOf(third)).toBe(3);
  expect(await rankOf({ ...third, waitingRank: '1|a' })).toBeUndefined();
  expect(await rankOf({ ...third, reference: referenceOf(99) })).toBeUndefined();
  const now = await bench.store.onboardings.now(referenceOf(22));
  await bench.store.onboardings.apply(now, {
    to: 'WAVE_HELD',
    event,
    effects: [{ kind: 'leave_waiting_list', rank: '1|a' }],
  });
  expect(await rankOf(third)).toBe(2);
});

it('keeps room and booking alike when a customer of another size is held again in the same wave', async () => {
  const wave = waveOf('2027-06-08', { customers: 2, points: 20, complex: 1 });
  await bench.store.waves.create(wave);
  const reference = await add(bench.store, stateOf(77, { stage: 'SUBMITTED' }));
  await book(reference, wave, 7);
  await book(reference, wave, 12);
  const booking = await bookingOf(reference);
  expect(await bookedIn(wave)).toEqual({ customers: 1, points: booking?.points, complex: 0 });
});
