import * as z from 'zod';
import { createWave } from '../../functions/application/change-wave.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { enough, keysOf } from '../../test/support/relay.ts';
import {
  addWaveOfTomorrow,
  dispatcherOn,
  type ListBench,
  largeEntries,
  openListBench,
  tellNoGo,
} from '../../test/support/serving-the-list.ts';
import { fillWaitingList, writeItems } from '../../test/support/waiting-customers.ts';
import { createMeter, type Meter } from './meter.ts';

/** What it costs to serve the waiting list. */
export const waitingListCost = z.object({
  event: z.string(),
  waiting: z.number(),
  offers: z.number(),
  requests: z.number(),
  readUnits: z.number(),
  writeUnits: z.number(),
  /** CPU time, as a multiple of that of the smallest list in the same run. */
  cpu: z.number(),
});
export type WaitingListCost = z.infer<typeof waitingListCost>;

const sizes = [1_000, 10_000, 100_000] as const;
const noGos = 101;
const newPlaces = 30;

/** The numbers of those who fit are beyond those of the list before them. */
const firstThatFits = 200_000;
const firstNoGo = 300_000;

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

interface Event {
  readonly event: string;
  /** Customers that fit, at the end of the list. */
  readonly fits: number;
  /** What was before it; gives what happens. */
  readonly prepare: (bench: ListBench, turn: number) => Promise<() => Promise<unknown>>;
}

/** A wave of its own for each turn of an event. */
const cutovers = ['2027-03-09', '2027-05-04', '2027-06-01', '2027-06-08'] as const;
const dayOf = (turn: number) => cutovers[turn] ?? cutovers[0];

const numbersOf = (turn: number) => range(firstNoGo + turn * noGos, noGos);

/** They are placed again, and what follows from it is sent as the table's stream brings it. */
async function placeAgain(bench: ListBench, references: readonly string[]): Promise<void> {
  for (const reference of references) await bench.run('ScheduleWave', { reference, run: 1 });
  await dispatcherOn(bench).records(await keysOf(bench.store.outbox, 'dispatch'), enough);
}

const events: readonly Event[] = [
  {
    event: `${noGos} no-gos at once, and no wave with room`,
    fits: 0,
    prepare: async (bench, turn) => {
      if (turn === 0) await addWaveOfTomorrow(bench, 2 * noGos);
      const references = await tellNoGo(bench, numbersOf(turn));
      return () => placeAgain(bench, references);
    },
  },
  {
    event: 'one place, which only the last on the list fits in',
    fits: 1,
    prepare: async (bench, turn) => {
      await bench.addWave(dayOf(turn), { capacity: { customers: 2, points: 2, complex: 0 } });
      return () => offerPlaces(bench);
    },
  },
  {
    event: 'one place, which no one fits in',
    fits: 0,
    prepare: async (bench, turn) => {
      await bench.addWave(dayOf(turn + 2), { capacity: { customers: 1, points: 1, complex: 0 } });
      return () => offerPlaces(bench);
    },
  },
  {
    event: `a new wave with ${newPlaces} places, which only the last on the list fit in`,
    fits: newPlaces,
    prepare: async (bench, turn) => {
      const capacity = { customers: newPlaces, points: 2 * newPlaces, complex: 0 };
      const kind = turn === 0 ? 'PILOT' : 'MIGRATION';
      const wave = { site: 'sud', kind, state: 'OPEN', cutover: dayOf(turn), capacity } as const;
      return () => createWave(bench, wave, { actor: system });
    },
  },
];

/** A list of customers that are larger than any place that is freed, with those that fit behind them. */
async function fill(bench: ListBench, size: number): Promise<void> {
  const fitting = events.reduce((sum, { fits }) => sum + 2 * fits, 0);
  for (let from = 1; from <= size - fitting; from += 1_000) {
    await writeItems(bench, largeEntries(range(from, Math.min(1_000, size - fitting - from + 1))));
  }
  await fillWaitingList(
    bench,
    range(firstThatFits, fitting).map((number) => ({ number, answers: { E2: [], E3: 5 } })),
  );
}

interface Measured {
  readonly cost: Omit<WaitingListCost, 'cpu'>;
  /** Microseconds. */
  readonly cpu: number;
}

/** Each event happens twice: its requests are counted once, and its time is taken without weighing them. */
async function measure(
  bench: ListBench,
  meter: Meter,
  waiting: number,
  { event, prepare }: Event,
): Promise<Measured> {
  const counted = await prepare(bench, 0);
  const before = meter.total();
  meter.count(true);
  await counted();
  meter.count(false);
  const after = meter.total();
  const { items } = await bench.store.places.due('2028-01-01T00:00:00.000Z', { limit: 1_000 });
  const timed = await prepare(bench, 1);
  const since = process.cpuUsage();
  await timed();
  const { user, system } = process.cpuUsage(since);
  return {
    cost: {
      ...{ event, waiting, offers: items.length },
      requests: after.requests - before.requests,
      readUnits: after.read - before.read,
      writeUnits: after.write - before.write,
    },
    cpu: user + system,
  };
}

/** What serving the waiting list costs, at several lengths of it. */
export async function measureWaitingList(): Promise<readonly WaitingListCost[]> {
  const found: Measured[] = [];
  for (const size of sizes) {
    const meter = createMeter();
    meter.count(false);
    const bench = await openListBench(meter.onWrite);
    meter.watch(bench.documents);
    await fill(bench, size);
    let offers = 0;
    for (const event of events) {
      const measured = await measure(bench, meter, size, event);
      found.push({ ...measured, cost: { ...measured.cost, offers: measured.cost.offers - offers } });
      offers += 2 * (measured.cost.offers - offers);
    }
    await bench.close();
  }
  return found.map(({ cost, cpu }) => {
    const smallest = found.find((each) => each.cost.event === cost.event)?.cpu ?? cpu;
    return { ...cost, cpu: Math.round((cpu / smallest) * 10) / 10 };
  });
}
