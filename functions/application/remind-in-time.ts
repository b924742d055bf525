import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { isReminderTime, lastReminded } from '../domain/onboarding/reminder-time.ts';
import { remindInTime as transition } from '../domain/onboarding/transitions/remind-in-time.ts';
import { workingDayOnOrBefore } from '../domain/working-days.ts';
import { eachItem } from '../store/table.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

const pageSize = 100;

/** Gives the reminder of a wait that the workflow's timer would give too late; false when none is due. */
export function remindInTime({ store, clock }: Dependencies, reference: string): Promise<boolean> {
  return changeOnboarding(store, reference, (snapshot) => transition(snapshot, clock.now()));
}

interface RemindersRun {
  /** What could not be changed, to be thrown once everything else is done. */
  readonly failures: readonly unknown[];
  /** The first day on which a wait may want a reminder; absent when none is open. */
  readonly next?: CalendarDate | undefined;
}

/**
 * Gives the reminders of waits that fall due before the next working day begins, while reminders may be given. Safe to
 * call at any time and any number of times: each is on record with the change that sends it.
 */
export async function remindWaiting(dependencies: Dependencies): Promise<RemindersRun> {
  const { store, clock } = dependencies;
  const at = clock.now();
  const failures: unknown[] = [];
  if (isReminderTime(at)) {
    const until = lastReminded(at).toISOString();
    const due = eachItem((page) => store.lists.overdue(until, { limit: pageSize, ...page }));
    await inBatches(due, changesAtOnce, async ({ reference }) => {
      try {
        await unlessUnreadable(() => remindInTime(dependencies, reference));
      } catch (error) {
        // One that cannot be changed delays no other.
        failures.push(error);
      }
    });
  }
  const first = await store.lists.firstRenewal();
  return {
    failures,
    ...(first === undefined ? {} : { next: workingDayOnOrBefore(calendarDateOf(new Date(first))) }),
  };
}
