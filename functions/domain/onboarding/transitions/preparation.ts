import { day } from '../../time.ts';
import type { BookedPlacement, WaitingPlacement } from '../../waves/placement-outcome.ts';
import { system } from '../actor.ts';
import { cancelled, dateGone, leaveWave, takeSeat } from '../bookings.ts';
import type { Change } from '../change.ts';
import { silenceDays, waitDurations } from '../durations.ts';
import { isReminderTime, lastReminded, remindCustomer } from '../reminder-time.ts';
import type { Snapshot, Wait } from '../state.ts';
import type { WaitChange } from '../waits.ts';

/**
 * A customer that is not ready prepares, with a seat in the next preparation wave if one was found. A preparation that
 * has begun is replaced by the next one.
 */
export function prepare(
  snapshot: Snapshot,
  seat: BookedPlacement | WaitingPlacement | undefined,
  at: Date,
): Change {
  const { preparation, booking } = snapshot;
  const booked = seat?.kind === 'booked' ? seat.wave : undefined;
  return {
    to: 'PREPARING',
    set: {
      cause: seat?.kind === 'waiting' ? seat.reason.code : undefined,
      // A place that was kept during a review goes to another customer: this one prepares first.
      ...(booking === undefined ? {} : { wave: undefined, cutover: undefined }),
    },
    event: {
      type: 'PREPARING',
      actor: system,
      data: booked === undefined ? {} : { wave: booked.id, starts: booked.cutover },
    },
    messages: [
      { kind: 'mail', template: 'preparation', to: 'customer', ...cancelled(booking) },
      ...(booking === undefined ? [] : dateGone),
    ],
    effects: [...leaveWave(snapshot), ...(booked === undefined ? [] : takeSeat(booked, preparation, at))],
  };
}

/** Reminds a customer who prepares, or requests a review after 180 days; undefined when nothing is due. */
export function remindToReassess(
  { state }: Snapshot,
  { activeAt, reminders }: Wait,
  at: Date,
): WaitChange | undefined {
  const daysAt = (instant: Date) => Math.floor((instant.getTime() - Date.parse(activeAt)) / day);
  const days = daysAt(at);
  if (days >= silenceDays.reassessment) {
    return {
      decision: 'OVERDUE',
      event: { type: 'PREPARATION_OVERDUE', actor: system, data: { days } },
      messages: [{ kind: 'mail', template: 'owner_stuck', to: 'owner' }],
    };
  }
  if (!isReminderTime(at)) return undefined;
  const { renewal } = waitDurations.reassessment;
  // The last interval ends with the review: nothing is left to remind of.
  const due = Math.min(
    Math.floor(daysAt(lastReminded(at)) / renewal),
    silenceDays.reassessment / renewal - 1,
  );
  if (due <= reminders) return undefined;
  const { set, data, messages } = remindCustomer(state, { template: 'reassessment_reminder' }, at);
  return {
    reminders: due,
    set,
    event: { type: 'REMINDED', actor: system, data: { days, ...data } },
    messages,
  };
}
