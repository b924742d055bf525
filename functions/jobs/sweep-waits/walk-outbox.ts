import { changesAtOnce, inBatches } from '../../application/in-batches.ts';
import { grace } from '../../domain/onboarding/durations.ts';
import { outboxLanes, partitionsOf } from '../../store/keys.ts';
import type { OutboxEntry } from '../../store/stored-outbox.ts';
import { pageSize, type Sweep, type SweepDependencies } from './sweep.ts';

/**
 * Reports messages that were left in the outbox, and writes to them, so that the table's stream reports them again: the
 * schedules that look for them may be what has failed. What rests after a try that failed is not left.
 */
export async function walkOutbox(
  { store, metrics }: Pick<SweepDependencies, 'store' | 'metrics'>,
  sweep: Sweep,
): Promise<void> {
  await countAside({ store, metrics });
  const before = new Date(sweep.now.getTime() - grace).toISOString();
  const pages = await Promise.all(
    outboxLanes
      .flatMap(partitionsOf)
      .map((partition) => store.outbox.page(partition, { limit: pageSize, upTo: before })),
  );
  const stale = pages.flatMap(({ items }) => items).filter((entry) => leaseEnd(entry) <= before);
  const [oldest] = stale.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  if (oldest === undefined) return;
  await sweep.take({ fault: 'OutboxStale', reference: oldest.reference, run: oldest.version });
  sweep.found.OutboxStale = stale.length;
  await inBatches(stale, changesAtOnce, (entry) => store.outbox.nudge(entry, sweep.now.toISOString()));
}

function leaseEnd({ leaseUntil, at }: OutboxEntry): string {
  return leaseUntil ?? at;
}

/** What was set aside stays counted until operators have put it back, so that its alarm lasts as long. */
async function countAside({ store, metrics }: Pick<SweepDependencies, 'store' | 'metrics'>): Promise<void> {
  const { items } = await store.outbox.aside({ limit: pageSize });
  if (items.length > 0) metrics.upkeep({ OutboxAside: items.length });
}
