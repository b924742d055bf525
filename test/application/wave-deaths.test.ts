import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeWave, createWave } from '../../functions/application/change-wave.ts';
import { createSeries, type Series } from '../../functions/application/create-series.ts';
import { finishCancelled } from '../../functions/application/move-booked.ts';
import { BusinessError } from '../../functions/domain/errors.ts';
import { WaveTransitionError } from '../../functions/domain/waves/wave.ts';
import { held, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const day = '2027-05-04';
const id = `paris-${day}`;
const reason = 'Équipe réduite';
const capacity = { customers: 3, points: 60, complex: 1 };

interface Case {
  readonly act: string;
  readonly prepare: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
  /** The changes of the wave in the end. */
  readonly events: number;
}

const addWave = () => bench.addWave(day);
const change = (asked: Parameters<typeof changeWave>[3]) =>
  changeWave(bench, 'paris', id, { reason, ...asked }, operator);

const cases: readonly Case[] = [
  {
    act: 'the creation of a wave',
    prepare: async () => undefined,
    run: () => {
      const wave = { site: 'paris', kind: 'PILOT', state: 'OPEN', cutover: day, capacity } as const;
      return createWave(bench, wave, { actor: operator, reason });
    },
    events: 1,
  },
  { act: 'a freeze', prepare: addWave, run: () => change({ transition: 'freeze' }), events: 2 },
  {
    act: 'another date',
    prepare: () => bench.addWave(day, { kind: 'PILOT' }),
    run: () => change({ cutover: '2027-05-05' }),
    events: 2,
  },
  {
    act: 'a cancellation',
    prepare: async () => {
      await addWave();
      await held(bench);
    },
    run: () => change({ transition: 'cancel', moveBooked: true }),
    events: 2,
  },
];

/** A repeat may find that all is done. */
async function unlessRefused(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof BusinessError || error instanceof WaveTransitionError)) throw error;
  }
}

it.each(cases)('$act is in the history of its wave once, whatever call it dies at', async (one) => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      await bench.close();
      bench = await openTaskBench();
      bench.clock.set('2026-11-23T08:00:00.000Z');
      await one.prepare();
      died = await bench.dies({ call: calls, when }, one.run);
      if (died) await unlessRefused(one.run);
      const wave = await bench.store.waves.get('paris', id);
      const { items } = await bench.store.waves.history(id, { limit: 50 });
      const where = `death ${when} call ${calls}`;
      expect([items.length, wave.version], where).toEqual([one.events, one.events]);
      expect(items[0]?.after, where).toEqual({
        state: wave.state,
        cutover: wave.cutover,
        capacity: wave.capacity,
      });
      await finishCancelled(bench, [wave]);
      const { items: places } = await bench.store.snapshots.byWave(id, { limit: 50 });
      expect(
        places.filter(({ booking }) => booking?.status === 'HELD' && wave.state === 'CANCELLED'),
      ).toEqual([]);
    }
  }
  expect(calls).toBeGreaterThan(2);
});

it('a series that dies at any call is whole after it is asked for again, with no wave twice', async () => {
  const series: Series = {
    sites: ['paris', 'sud'],
    kind: 'PILOT',
    state: 'OPEN',
    capacity,
    from: day,
    everyWeeks: 4,
    count: 2,
  };
  const run = () => createSeries(bench, series, { actor: operator });
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      await bench.close();
      bench = await openTaskBench();
      bench.clock.set('2026-11-23T08:00:00.000Z');
      died = await bench.dies({ call: calls, when }, run);
      const report = await run();
      const where = `death ${when} call ${calls}`;
      const outcomes = report.map(({ outcome }) => outcome);
      expect(
        outcomes.every((outcome) => outcome === 'created' || outcome === 'existing'),
        where,
      ).toBe(true);
      const waves = await bench.store.waves.calendar(['paris', 'sud']);
      expect(waves.map(({ id }) => id).toSorted(), where).toEqual(
        report.map(({ wave }) => wave.id).toSorted(),
      );
      for (const wave of waves) {
        expect((await bench.store.waves.history(wave.id, { limit: 5 })).items, where).toHaveLength(1);
      }
    }
  }
  expect(calls).toBeGreaterThan(4);
});
