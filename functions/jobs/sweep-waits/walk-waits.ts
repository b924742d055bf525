import { grace } from '../../domain/onboarding/durations.ts';
import type { SweepPlace } from '../../store/sweeps.ts';
import { eachPage } from '../../store/table.ts';
import { compareOpen, hasAskedEnough } from './compare-open.ts';
import { judgeWait } from './findings.ts';
import { pageSize, type Sweep, type SweepDependencies } from './sweep.ts';

/**
 * Looks at the onboardings whose wait is overdue: at their runs first, then at the waits themselves.
 *
 * @returns where the next walk continues
 */
export async function walkWaits(
  dependencies: Pick<SweepDependencies, 'store' | 'watch' | 'pages'>,
  sweep: Sweep,
  place: SweepPlace,
): Promise<string | undefined> {
  const { store, pages } = dependencies;
  const until = new Date(sweep.now.getTime() - grace).toISOString();
  let next = place.waits;
  sweep.asked = 0;
  const overdue = eachPage((page) => store.lists.overdue(until, { limit: pageSize, ...page }), {
    from: place.waits,
    most: pages.onboardings,
  });
  for await (const { items, cursor, unreadable = [] } of overdue) {
    const read = await store.sweeps.read(items.map(({ reference }) => reference));
    await sweep.takeUnreadable([...unreadable, ...read.unreadable]);
    await compareOpen(dependencies, sweep, [...read.onboardings.values()], judgeWait);
    next = cursor;
    if (hasAskedEnough(sweep)) break;
  }
  return next;
}
