import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import * as z from 'zod';
import { rankOf } from '../../functions/domain/waves/rank.ts';
import { assessed, openTaskBench, type TaskBench } from '../tasks/bench.ts';
import { wrongPlaces } from './stored-places.ts';

const amount = z.object({ N: z.coerce.number() }).transform(({ N }) => N);
const roomLeft = z
  .object({ left: z.object({ M: z.object({ customers: amount, points: amount, complex: amount }) }) })
  .transform((wave) => Object.values(wave.left.M));

export interface Race {
  readonly bench: TaskBench;
  readonly references: readonly string[];
  /** Room left in a wave, component by component, as every write of one left it. */
  readonly written: readonly number[];
  /** Customers booked in all waves together, as a reader saw them. */
  readonly seen: readonly number[];
  /** The most transactions that one placement took. */
  readonly attempts: number;
}

/**
 * Lets customers who all want the first wave be placed at once.
 *
 * @param places of each wave
 * @param deliveries how many times the call of each customer arrives, all at the same time
 */
export async function race(
  customers: number,
  days: readonly string[],
  places: number,
  deliveries = 1,
): Promise<Race> {
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
  const calls = references.flatMap((reference) => Array.from({ length: deliveries }, () => reference));
  await Promise.all(calls.map((reference) => bench.run('ScheduleWave', { reference, run: 1 })));
  racing = false;
  await watching;
  return { bench, references, written, seen, attempts: Math.max(...attempts.values()) };
}

export async function checkRace({ bench, references, written, seen }: Race, places: number): Promise<void> {
  expect(await wrongPlaces(bench)).toEqual([]);
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
