import { system } from '../actor.ts';
import { holdIsOver, rebook } from '../bookings.ts';
import type { Change } from '../change.ts';
import { lapseNotedAt, reminderAt } from '../place-due.ts';
import type { Snapshot } from '../state.ts';
import { decideWait, isDecided } from '../waits.ts';
import { expireOffer } from './offers.ts';

const asked = { fr: 'Rendre la place', en: 'Giving the place back' };

/**
 * What is due on a held or offered place without anyone's doing: a reminder before its time is over, then its end.
 * Undefined when nothing is due, or the customer has answered.
 */
export function keepPlace(snapshot: Snapshot, at: Date): Change | undefined {
  const { state, wait, booking } = snapshot;
  if (booking === undefined || isDecided(state, wait)) return undefined;
  if (booking.status !== 'OFFERED' && booking.status !== 'HELD') return undefined;
  if (!holdIsOver(booking, at)) return remindOfPlace(snapshot, at);
  return booking.status === 'OFFERED' ? expireOffer(snapshot, at) : noteLapse(snapshot, at);
}

function remindOfPlace({ booking }: Snapshot, at: Date): Change | undefined {
  if (booking?.holdUntil === undefined || booking.reminded === true) return undefined;
  if (at.toISOString() < reminderAt(booking.holdUntil)) return undefined;
  return {
    event: { type: 'REMINDED', actor: system },
    messages: [{ kind: 'mail', template: 'place_reminder', to: 'customer' }],
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
