import { calendarNow } from '../../application/read-placing.ts';
import { type Stage, stages } from '../../domain/onboarding/lifecycle.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { SweepPlace } from '../../store/sweeps.ts';
import { pageAt } from '../../store/table.ts';
import { compareOpen, hasAskedEnough } from './compare-open.ts';
import { judgePlace } from './findings.ts';
import { listConditions } from './list-conditions.ts';
import { listWork } from './list-work.ts';
import { pageSize, type Sweep, type SweepDependencies } from './sweep.ts';
import { listPlaces } from './walk-places.ts';

/** Stages in which an onboarding needs a running execution, or may be on the operators' work list. */
const walked: readonly Stage[] = stages.filter((stage) => stage !== 'CLOSED');

/**
 * Looks at the runs of the open onboardings and at their places in waves. It reads one stage after the other and
 * starts again after the last.
 *
 * @returns where the next walk continues
 */
export async function walkOnboardings(
  dependencies: Pick<SweepDependencies, 'store' | 'clock' | 'watch' | 'platform' | 'pages'>,
  sweep: Sweep,
  place: SweepPlace,
): Promise<Pick<SweepPlace, 'stage' | 'onboardings'>> {
  const { store, pages } = dependencies;
  const calendar = await calendarById(dependencies);
  const stopped = walked.find((stage) => stage === place.stage);
  let index = stopped === undefined ? 0 : walked.indexOf(stopped);
  let cursor = place.onboardings;
  sweep.asked = 0;
  // An empty stage costs one small read: a call may pass all of them.
  for (let page = 0, left = walked.length; page < pages.onboardings && left > 0 && !hasAskedEnough(sweep); ) {
    const list = await store.lists.byStage(walked[index] ?? 'REGISTERED', {
      limit: pageSize,
      ...pageAt(cursor),
    });
    await sweep.takeUnreadable(list.unreadable ?? []);
    const onboardings = list.items.map((state) => ({ state }));
    await compareOpen(dependencies, sweep, onboardings);
    await listPlaces(dependencies, list.items);
    await listWork(dependencies, list.items);
    await listConditions(dependencies, list.items);
    for (const onboarding of onboardings) await sweep.take(judgePlace(onboarding, calendar, sweep.now));
    if (list.items.length > 0) page += 1;
    cursor = list.cursor;
    if (cursor === undefined) {
      index = (index + 1) % walked.length;
      left -= 1;
    }
  }
  return { stage: walked[index], onboardings: cursor };
}

async function calendarById(
  dependencies: Pick<SweepDependencies, 'store' | 'clock' | 'platform'>,
): Promise<ReadonlyMap<string, Wave>> {
  const waves = await calendarNow(dependencies);
  return new Map(waves.map((wave) => [wave.id, wave]));
}
