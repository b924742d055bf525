import { requirementLevels } from '../../classification/outcomes.ts';
import { ConcurrentChangeError } from '../../errors.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { tiers } from '../../readiness/tier.ts';
import { system } from '../actor.ts';
import { dateGone, holdIsOver, leaveList, leaveWave, lostPlace, rebook } from '../bookings.ts';
import type { Change } from '../change.ts';
import { isInWorkflow } from '../lifecycle.ts';
import type { Message } from '../messages.ts';
import { oneMoreSilence } from '../silence.ts';
import type { Booking, OnboardingState, Snapshot } from '../state.ts';
import { isDecided } from '../waits.ts';
import { routeOf, tierInForce } from './assessment.ts';
import { takeOfferBack } from './offers.ts';
import { successorAt } from './run.ts';

/** True when the place comes after the end of a derogation that is now known. */
function isTooLate(booking: Booking | undefined, { conditions }: Assessment): boolean {
  return conditions.some(
    (condition) =>
      condition.code === 'DEROGATION_DEADLINE' &&
      condition.date !== undefined &&
      booking !== undefined &&
      booking.cutover > condition.date,
  );
}

/**
 * True when operators have to look at a result before anything follows from it: the tier is lower than before, the
 * requirement is stronger or undetermined, a rule asks for a person that no operator has settled, or the place that is
 * kept comes too late.
 *
 * @param stateAfter the onboarding after the change, where that has other answers: a tier that an operator has set is for
 * the answers that it was set for
 */
export function worsens(
  { state, booking }: Snapshot,
  before: Assessment,
  after: Assessment,
  stateAfter: OnboardingState = state,
): boolean {
  const rank = (of: OnboardingState, { readiness }: Assessment) =>
    tiers.indexOf(tierInForce(of, readiness.tier));
  const level = ({ requirementLevel }: Assessment) => requirementLevels.indexOf(requirementLevel);
  const route = routeOf(stateAfter, after);
  return (
    rank(stateAfter, after) < rank(state, before) ||
    level(after) < level(before) ||
    route === 'REVIEW' ||
    route === 'CONFIRM_REFUSAL' ||
    isTooLate(booking, after)
  );
}

/** An operator looks at the answers already, or the customer is about to send them again. */
function isLookedAt({ stage, reviewKind }: OnboardingState): boolean {
  if (stage === 'IN_REVIEW') return reviewKind === 'readiness' || reviewKind === 'confirmation';
  return stage === 'INVITED' || stage === 'ANSWERING';
}

/**
 * A place that awaits an answer is kept without a limit: the customer cannot answer during the review. One whose time was
 * over before is given back, as it would have been a moment later.
 */
function placeMeanwhile(snapshot: Snapshot, at: Date): Pick<Change, 'set' | 'effects' | 'messages'> {
  const { state, booking } = snapshot;
  if (booking?.status !== 'OFFERED' && booking?.status !== 'HELD') return {};
  if (holdIsOver(booking, at)) {
    const silence =
      booking.status === 'HELD'
        ? oneMoreSilence(state)
        : takeOfferBack({ ...snapshot, booking }, 'OFFER_EXPIRED', system).set;
    return {
      set: { ...silence, wave: undefined, cutover: undefined },
      effects: leaveWave(snapshot),
      messages: [lostPlace(booking, 'silence'), ...dateGone],
    };
  }
  const kept = { status: 'HELD', holdUntil: undefined, reminded: undefined, lapseNoted: undefined } as const;
  return { effects: [rebook(booking, kept)] };
}

/**
 * The part of a change that has a result reviewed by a run of its own; undefined where someone looks at it anyway. The
 * place is kept until the review is decided, and an offered one is kept as if it were held. The run before ends.
 *
 * @throws ConcurrentChangeError when a decision is stored that the workflow has not carried out yet.
 */
export function openReadinessReview(snapshot: Snapshot, at: Date): Omit<Change, 'event'> | undefined {
  const { state, wait } = snapshot;
  if (!isInWorkflow(state) || isLookedAt(state)) return undefined;
  if (isDecided(state, wait)) throw new ConcurrentChangeError();
  const { run, start } = successorAt('REVIEW_READINESS', state, at);
  const waiting = wait !== undefined && wait.decision === undefined;
  const place = placeMeanwhile(snapshot, at);
  const messages: readonly Message[] = [
    ...(waiting ? [{ kind: 'wake' } as const] : []),
    start,
    { kind: 'mail', template: 'review_requested', to: 'operators' },
    { kind: 'mail', template: 'owner_stuck', to: 'owner' },
    ...(place.messages ?? []),
  ];
  return {
    to: 'IN_REVIEW',
    reenter: true,
    run,
    set: { ...place.set, reviewKind: 'readiness', cause: undefined },
    ...(waiting ? { wait: { ...wait, decision: 'SUPERSEDED' } } : {}),
    messages,
    effects: [...leaveList(snapshot), ...(place.effects ?? [])],
  };
}
