import { grace } from './findings.ts';
import { pageSize, type Sweep, type SweepDependencies } from './sweep.ts';

/** Reports messages that the dispatcher has left in the outbox, and calls it again. */
export async function walkOutbox({ store }: Pick<SweepDependencies, 'store'>, sweep: Sweep): Promise<void> {
  const pending = await store.outbox.pending(pageSize);
  const before = new Date(sweep.now.getTime() - grace).toISOString();
  const stale = pending.filter(({ at }) => at <= before);
  const [oldest] = stale;
  if (oldest === undefined) return;
  await sweep.take({ fault: 'OutboxStale', reference: oldest.reference, run: oldest.version });
  sweep.found.OutboxStale = stale.length;
  // The dispatcher reads the whole outbox whenever an entry is written.
  await store.outbox.nudge(oldest, sweep.now.toISOString());
}
