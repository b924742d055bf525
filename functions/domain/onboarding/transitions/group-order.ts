import { type CalendarDate, calendarDateOf } from '../../calendar-date.ts';
import type { Wave } from '../../waves/wave.ts';
import { goNoGoDay } from '../../waves/wave.ts';
import { system } from '../actor.ts';
import { approvalLimit } from '../approval-rules.ts';
import { factsOf, isPastLimit, waitingApproval } from '../approvals.ts';
import { toMove } from '../bookings.ts';
import type { Change } from '../change.ts';
import { asProposedMove, isHeldBack, parentNotBefore, proposedMove } from '../group-moves.ts';
import { hasConfirmedWave } from '../lifecycle.ts';
import type { Approval, GroupMove, OnboardingState, Snapshot } from '../state.ts';
import { decideWait, isDecided } from '../waits.ts';
import { withdrawRequest } from './approval-lapse.ts';
import { requestApproval } from './approvals.ts';
import { takeOfferBack } from './offers.ts';

const following = { fr: 'Suivre la tête du groupe', en: 'Following the head of the group' };

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

/** How a customer stands to those that it has to come after. */
export type Following =
  /** It comes after them. */
  | { readonly order: 'kept' }
  /** It does not, and has no date that could be proposed. */
  | { readonly order: 'broken' }
  /** It does not, and could have one of these waves, the best one first. */
  | {
      readonly order: 'movable';
      readonly waves: readonly Pick<Wave, 'id' | 'cutover'>[];
      readonly group: GroupMove;
      /** Why, as the customer reads it. */
      readonly reason: string;
      /** Operators get a mail: one for a whole set. */
      readonly tells: boolean;
    };

/** True for a place that a customer may rely on: it is not moved without an operator. */
export function holdsPromise({ state, booking, wait }: Snapshot): boolean {
  if (isDecided(state, wait)) return false;
  if (booking?.status === 'HELD') return state.stage === 'WAVE_HELD';
  return booking?.status === 'CONFIRMED' && hasConfirmedWave(state) && !isHeldBack(state);
}

/**
 * Keeps the order of a group. A member that would cut over before one that it follows keeps a place that was promised
 * while an operator is asked to move it. Where no other date is possible, or the operator does not agree in time, a held
 * place is sought anew, and a confirmed one goes to the go/no-go, for a no-go. A member that is in order again goes on.
 * Undefined if there is nothing to do.
 */
export function keepGroupOrder(snapshot: Snapshot, member: Following, at: Date): Change | undefined {
  const { state, wait, booking } = snapshot;
  // An earlier decision holds: it leads to another place, to the end, or to the hand-over.
  if (booking === undefined || booking.status === 'TO_MOVE' || isDecided(state, wait)) return undefined;
  if (member.order === 'kept') return putOffGoNoGo(snapshot, at) ?? takeProposalBack(snapshot, at);
  return member.order === 'movable' ? proposeMove(snapshot, member, at) : followParent(snapshot, at);
}

/** The date that a member follows was proposed to it for the place that it has, and no operator agreed. */
function isTurnedDown(snapshot: Snapshot, { after }: GroupMove, at: Date): boolean {
  const asked = asProposedMove(snapshot.approval);
  if (asked === undefined || asked.group.after !== after || asked.facts !== factsOf(snapshot)) return false;
  return asked.status === 'declined' || (asked.status !== 'given' && isPastLimit(asked, at));
}

/** The move as a request that one operator approves: the platform asks for it. */
function proposeMove(
  snapshot: Snapshot,
  { waves, group, reason, tells }: Extract<Following, { order: 'movable' }>,
  at: Date,
): Change | undefined {
  const [best] = waves;
  const tooLate = Date.parse(approvalLimit('move', snapshot, at)) <= at.getTime();
  if (best === undefined || tooLate || isTurnedDown(snapshot, group, at)) return followParent(snapshot, at);
  const waiting = waitingApproval(snapshot, at);
  if (waiting?.kind === 'move' && keepsOrder(waiting, waves, group)) return undefined;
  const { id, cutover } = best;
  const asked = { kind: 'move', decision: 'move', review: 'placement', wave: id, cutover } as const;
  return requestApproval(
    snapshot,
    { ...asked, reason, conditions: [], group, asks: true, tells },
    system,
    at,
  );
}

/** A request that leads to the same order: of an operator, or of the platform while the date is what it was asked for. */
function keepsOrder(
  { wave, cutover, group: asked }: Pick<Approval, 'wave' | 'cutover' | 'group'>,
  waves: readonly Pick<Wave, 'id' | 'cutover'>[],
  { after }: GroupMove,
): boolean {
  const isThere = waves.some((each) => each.id === wave && each.cutover === cutover);
  return isThere && (asked === undefined || asked.after === after);
}

/** The order is restored: no one has to agree to a move any more. */
function takeProposalBack(snapshot: Snapshot, at: Date): Change | undefined {
  const proposed = proposedMove(snapshot, at);
  return proposed === undefined ? undefined : withdrawRequest(proposed);
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
      wait: decideWait(snapshot, ['confirmation'], following, 'ANOTHER_DATE', at),
      event: { type: 'PARENT_MOVED', actor: system, data },
      messages: [{ kind: 'wake' }],
      effects: [toMove(booking, { mayStay: false, leftFor: 'group_order' })],
    };
  }
  if (!hasConfirmedWave(state) || isHeldBack(state)) return undefined;
  return {
    to: 'GO_NO_GO',
    set: { cause: parentNotBefore, ...counted },
    event: { type: 'PARENT_MOVED', actor: system, data: { ...data, because: parentNotBefore } },
    // Operators and sales have had several mails about it today.
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
