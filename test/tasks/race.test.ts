import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { addDays } from '../../functions/domain/calendar-date.ts';
import { rankOf } from '../../functions/domain/waves/rank.ts';
import { publicHolidayOn } from '../../functions/domain/working-days.ts';
import { assessed, openTaskBench, type TaskBench } from './bench.ts';

const amount = z.object({ N: z.coerce.number() }).transform(({ N }) => N);
const roomLeft = z
  .object({ left: z.object({ M: z.object({ customers: amount, points: amount, complex: amount }) }) })
  .transform((wave) => Object.values(wave.left.M));

interface Race {
  readonly bench: TaskBench;
  readonly references: readonly string[];
  /** Room left in a wave, component by component, as every write of one left it. */
  readonly written: readonly number[];
  /** Customers booked in all waves together, as a reader saw them. */
  readonly seen: readonly number[];
  /** The most transactions that one placement took. */
  readonly attempts: number;
}

/** Lets customers who all want the first wave be placed at once. */
async function race(customers: number, days: readonly string[], places: number): Promise<Race> {
  const written: number[] = [];
  const seen: number[] = [];
  const bench = await openTaskBench((items) => {
    for (const { key, after } of items) {
      if (key['pk']?.S === 'CALENDAR#paris') written.push(...roomLeft.parse(after));
    }
  });
  for (const day of days) {
    await bench.addWave(day, { capacity: { customers: places, points: 10_000, complex: 0 } });
  }
  const references: string[] = [];
  for (let index = 0; index < customers; index += 1) {
    references.push(await assessed(bench, { D1: index % 2 === 0 ? 4 : 3, D2: index % 3 === 0 ? 3 : 4 }));
  }
  const attempts = new Map<string, number>();
  bench.documents.middlewareStack.add(
    (next) => (args) => {
      const [, reference] = /"pk":"ONB#([^"]+)","sk":"NOW#STATE"/.exec(JSON.stringify(args.input)) ?? [];
      if (reference !== undefined) attempts.set(reference, (attempts.get(reference) ?? 0) + 1);
      return next(args);
    },
    { step: 'initialize', name: 'count-transactions', priority: 'high' },
  );
  let racing = true;
  const watching = (async () => {
    while (racing) {
      const waves = await bench.store.waves.calendar(['paris'], { consistent: true });
      seen.push(waves.reduce((sum, { booked }) => sum + booked.customers, 0));
      await pause(5);
    }
  })();
  await Promise.all(references.map((reference) => bench.run('ScheduleWave', { reference, run: 1 })));
  racing = false;
  await watching;
  return { bench, references, written, seen, attempts: Math.max(...attempts.values()) };
}

async function checkRace({ bench, references, written, seen }: Race, places: number): Promise<void> {
  const nows = await Promise.all(references.map((reference) => bench.store.onboardings.now(reference)));
  const held = nows.filter(({ state, booking }) => state.stage === 'WAVE_HELD' && booking?.status === 'HELD');
  const waiting = nows.filter(
    ({ state, booking }) => state.stage === 'WAITING_LIST' && booking === undefined,
  );
  expect([held.length, waiting.length]).toEqual([places, references.length - places]);
  for (const wave of await bench.store.waves.calendar(['paris'])) {
    const here = held.filter(({ booking }) => booking?.wave === wave.id);
    const points = here.reduce((sum, { booking }) => sum + (booking?.points ?? 0), 0);
    expect(wave.booked).toEqual({ customers: here.length, points, complex: 0 });
  }
  expect(Math.min(...written)).toBe(0);
  expect(seen.length).toBeGreaterThan(3);
  expect(Math.max(...seen)).toBeLessThanOrEqual(places);

  const ranked = waiting.map(({ state }) => {
    const tier = state.tier === 'READY' ? 'READY' : 'CONDITIONAL';
    const { reference, score = null } = state;
    const requestedOn = '2026-11-23';
    return `${rankOf({ reference, requirementLevel: 'NOT_REQUIRED', tier, score, requestedOn })}#${reference}`;
  });
  const served = ranked.toSorted().map((rank) => rank.split('#')[1]);
  const { items: listed } = await bench.store.waitingList.page({ limit: 500 });
  expect(listed.map(({ reference }) => reference)).toEqual(served);
}

it('gives 10 places to 10 of 200 customers, and each of the others its rank on the waiting list', async () => {
  const run = await race(200, ['2027-03-09'], 10);
  try {
    await checkRace(run, 10);
    const ranks = (await run.bench.store.waitingList.page({ limit: 500 })).items.map(({ rank }) => rank);
    expect(new Set(ranks).size).toBeGreaterThan(3);
  } finally {
    await run.bench.close();
  }
});

it('finds a place for everyone when 40 customers want the first of 40 waves with one place each', async () => {
  const days: string[] = [];
  for (let day = '2027-03-09'; days.length < 40; day = addDays(day, 1)) {
    if (publicHolidayOn(day) === undefined && !(day >= '2027-04-01' && day <= '2027-04-15')) days.push(day);
  }
  const run = await race(40, days, 1);
  try {
    await checkRace(run, 40);
    // Each lost place is another transaction; the calendar bounds them, and no customer gives up before its end.
    expect(run.attempts).toBeGreaterThan(1);
    expect(run.attempts).toBeLessThanOrEqual(40);
  } finally {
    await run.bench.close();
  }
});
