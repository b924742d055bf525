import { system } from '../actor.ts';
import { dateGone, holdIsOver, leaveWave, lostPlace, rebook } from '../bookings.ts';
import type { Change } from '../change.ts';
import { owedForDate } from '../changes-of-date.ts';
import { lapseNotedAt, reminderAt } from '../place-due.ts';
import { isReminderTime, remindCustomer } from '../reminder-time.ts';
import { oneMoreSilence } from '../silence.ts';
import type { Snapshot } from '../state.ts';
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
 * Gives the room of a held place back whose time is over, or that was declined, when no run is left to do so: whoever
 * waits does not wait for the repair. The failed run is not woken; the one that goes on finds the place gone and the
 * decision on record. Silence counts against the customer only if the run failed after the time to answer was over.
 */
function giveBackOfFailed(snapshot: Snapshot, at: Date): Change | undefined {
  const { state, wait, booking } = snapshot;
  if (booking?.holdUntil === undefined || state.run.status !== 'failed') return undefined;
  const { status, holdUntil } = booking;
  const isHeld = status === 'HELD' || (status === 'TO_MOVE' && booking.mayStay === true);
  if (!isHeld || state.stage !== 'WAVE_HELD') return undefined;
  if (at.toISOString() < lapseNotedAt(holdUntil)) return undefined;
  const decided = isDecided(state, wait);
  const declined = decided && wait?.decision === 'DECLINED';
  const { failedAt } = state.run;
  const silent = status === 'HELD' && failedAt !== undefined && failedAt >= holdUntil;
  return {
    ...(decided ? {} : { wait: decideWait(snapshot, ['confirmation'], asked, 'EXPIRED', at) }),
    set: {
      wave: undefined,
      cutover: undefined,
      ...(silent && !declined ? oneMoreSilence(state) : {}),
      ...(silent || declined ? {} : owedForDate(state)),
    },
    event: { type: 'PLACE_GIVEN_BACK', actor: system, data: { wave: booking.wave } },
    messages: [...(declined ? [] : [lostPlace(booking, silent ? 'silence' : 'platform')]), ...dateGone],
    effects: leaveWave(snapshot),
  };
}
