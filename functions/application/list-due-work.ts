import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** Onboardings listed at once, and pages of them in one run: the rest is for the next one. */
const pageSize = 100;
const pagesAtMost = 50;

interface DueWorkRun {
  /** The first day on which something becomes the operators' to do; absent when nothing is to. */
  readonly next?: CalendarDate | undefined;
}

/**
 * Puts on the operators' work list what has become theirs to do: a cutover whose day has come, a condition that is overdue
 * four weeks before a cutover. Each is written once: a run that dies in between goes on where it stopped.
 */
export async function listDueWork({
  store,
  clock,
}: Pick<ApplicationDependencies, 'store' | 'clock'>): Promise<DueWorkRun> {
  const now = clock.now().toISOString();
  for (let page = 0; page < pagesAtMost; page += 1) {
    const found = await store.workList.becoming(pageSize);
    const due = found.filter(({ from }) => from <= now).map(({ reference }) => reference);
    const next = found.find(({ from }) => from > now);
    if (due.length > 0) await store.onboardings.listByDue(due);
    if (next !== undefined) return { next: calendarDateOf(new Date(next.from)) };
    if (due.length < pageSize) return {};
  }
  return { next: calendarDateOf(clock.now()) };
}
