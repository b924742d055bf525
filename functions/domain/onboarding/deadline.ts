import { type CalendarDate, calendarDateOf, instantAt } from '../calendar-date.ts';
import { day } from '../time.ts';
import { goNoGoDay } from '../waves/wave.ts';
import { addWorkingDays } from '../working-days.ts';
import { reviewDays, silenceDays } from './durations.ts';
import type { Stage } from './lifecycle.ts';

/**
 * Hours in Paris on the day of the go/no-go: it opens, operators are reminded of it, people on call are alarmed, and
 * silence becomes a no-go. The jobs run at each of them.
 */
export const goNoGoHours = {
  opens: '08:00',
  reminder: '14:00',
  alarm: '16:30',
  silenceIsNoGo: '18:00',
} as const;
/** Hour in Paris until which something is due on a working day. */
export const endOfWork = '18:00';

/** The facts that decide a deadline. */
export interface Awaited {
  readonly stage: Stage;
  /** Instants: the start of the wait, and the last activity of the party it waits for. */
  readonly openedAt: string;
  readonly activeAt: string;
  readonly cutover?: CalendarDate | undefined;
  /** Until when a place is held or offered. */
  readonly holdUntil?: string | undefined;
}

function daysAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * day).toISOString();
}

/**
 * The instant by which the party in charge must act, or at which the next step comes by itself; undefined where there is
 * no deadline. The workflow renews a wait more often: a renewal is no deadline.
 */
export function deadlineOf({ stage, openedAt, activeAt, cutover, holdUntil }: Awaited): string | undefined {
  if (holdUntil !== undefined) return holdUntil;
  switch (stage) {
    case 'INVITED':
    case 'ANSWERING':
      return daysAfter(activeAt, silenceDays.answers);
    case 'PREPARING':
      return daysAfter(activeAt, silenceDays.reassessment);
    case 'IN_REVIEW': {
      const by = addWorkingDays(calendarDateOf(new Date(openedAt)), reviewDays.decision);
      const gate = cutover === undefined ? by : goNoGoDay(cutover);
      // A place that is kept during the review is lost at its gate.
      return instantAt([by, gate].toSorted()[0] ?? by, endOfWork).toISOString();
    }
    case 'WAVE_CONFIRMED':
    case 'GO_NO_GO': {
      if (cutover === undefined) return undefined;
      const hour = stage === 'GO_NO_GO' ? goNoGoHours.silenceIsNoGo : goNoGoHours.opens;
      return instantAt(goNoGoDay(cutover), hour).toISOString();
    }
    default:
      return undefined;
  }
}
