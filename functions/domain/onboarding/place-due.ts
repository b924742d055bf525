import { day, minute } from '../time.ts';
import { placeReminderDays } from './durations.ts';
import type { Booking } from './state.ts';

/**
 * Minutes that the workflow has to take a held place back before the system asks it to: its wait ends with the hold,
 * but a run that took over in between waits longer.
 */
const workflowMinutes = 15;

function shifted(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** When the customer is reminded that its place is held or offered for three days more. */
export function reminderAt(holdUntil: string): string {
  return shifted(holdUntil, -placeReminderDays * day);
}

/** When a held place whose time is over is no longer left to the workflow alone. */
export function lapseNotedAt(holdUntil: string): string {
  return shifted(holdUntil, workflowMinutes * minute);
}

/**
 * The instant at which something falls due on a place by itself: a reminder, then its end. Undefined once the place is
 * confirmed or about to be left.
 */
export function placeDueAt({ status, holdUntil, reminded, lapseNoted }: Booking): string | undefined {
  if (holdUntil === undefined || lapseNoted === true) return undefined;
  if (status !== 'HELD' && status !== 'OFFERED') return undefined;
  if (reminded !== true) return reminderAt(holdUntil);
  return status === 'OFFERED' ? holdUntil : lapseNotedAt(holdUntil);
}
