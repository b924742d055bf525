import { system } from '../actor.ts';
import { factsOf, isPastLimit, waitingApproval } from '../approvals.ts';
import { type Change, stateAfter } from '../change.ts';
import type { Effect } from '../effects.ts';
import type { DomainEvent } from '../events.ts';
import type { Message } from '../messages.ts';
import type { Approval, Booking, Snapshot } from '../state.ts';

/** What each event of a request says. */
export function dataOf({ review, decision }: Pick<Approval, 'review' | 'decision'>) {
  return { review, asked: decision };
}

/** The events of a request leave for other systems under the names of the contract. */
export function leaves(type: Extract<Message, { kind: 'event' }>['type'], approval: Approval): Message {
  return { kind: 'event', type, data: { approval: approval.id, kind: approval.kind } };
}

/** What is left of a request once it is settled: the history alone keeps what the person typed. */
export function settled({ reason: _, ...rest }: Approval, status: Approval['status']): Effect {
  return { kind: 'put_approval', approval: { ...rest, status } };
}

/** A move that is no longer asked for may have been what kept a group in order. */
export function orderAgain({ kind }: Pick<Approval, 'kind'>): readonly Message[] {
  return kind === 'move' ? [{ kind: 'keep_group_order' }] : [];
}

type Lapse = 'expired' | 'facts_changed';

function lapsedBy(approval: Approval, lapse: Lapse) {
  const event: DomainEvent = {
    type: 'APPROVAL_LAPSED',
    actor: system,
    data: { ...dataOf(approval), lapse },
  };
  const messages = [leaves('ApprovalLapsed', approval), ...orderAgain(approval)];
  // On other facts, no one has let the move of a group pass: it may be proposed again.
  const asked = lapse === 'facts_changed' ? { ...approval, group: undefined } : approval;
  return { event, effect: settled(asked, 'lapsed'), messages };
}

/** The end of a request that no one agreed to. */
export function lapsed(approval: Approval, at: Date) {
  return lapsedBy(approval, isPastLimit(approval, at) ? 'expired' : 'facts_changed');
}

/** Ends a request whose grounds are gone. */
export function withdrawRequest(approval: Approval): Change {
  const { event, effect, messages } = lapsedBy(approval, 'facts_changed');
  return { event, effects: [effect], messages };
}

/** Records that no one agreed in time, or that the facts changed; undefined while the request waits or is settled. */
export function lapseApproval(snapshot: Snapshot, at: Date): Change | undefined {
  const { approval, state } = snapshot;
  if (approval?.status !== 'waiting' || waitingApproval(snapshot, at) !== undefined) return undefined;
  const { event, effect, messages } = lapsed(approval, at);
  return { ...(state.stage === 'CLOSED' ? { onClosed: true } : {}), event, effects: [effect], messages };
}

/** The request for a second person that a change stores, if any. */
export function requestedApproval({ effects = [] }: Change): Approval | undefined {
  for (const effect of effects) {
    if (effect.kind === 'put_approval' && effect.approval.status === 'waiting') return effect.approval;
  }
  return undefined;
}

/** The place after the effects of a change. */
export function bookingAfter(before: Booking | undefined, effects: readonly Effect[]): Booking | undefined {
  let booking = before;
  for (const effect of effects) {
    if (effect.kind === 'put_booking') booking = effect.booking;
    if (effect.kind === 'remove_booking') booking = undefined;
  }
  return booking;
}

/** A result in which only a reminder is new is the same fact: a mail changes none. */
function isNewFact(effect: Effect): boolean {
  return effect.kind === 'put_submission' || (effect.kind === 'put_result' && effect.reminded !== true);
}

/** True for a change of what a waiting request was made on. */
function changesFacts(snapshot: Snapshot, approval: Approval, after: Snapshot, effects: readonly Effect[]) {
  return effects.some(isNewFact) || factsOf(after, approval) !== factsOf(snapshot, approval);
}

/** The move that a group proposes is the same once the customer has confirmed the place that it may have to leave. */
function stillProposed(
  snapshot: Snapshot,
  approval: Approval,
  after: Snapshot,
  at: Date,
): Approval | undefined {
  const [held, confirmed] = [snapshot.booking, after.booking];
  const isConfirmed =
    held?.status === 'HELD' && confirmed?.status === 'CONFIRMED' && held.wave === confirmed.wave;
  if (!isConfirmed || approval.group === undefined || waitingApproval(snapshot, at) === undefined) {
    return undefined;
  }
  return { ...approval, facts: factsOf(after, approval) };
}

/** The change with the end of a request whose facts it changes: recorded in the same transaction, so once. */
export function withLapse(snapshot: Snapshot, change: Change, at: Date): Change {
  const { approval } = snapshot;
  const { effects = [], messages = [] } = change;
  if (approval?.status !== 'waiting' || effects.some(({ kind }) => kind === 'put_approval')) return change;
  const after = {
    ...snapshot,
    state: stateAfter(snapshot.state, change, at),
    booking: bookingAfter(snapshot.booking, effects),
  };
  if (!changesFacts(snapshot, approval, after, effects)) return change;
  const same = stillProposed(snapshot, approval, after, at);
  if (same !== undefined)
    return { ...change, effects: [...effects, { kind: 'put_approval', approval: same }] };
  const lapse = lapsed(approval, at);
  return {
    ...change,
    precededBy: lapse.event,
    effects: [...effects, lapse.effect],
    messages: [...messages, ...lapse.messages],
  };
}
