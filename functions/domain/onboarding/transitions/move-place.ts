import {
  AlreadyDecidedError,
  ApprovalLapsedError,
  ConcurrentChangeError,
  DecisionRefusedError,
  NotExpectedNowError,
} from '../../errors.ts';
import type { Text } from '../../text.ts';
import type { ParentDate } from '../../waves/date-constraints.ts';
import type { Demand } from '../../waves/demand.ts';
import type { Wave } from '../../waves/wave.ts';
import { type Actor, system } from '../actor.ts';
import { approvalNeeded } from '../approval-rules.ts';
import { holdIsOver, leaveList, placeBefore, takePlace } from '../bookings.ts';
import type { Change } from '../change.ts';
import type { DomainEvent } from '../events.ts';
import { isSentToReview, type Stage, stageInWords, type WaitKind } from '../lifecycle.ts';
import type { Approval, Booking, MovedFrom, Snapshot } from '../state.ts';
import { decideWait, isDecided, isRunBehind, refuseClosed } from '../waits.ts';
import { approve, requestApproval } from './approvals.ts';

export const moving = { fr: 'Déplacer le client', en: 'Moving the customer' };

/** The wait that a move ends, with an outcome after which the run places the customer again, and finds it placed. */
const endedBy: Readonly<Partial<Record<Stage, { readonly wait: WaitKind; readonly outcome: string }>>> = {
  WAITING_LIST: { wait: 'slot', outcome: 'ACCEPTED' },
  WAVE_HELD: { wait: 'confirmation', outcome: 'ANOTHER_DATE' },
  WAVE_CONFIRMED: { wait: 'go_no_go', outcome: 'MOVED' },
  GO_NO_GO: { wait: 'go_no_go', outcome: 'MOVED' },
};

/** True for an onboarding that operators may move to a wave of their choice. */
export function mayBeMoved({ state, wait }: Snapshot): boolean {
  return endedBy[state.stage] !== undefined && !isDecided(state, wait) && !isSentToReview(state);
}

/** @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError */
export function checkMove(snapshot: Snapshot): void {
  const { state, wait } = snapshot;
  refuseClosed(state);
  if (endedBy[state.stage] === undefined) {
    throw new NotExpectedNowError(moving, stageInWords(state.stage, state.reviewKind));
  }
  if (isDecided(state, wait) || isSentToReview(state)) throw new AlreadyDecidedError();
  if (isRunBehind(snapshot)) throw new ConcurrentChangeError();
}

/** What an operator asks for. */
export interface Move {
  readonly wave: Wave;
  readonly demand: Demand;
  /** What the customer reads. */
  readonly reason: string;
  /** The customer has asked for it. */
  readonly askedByCustomer?: boolean;
}

function movedFrom(booking: Booking | undefined, { reason, askedByCustomer }: Move): MovedFrom | undefined {
  if (booking === undefined) return undefined;
  const { site, cutover } = booking;
  return { site, cutover, reason, ...(askedByCustomer === true ? { asked: true } : {}) };
}

/** @throws DecisionRefusedError when the customer has that place already. */
function refuseSame({ booking }: Snapshot, { wave }: Move): void {
  if (booking?.wave !== wave.id || booking.status === 'TO_MOVE') return;
  throw new DecisionRefusedError({
    fr: 'Le client a déjà une place dans cette vague. Choisissez-en une autre.',
    en: 'The customer has a place in this wave already. Choose another one.',
  });
}

/**
 * Moves a customer to a wave that an operator has chosen: the place is held for a full time, for the customer to confirm.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 * @throws DecisionRefusedError when the customer has that place already.
 */
function movePlace(snapshot: Snapshot, move: Move, actor: Actor, at: Date): Change {
  checkMove(snapshot);
  refuseSame(snapshot, move);
  const { state, booking } = snapshot;
  const { wave, demand, reason, askedByCustomer = false } = move;
  const { wait, outcome } = endedBy[state.stage] ?? { wait: 'slot', outcome: '' };
  const dates = { wave: wave.id, cutover: wave.cutover };
  const from = movedFrom(booking, move);
  return {
    to: 'WAVE_HELD',
    reenter: true,
    set: { ...dates, cause: undefined, priority: undefined, letPass: undefined, missedGate: undefined },
    wait: decideWait(snapshot, [wait], moving, outcome, at),
    event: {
      type: booking === undefined ? 'WAVE_HELD' : 'WAVE_MOVED',
      actor,
      reason,
      data: {
        ...{ ...dates, points: demand.points },
        ...(booking === undefined ? {} : { instead: booking.wave }),
        ...(askedByCustomer ? { askedByCustomer } : {}),
      },
    },
    messages: [
      { kind: 'mail', template: booking === undefined ? 'wave_held' : 'wave_moved', to: 'customer' },
      { kind: 'event', type: 'OnboardingBooked', data: dates },
      ...(booking === undefined ? [] : [{ kind: 'offer_places' } as const]),
      { kind: 'keep_group_order' },
      { kind: 'wake' },
    ],
    effects: [
      ...takePlace(snapshot, { wave, demand, status: 'HELD', movedFrom: from }, at),
      ...leaveList(snapshot),
    ],
  };
}

/** How a move is asked for. */
interface AskedMove extends Move {
  /** Asks for a second person, if the move takes two. */
  readonly asks: boolean;
}

/**
 * An operator moves a customer. Moving a place that was promised, without the customer's asking, is stored as a request
 * for a second person; undefined when the same request is waiting.
 *
 * @throws what moving throws, and ApprovalNeededError, ApprovalLapsedError.
 */
export function moveOrAsk(snapshot: Snapshot, asked: AskedMove, actor: Actor, at: Date): Change | undefined {
  const { asks, ...move } = asked;
  const { askedByCustomer = false } = move;
  // Also for a request: what is refused today is nothing to agree to.
  const moved = movePlace(snapshot, move, actor, at);
  const kind = approvalNeeded(snapshot, 'move', { againstGo: [], askedByCustomer });
  if (kind === undefined) return moved;
  const { wave, reason } = move;
  const { id, cutover } = wave;
  const request = { kind, decision: 'move', reason, wave: id, cutover, conditions: [], asks } as const;
  return requestApproval(snapshot, { ...request, review: 'placement' }, actor, at);
}

/** A move that an operator agrees to. */
interface Agreed {
  readonly approval: Approval;
  readonly move: Move;
  /** The date that the customer has to come after, as it is now. */
  readonly toFollow: ParentDate;
}

const notThereYet: Text = {
  fr: 'Celui que ce client doit suivre n’a pas la date prévue : répondez d’abord pour lui. S’il a été déplacé ailleurs, une autre date sera proposée ici dans un instant.',
  en: 'The one that this customer has to follow does not have the date that was expected: answer for that one first. If it was moved elsewhere, another date will be proposed here in a moment.',
};

/**
 * A second person agrees to a move: it is carried out in the name of the first, in the same change.
 *
 * @throws ApprovalLapsedError when the wave has another date by now.
 * @throws DecisionRefusedError when one that the customer follows does not have the date for which the move is proposed.
 */
export function approveMove(
  snapshot: Snapshot,
  { approval, move, toFollow }: Agreed,
  { actor, reason }: { readonly actor: Actor; readonly reason: string },
  at: Date,
): Change {
  // Another date than the one that both have read.
  if (approval.cutover !== move.wave.cutover) throw new ApprovalLapsedError();
  const { group } = approval;
  if (group !== undefined && group.after !== toFollow) throw new DecisionRefusedError(notThereYet);
  return approve(approval, movePlace(snapshot, move, approval.by, at), reason, actor);
}

/** The place that an operator gives in a placement review: it is held once the workflow comes to it. */
export function placeInReview(snapshot: Snapshot, { wave, demand }: Move, at: Date): Partial<Change> {
  const { booking } = snapshot;
  const before = placeBefore(snapshot, wave);
  // A place that it still had was taken away by no one else.
  const isLeft = booking?.status === 'TO_MOVE';
  const movedFrom = before === undefined || isLeft ? before : { ...before, by: 'operators' as const };
  return {
    set: { wave: wave.id, cutover: wave.cutover },
    messages: [{ kind: 'event', type: 'OnboardingBooked', data: { wave: wave.id, cutover: wave.cutover } }],
    effects: takePlace(snapshot, { wave, demand, status: 'HELD', movedFrom }, at),
  };
}

/** The customer is asked about the place that a placement review has given it; undefined when there is none. */
export function enterAfterReview({ state, booking }: Snapshot, at: Date): Change | undefined {
  const given = state.stage === 'IN_REVIEW' && state.reviewKind === 'placement';
  if (!given || booking?.status !== 'HELD' || holdIsOver(booking, at)) return undefined;
  const { wave, cutover, points } = booking;
  const event: DomainEvent = { type: 'WAVE_HELD', actor: system, data: { wave, cutover, points } };
  return {
    to: 'WAVE_HELD',
    set: { reviewKind: undefined, cause: undefined, priority: undefined, letPass: undefined },
    event,
    messages: [
      {
        kind: 'mail',
        template: booking.movedFrom === undefined ? 'wave_held' : 'wave_moved',
        to: 'customer',
      },
      { kind: 'keep_group_order' },
    ],
  };
}
