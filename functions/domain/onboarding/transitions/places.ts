import { system } from '../actor.ts';
import { dateGone, hasToLeave, holdIsOver, leaveWave, lostPlace, rebook } from '../bookings.ts';
import type { Change } from '../change.ts';
import { seeksAnotherDate } from '../cutover.ts';
import { hasPlaceInWave } from '../lifecycle.ts';
import { lapseNotedAt, reminderAt } from '../place-due.ts';
import { isReminderTime, remindCustomer } from '../reminder-time.ts';
import { oneMoreSilence } from '../silence.ts';
import type { Booking, Snapshot } from '../state.ts';
import { decideWait, isDecided } from '../waits.ts';
import { expireOffer } from './offers.ts';

const asked = { fr: 'Rendre la place', en: 'Giving the place back' };

/**
 * What is due on a place without anyone's doing: a reminder before its time is over, then its end.
 * Undefined when nothing is due, or the customer has answered.
 */
export function keepPlace(snapshot: Snapshot, at: Date): Change | undefined {
  const { state, wait, booking } = snapshot;
  const givenBack = giveBackOfFailed(snapshot, at);
  if (givenBack !== undefined) return givenBack;
  if (booking === undefined || isDecided(state, wait)) return undefined;
  if (booking.status !== 'OFFERED' && booking.status !== 'HELD') return undefined;
  if (!holdIsOver(booking, at)) return remindOfPlace(snapshot, at);
  return booking.status === 'OFFERED' ? expireOffer(snapshot, at) : noteLapse(snapshot, at);
}

function remindOfPlace({ state, booking }: Snapshot, at: Date): Change | undefined {
  if (booking === undefined || booking.reminded === true || !isReminderTime(at)) return undefined;
  const due = reminderAt(booking);
  if (due === undefined || at.toISOString() < due) return undefined;
  const { set, data, messages } = remindCustomer(state, { template: 'place_reminder' }, at);
  return {
    set,
    event: { type: 'REMINDED', actor: system, data },
    messages,
    effects: [rebook(booking, { reminded: true })],
  };
}

/** Ends the wait of a held place whose time is over, in case the workflow has not noticed. */
function noteLapse(snapshot: Snapshot, at: Date): Change | undefined {
  const { state, booking } = snapshot;
  if (booking?.holdUntil === undefined || state.stage !== 'WAVE_HELD') return undefined;
  if (at.toISOString() < lapseNotedAt(booking.holdUntil)) return undefined;
  return {
    wait: decideWait(snapshot, ['confirmation'], asked, 'EXPIRED', at),
    event: { type: 'HOLD_EXPIRED', actor: system },
    messages: [{ kind: 'wake' }],
    effects: [rebook(booking, { lapseNoted: true })],
  };
}

/**
 * Gives the room of a place back that no run is left to give back: whoever waits does not wait for the repair. The failed
 * run is not woken; the one that goes on finds the place gone and the decision on record.
 */
function giveBackOfFailed(snapshot: Snapshot, at: Date): Change | undefined {
  const { state, booking } = snapshot;
  if (booking === undefined || state.run.status !== 'failed') return undefined;
  return hasToLeave(booking) ? leavePlace(snapshot, booking) : endHold(snapshot, booking, at);
}

/**
 * The end of a held place whose time is over, or that was declined. Silence counts against the customer only if the run
 * failed after the time to answer was over.
 */
function endHold(snapshot: Snapshot, booking: Booking, at: Date): Change | undefined {
  const { state, wait } = snapshot;
  const { status, holdUntil } = booking;
  const isHeld = status === 'HELD' || status === 'TO_MOVE';
  if (!isHeld || holdUntil === undefined || state.stage !== 'WAVE_HELD') return undefined;
  if (at.toISOString() < lapseNotedAt(holdUntil)) return undefined;
  const decided = isDecided(state, wait);
  const declined = decided && wait?.decision === 'DECLINED';
  const { failedAt } = state.run;
  const silent = status === 'HELD' && failedAt !== undefined && failedAt >= holdUntil;
  return {
    ...(decided ? {} : { wait: decideWait(snapshot, ['confirmation'], asked, 'EXPIRED', at) }),
    ...givenBack(snapshot, booking),
    set: {
      ...noPlace,
      ...(silent && !declined ? oneMoreSilence(state) : {}),
      ...(silent || declined ? {} : { priority: true }),
    },
    messages: [...(declined ? [] : [lostPlace(booking, silent ? 'silence' : 'platform')]), ...dateGone],
  };
}

/** The end of a place that has to be left, where another one is sought next. */
function leavePlace(snapshot: Snapshot, booking: Booking): Change | undefined {
  const { state } = snapshot;
  if (!hasPlaceInWave(state) && state.stage !== 'SUBMITTED') return undefined;
  // The customer reads of a no-go, and of a cutover that failed, when it is decided.
  const isTold = booking.leftFor !== undefined || seeksAnotherDate(state);
  return {
    ...givenBack(snapshot, booking),
    set: { ...noPlace, priority: true },
    messages: [...(isTold ? [] : [lostPlace(booking, 'platform')]), ...dateGone],
  };
}

const noPlace = { wave: undefined, cutover: undefined } as const;

function givenBack(snapshot: Snapshot, { wave }: Booking): Pick<Change, 'event' | 'effects'> {
  return {
    event: { type: 'PLACE_GIVEN_BACK', actor: system, data: { wave } },
    effects: leaveWave(snapshot),
  };
}
