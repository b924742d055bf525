import { system } from '../actor.ts';
import { dateGone, hasToLeave, leaveWave, leftBy, lostPlace } from '../bookings.ts';
import { type Change, stateAfter } from '../change.ts';
import { owedForDate } from '../changes-of-date.ts';
import { isPlacedNext } from '../seeks-date.ts';
import type { Booking, Snapshot } from '../state.ts';

/** The place after a change, which may have made it one to leave; undefined once it is gone. */
function placeAfter({ booking }: Snapshot, { effects = [] }: Change): Booking | undefined {
  const put = effects.findLast(({ kind }) => kind === 'put_booking' || kind === 'remove_booking');
  if (put === undefined) return booking;
  return put.kind === 'put_booking' ? put.booking : undefined;
}

/** Why a place is left of which the customer reads only once it has another one, or none. */
const untold: ReadonlySet<Booking['leftFor']> = new Set([undefined, 'wave_cancelled', 'group_order']);

/**
 * The change of an onboarding whose run has failed, or fails with it. A place that it has to leave is kept until the next
 * one is taken: no run is left to do so, and it is given back at once. The customer reads so, unless it has read of its loss
 * when that was decided.
 */
export function withPlaceLeft(snapshot: Snapshot, change: Change, at: Date): Change {
  const place = placeAfter(snapshot, change);
  if (place === undefined || !hasToLeave(place)) return change;
  const after = stateAfter(snapshot.state, change, at);
  if (after.run.status !== 'failed' || !isPlacedNext(after)) return change;
  const { effects = [], messages = [] } = change;
  return {
    ...change,
    precededBy: change.precededBy ?? {
      ...{ type: 'PLACE_GIVEN_BACK', actor: system },
      data: { wave: place.wave },
    },
    set: { ...change.set, wave: undefined, cutover: undefined, ...owedForDate(snapshot.state) },
    messages: [
      ...messages,
      ...(untold.has(place.leftFor) ? [lostPlace(place, leftBy(place))] : []),
      ...dateGone,
    ],
    effects: [...effects.filter(({ kind }) => kind !== 'put_booking'), ...leaveWave(snapshot)],
  };
}
