import { addDays, type CalendarDate, calendarDateOf, instantAt } from '../domain/calendar-date.ts';
import { lifecycle } from '../domain/lifecycle.ts';
import { silenceIsNoGoAt } from '../domain/waves/wave.ts';
import { addWorkingDays } from '../domain/working-days.ts';
import type { Now } from './onboarding-state.ts';
import { businessStage, waitIdOf } from './onboardings.ts';

/** Days of silence after which an invitation is closed, and after which operators ask about a preparation. */
export const silenceDays = { answers: 70, reassessment: 180 };
/** Working days in which operators decide. */
export const reviewDays = 5;

function dayOf(instant: string): CalendarDate {
  return calendarDateOf(new Date(instant));
}

/**
 * By when whoever has the ball is expected to have acted: a day, or an instant where the minute counts; undefined when
 * nothing runs out. A wait turns more often than that, to remind people.
 */
export function expectedBy({ state, wait, booking }: Now): string | undefined {
  if (booking?.holdUntil !== undefined) return booking.holdUntil;
  const kind = lifecycle[businessStage(state)].wait;
  if (kind === undefined || wait?.id !== waitIdOf(kind, state) || wait.decision !== undefined)
    return undefined;
  switch (kind) {
    case 'answers':
    case 'reassessment':
      return addDays(dayOf(wait.activeAt), silenceDays[kind]);
    case 'review':
      return addWorkingDays(dayOf(wait.openedAt), reviewDays);
    case 'go_no_go':
      return state.cutover === undefined
        ? undefined
        : instantAt(addDays(state.cutover, -1), silenceIsNoGoAt).toISOString();
    default:
      return undefined;
  }
}
