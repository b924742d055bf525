import { addDays, calendarDateOf, instantAt } from '../calendar-date.ts';
import { day, minute } from '../time.ts';
import { hasToLeave, holdIsOver } from './bookings.ts';
import { placeReminderDays } from './durations.ts';
import { reminderInstant, reminderLeavesAt } from './reminder-time.ts';
import type { Booking, Snapshot } from './state.ts';
import { isDecided } from './waits.ts';

/**
 * Minutes that the workflow has to take a held place back before the system asks it to: its wait ends with the hold,
 * but a run that took over in between waits longer.
 */
const workflowMinutes = 15;

function shifted(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/**
 * When the customer is reminded that its place is held or offered for three days more, or a little longer. Where that is
 * the day on which the place was booked, it is the working day after it; undefined where the place ends before.
 */
export function reminderAt({
  holdUntil,
  bookedAt,
}: Pick<Booking, 'holdUntil' | 'bookedAt'>): string | undefined {
  if (holdUntil === undefined) return undefined;
  const at = reminderInstant(new Date(shifted(holdUntil, -placeReminderDays * day)));
  const booked = calendarDateOf(new Date(bookedAt));
  if (calendarDateOf(at) > booked) return at.toISOString();
  const after = reminderLeavesAt(instantAt(addDays(booked, 1), '00:00')).toISOString();
  return after < holdUntil ? after : undefined;
}

/** When a held place whose time is over is no longer left to the workflow alone. */
export function lapseNotedAt(holdUntil: string): string {
  return shifted(holdUntil, workflowMinutes * minute);
}

/** When a place whose end was passed on to the workflow is looked at again: its run may have failed. */
function lookedAtAgain(holdUntil: string): string {
  return shifted(lapseNotedAt(holdUntil), workflowMinutes * minute);
}

/**
 * The instant at which something falls due on a place by itself: a reminder, then its end. Undefined once the place is
 * confirmed or has to be left.
 */
export function placeDueAt(booking: Booking): string | undefined {
  const { status, holdUntil, reminded, lapseNoted } = booking;
  if (holdUntil === undefined || status === 'CONFIRMED' || hasToLeave(booking)) return undefined;
  if (status === 'TO_MOVE') return lapseNotedAt(holdUntil);
  if (lapseNoted === true) return lookedAtAgain(holdUntil);
  const reminder = reminded === true ? undefined : reminderAt(booking);
  if (reminder !== undefined) return reminder;
  return status === 'OFFERED' ? holdUntil : lapseNotedAt(holdUntil);
}

/** The place that awaits the customer's answer, if any. */
export function placeToAnswer(now: Snapshot, at: Date): 'wave' | 'offer' | undefined {
  const { booking } = now;
  if (booking === undefined || holdIsOver(booking, at) || isDecided(now.state, now.wait)) return undefined;
  if (booking.status === 'OFFERED') return 'offer';
  return booking.status === 'HELD' && now.state.stage === 'WAVE_HELD' ? 'wave' : undefined;
}
