import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { newestVersion, noDraft } from '../domain/onboarding/draft.ts';
import * as corrections from '../domain/onboarding/transitions/correction.ts';
import type { Store } from '../store/store.ts';
import { eachItem } from '../store/table.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

/** Corrections of the list read at once. */
const pageSize = 100;

/** What was saved since the submission. It is announced first: an answer saved from then on makes the change fail. */
export async function toDrop({ dossiers }: Store, reference: string): Promise<corrections.Dropped> {
  const announced = await dossiers.announceSubmission(reference);
  const draft = (await dossiers.draft(reference)) ?? noDraft;
  const { version, saved, submitted = 0, byMachine } = draft;
  return {
    draft: { version, next: newestVersion(draft) + 1, announced },
    byMachine: byMachine !== undefined && byMachine === submitted,
    questions: [...saved].filter(([, answer]) => answer.version > submitted).map(([id]) => id),
  };
}

/** What is due on a correction: its reminder, or its end; false when nothing is. */
function lookAfterCorrection({ store, clock }: Dependencies, reference: string): Promise<boolean> {
  return changeOnboarding(store, reference, async (snapshot) => {
    const at = clock.now();
    if (!corrections.hasRunOut(snapshot, at)) return corrections.remindOfCorrection(snapshot, at);
    return corrections.lapseCorrection(snapshot, await toDrop(store, reference), at);
  });
}

export interface CorrectionsRun {
  /** The day on which something is due next; absent while no correction is open. */
  readonly next?: CalendarDate | undefined;
  /** What could not be looked after, to be thrown once everything else is done. */
  readonly failures: readonly unknown[];
}

/**
 * Reminds customers of corrections that are about to end, and drops those whose time has run out. Safe to call at any time
 * and any number of times.
 */
export async function lookAfterCorrections(dependencies: Dependencies): Promise<CorrectionsRun> {
  const { store, clock } = dependencies;
  const failures: unknown[] = [];
  const until = clock.now().toISOString();
  const due = eachItem((page) => store.corrections.due(until, { limit: pageSize, ...page }));
  await inBatches(due, changesAtOnce, async (reference) => {
    try {
      await lookAfterCorrection(dependencies, reference);
    } catch (error) {
      // One that cannot be read or changed delays no other.
      failures.push(error);
    }
  });
  const next = await store.corrections.nextDue();
  return { failures, ...(next === undefined ? {} : { next: calendarDateOf(new Date(next)) }) };
}
