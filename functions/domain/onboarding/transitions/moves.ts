import { type CalendarDate, calendarDateOf } from '../../calendar-date.ts';
import { goNoGoDay } from '../../waves/wave.ts';
import { type Actor, system } from '../actor.ts';
import { toMove } from '../bookings.ts';
import type { Change } from '../change.ts';
import { hasConfirmedWave, type Stage } from '../lifecycle.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
import { decideWait, isDecided } from '../waits.ts';
import { takeOfferBack } from './offers.ts';

/** Code of the reason for which operators review a confirmed wave. */
const parentNotBefore = 'PARENT_NOT_BEFORE';

const moving = { fr: 'Déplacer la vague', en: 'Moving the wave' };

/** True for a member of a group that is held back because its parent does not cut over before it. */
export function isHeldBack({ cause }: Pick<OnboardingState, 'cause'>): boolean {
  return cause === parentNotBefore;
}

/** Changes of date on one day because the parent moved, before an operator is asked [policy]. */
const groupMovesADay = 3;

/** True once the date of a member was changed too often on a day because its parent moved back and forth. */
export function hasMovedTooOften(
  { groupMoves }: Pick<OnboardingState, 'groupMoves'>,
  today: CalendarDate,
): boolean {
  return groupMoves?.day === today && groupMoves.count > groupMovesADay;
}

function countedMove({ groupMoves }: OnboardingState, at: Date): Pick<OnboardingState, 'groupMoves'> {
  const today = calendarDateOf(at);
  return { groupMoves: { day: today, count: (groupMoves?.day === today ? groupMoves.count : 0) + 1 } };
}

/** The part of a change that moves a customer out of a cancelled wave: ahead of others because the platform refused. */
function outOfWave({ state, booking }: Snapshot, actor: Actor): Change | undefined {
  if (booking === undefined) return undefined;
  return {
    set: { priority: true, avoid: [...(state.avoid ?? []), booking.wave] },
    event: { type: 'WAVE_CANCELLED', actor, data: { wave: booking.wave } },
    effects: [toMove(booking, { mayStay: false })],
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
  if (placedLater.has(state.stage)) return change;
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

/**
 * Keeps the order of a group: a member that would cut over before its parent is placed again, or goes to an operator if
 * it is confirmed; a member whose parent is before it again continues. Undefined if there is nothing to do.
 */
export function keepGroupOrder(snapshot: Snapshot, comesBeforeParent: boolean, at: Date): Change | undefined {
  const { state, wait, booking } = snapshot;
  // An earlier decision holds: it leads to another place, to the end, or to the hand-over.
  if (booking === undefined || booking.status === 'TO_MOVE' || isDecided(state, wait)) return undefined;
  return comesBeforeParent ? followParent(snapshot, at) : putOffGoNoGo(snapshot, at);
}

function followParent(snapshot: Snapshot, at: Date): Change | undefined {
  const { state, booking } = snapshot;
  if (booking === undefined) return undefined;
  const counted = countedMove(state, at);
  if (booking.status === 'OFFERED') {
    const change = takeOfferBack({ ...snapshot, booking }, 'PARENT_MOVED', system);
    return { ...change, set: { ...change.set, ...counted } };
  }
  const data = { wave: booking.wave };
  if (state.stage === 'WAVE_HELD') {
    return {
      set: counted,
      wait: decideWait(snapshot, ['confirmation'], moving, 'ANOTHER_DATE', at),
      event: { type: 'PARENT_MOVED', actor: system, data },
      messages: [{ kind: 'wake' }],
      effects: [toMove(booking, { mayStay: false })],
    };
  }
  if (!hasConfirmedWave(state) || isHeldBack(state)) return undefined;
  return {
    to: 'GO_NO_GO',
    set: { cause: parentNotBefore, ...counted },
    event: { type: 'PARENT_MOVED', actor: system, data: { ...data, because: parentNotBefore } },
    // Whoever was told of it several times today knows.
    messages: hasMovedTooOften(counted, calendarDateOf(at))
      ? []
      : [
          { kind: 'mail', template: 'review_requested', to: 'operators' },
          { kind: 'mail', template: 'owner_stuck', to: 'owner' },
        ],
  };
}

/** The parent is before the member again: its go/no-go waits for its day, as any other. */
function putOffGoNoGo({ state, booking }: Snapshot, at: Date): Change | undefined {
  if (booking === undefined || !isHeldBack(state) || state.stage !== 'GO_NO_GO') return undefined;
  return {
    ...(calendarDateOf(at) < goNoGoDay(booking.cutover) ? { to: 'WAVE_CONFIRMED' } : {}),
    set: { cause: undefined },
    event: { type: 'GO_NO_GO_PUT_OFF', actor: system, data: { wave: booking.wave } },
  };
}
