import { NotExpectedNowError } from '../../errors.ts';
import { type Actor, system } from '../actor.ts';
import { cancelled, dateGone, leaveAll } from '../bookings.ts';
import type { Change } from '../change.ts';
import { cutoverToRecord } from '../cutover.ts';
import type { DomainEvent } from '../events.ts';
import { isHandedOver, lifecycle, type Outcome } from '../lifecycle.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/**
 * Closes an onboarding: its places are given back, its SIREN and scope may start again, the customer is notified, and the
 * token of the open wait is completed; all in one transaction. A customer that was handed over keeps the place it has
 * used.
 */
export function close(snapshot: Snapshot, outcome: Outcome, event: DomainEvent, cause?: string): Change {
  const { state, wait, booking } = snapshot;
  const gives = outcome !== 'HANDED_OVER';
  const open = wait !== undefined && wait.decision === undefined;
  return {
    to: 'CLOSED',
    set: {
      outcome,
      cause,
      ...(gives ? { wave: undefined, cutover: undefined, waitingRank: undefined } : {}),
    },
    event,
    ...(open ? { wait: { ...wait, decision: 'WITHDRAWN' } } : {}),
    effects: [
      ...(gives ? leaveAll(snapshot) : []),
      { kind: 'free_siren', siren: state.siren, scope: state.scope },
    ],
    messages: [
      {
        kind: 'mail',
        // The onboarding of a part that is closed goes on.
        template: state.part === undefined ? 'closed' : 'part_closed',
        to: 'customer',
        ...(gives ? cancelled(booking) : {}),
      },
      {
        kind: 'event',
        type: 'OnboardingClosed',
        data: { outcome, ...(cause === undefined ? {} : { because: cause }) },
      },
      ...(gives && booking !== undefined ? dateGone : []),
      ...(open ? [{ kind: 'wake' } as const] : []),
    ],
  };
}

/** Closes an onboarding with the workflow's outcome and the recorded cause. */
export function closeAsDecided(snapshot: Snapshot, outcome: Outcome): Change {
  return close(snapshot, outcome, { type: 'CLOSED', actor: system, data: { outcome } }, snapshot.state.cause);
}

/** True for an onboarding that is handed over and whose cutover is not done: operators know whether anything follows. */
export function mayCloseHandedOver(state: OnboardingState): boolean {
  return cutoverToRecord(state) !== undefined;
}

/**
 * Ends an onboarding for the customer, sales or an operator.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError after the hand-over: the platform has the customer then. Operators may still end it until
 * the cutover is done.
 */
export function withdraw(snapshot: Snapshot, reason: string, actor: Actor): Change {
  const { state } = snapshot;
  refuseClosed(state);
  const closesFailed = actor.kind === 'operator' && mayCloseHandedOver(state);
  if (isHandedOver(state) && !closesFailed) {
    throw new NotExpectedNowError(
      { fr: 'Retirer la demande', en: 'Withdrawing the request' },
      lifecycle[state.stage].label,
    );
  }
  return close(snapshot, 'WITHDRAWN', { type: 'WITHDRAWN', actor, reason }, 'WITHDRAWN');
}
