import { listedDemand } from '../../functions/domain/waves/listed-demand.ts';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import { bookingItem } from '../../functions/store/places.ts';
import type { Item } from '../../functions/store/table.ts';
import { demandWith } from '../domain/waves/fixtures.ts';
import { referenceOf } from '../store/bench.ts';
import { openTaskBench, type TaskBench } from '../tasks/bench.ts';
import { entryOf, fillWaitingList, writeItems } from './waiting-customers.ts';

export type ListBench = TaskBench;

/** A table with all tasks on it, to fill and serve a waiting list. */
export function openListBench(onWrite?: Parameters<typeof openTaskBench>[0]): Promise<ListBench> {
  return openTaskBench(onWrite);
}

/** Entries before all of `fillWaitingList`, of customers that are larger than most waves: nothing else is stored of them. */
export function largeEntries(numbers: readonly number[]): readonly Item[] {
  const listed = listedDemand(demandWith({ points: 200, complex: true }), undefined);
  const rank = '1|9999-12-31|0|0|0000|2026-11-23';
  return numbers.map((number) => entryOf(referenceOf(number), { rank, listed }));
}

const wave = { wave: 'paris-2026-11-24', site: 'paris', cutover: '2026-11-24' } as const;

/** The wave of tomorrow, with room for no one. */
export async function addWaveOfTomorrow(bench: ListBench, customers: number): Promise<void> {
  await bench.addWave(wave.cutover, { booked: { customers, points: 2 * customers, complex: 0 } });
}

/**
 * Customers with a place in the wave of tomorrow who were told no-go today.
 *
 * @returns their references
 */
export async function tellNoGo(bench: ListBench, numbers: readonly number[]): Promise<readonly string[]> {
  const state = { stage: 'GO_NO_GO', priority: true, avoid: [wave.wave], wave: wave.wave } as const;
  await fillWaitingList(
    bench,
    numbers.map((number) => ({ number, state, entry: 'none' })),
  );
  const booking = { ...wave, status: 'TO_MOVE', points: 2, complex: 0 } as const;
  const bookedAt = bench.clock.now().toISOString();
  const references = numbers.map(referenceOf);
  await writeItems(
    bench,
    references.map((reference) => bookingItem(reference, { ...booking, bookedAt })),
  );
  return references;
}

/** What a process that sends the outbox does; what it publishes is lost. */
export function dispatcherOn(bench: ListBench) {
  return createDispatcher({
    ...{ ...bench, logger: jsonLogger((line) => bench.logged.push(line)) },
    metrics: { funnel: () => undefined, sweep: () => undefined, upkeep: () => undefined },
    bus: { publish: async () => undefined },
  });
}
