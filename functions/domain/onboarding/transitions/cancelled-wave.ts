import { type Actor, system } from '../actor.ts';
import { toMove } from '../bookings.ts';
import type { Change } from '../change.ts';
import { owedForDate } from '../changes-of-date.ts';
import type { Stage } from '../lifecycle.ts';
import type { Snapshot } from '../state.ts';
import { decideWait, isDecided } from '../waits.ts';
import { takeOfferBack } from './offers.ts';

const moving = { fr: 'Déplacer la vague', en: 'Moving the wave' };

/** The part of a change that moves a customer out of a cancelled wave: ahead of others because the platform refused. */
function outOfWave({ state, booking }: Snapshot, actor: Actor): Change | undefined {
  if (booking === undefined) return undefined;
  return {
    set: { ...owedForDate(state), avoid: [...(state.avoid ?? []), booking.wave] },
    event: { type: 'WAVE_CANCELLED', actor, data: { wave: booking.wave } },
    effects: [toMove(booking, { mayStay: false, leftFor: 'wave_cancelled' })],
  };
}

/** Moves a customer whose wave was cancelled after the go: the hand-over gives way to another placement. */
export function leaveCancelledWave(snapshot: Snapshot): Change | undefined {
  return outOfWave(snapshot, system);
}

/** Stages with a place that is kept, and a placement to come. */
const placedLater: ReadonlySet<Stage> = new Set(['IN_REVIEW', 'INVITED', 'ANSWERING', 'SUBMITTED']);

/**
 * Moves a customer out of a cancelled wave. Undefined for a customer that leaves the wave anyway: an earlier decision
 * holds, whether it closes the onboarding or hands it over.
 */
export function moveOutOfCancelledWave(
  snapshot: Snapshot,
  wave: string,
  actor: Actor,
  at: Date,
): Change | undefined {
  const { state, wait, booking } = snapshot;
  if (booking?.wave !== wave || booking.status === 'TO_MOVE' || isDecided(state, wait)) return undefined;
  if (booking.status === 'OFFERED') return takeOfferBack({ ...snapshot, booking }, 'WAVE_CANCELLED', actor);
  const change = outOfWave(snapshot, actor);
  // There is nothing to decide: what follows the review, or the answers, finds another place.
  if (placedLater.has(state.stage)) {
    // Until then there is no date that others could follow.
    return change === undefined ? undefined : { ...change, messages: [{ kind: 'keep_group_order' }] };
  }
  const decided = decidedByMove(snapshot, at);
  if (decided === undefined || change === undefined) return undefined;
  return { ...change, wait: decided, messages: [{ kind: 'wake' }] };
}

/** The wait of a customer with a place, decided by the move; undefined in any other stage. */
function decidedByMove(snapshot: Snapshot, at: Date) {
  switch (snapshot.state.stage) {
    case 'WAVE_HELD':
      return decideWait(snapshot, ['confirmation'], moving, 'ANOTHER_DATE', at);
    case 'WAVE_CONFIRMED':
    case 'GO_NO_GO':
      return decideWait(snapshot, ['go_no_go'], moving, 'MOVED', at);
    default:
      return undefined;
  }
}
