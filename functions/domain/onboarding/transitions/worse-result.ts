import { requirementLevels } from '../../classification/outcomes.ts';
import { ConcurrentChangeError, NotExpectedNowError } from '../../errors.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { tiers } from '../../readiness/tier.ts';
import type { Text } from '../../text.ts';
import { type Actor, system } from '../actor.ts';
import { dateGone, holdIsOver, leaveList, leaveWave, lostPlace, rebook } from '../bookings.ts';
import type { Change } from '../change.ts';
import { isInWorkflow, type Stage, stageInWords } from '../lifecycle.ts';
import type { Message } from '../messages.ts';
import { oneMoreSilence } from '../silence.ts';
import type { Booking, OnboardingState, Snapshot } from '../state.ts';
import { isDecided, refuseClosed } from '../waits.ts';
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

/** Begins a review in a run of its own; the wait of the run before ends. */
function reviewBySuccessor(
  snapshot: Snapshot,
  reviewKind: 'readiness' | 'placement',
  at: Date,
): Omit<Change, 'event'> {
  const { state, wait } = snapshot;
  if (isDecided(state, wait)) throw new ConcurrentChangeError();
  const resumeAt = reviewKind === 'readiness' ? 'REVIEW_READINESS' : 'REVIEW_PLACEMENT';
  const { run, start } = successorAt(resumeAt, state, at);
  const waiting = wait !== undefined && wait.decision === undefined;
  const place = placeMeanwhile(snapshot, at);
  return {
    to: 'IN_REVIEW',
    reenter: true,
    run,
    set: { ...place.set, reviewKind, cause: undefined },
    ...(waiting ? { wait: { ...wait, decision: 'SUPERSEDED' } } : {}),
    messages: [...(waiting ? [{ kind: 'wake' } as const] : []), start, ...(place.messages ?? [])],
    effects: [...leaveList(snapshot), ...(place.effects ?? [])],
  };
}

const reviewing: Text = { fr: 'Ouvrir une revue de placement', en: 'Opening a placement review' };

/** The stages in which an operator may look at a placement anew: no wave is confirmed. */
const reviewedIn: ReadonlySet<Stage> = new Set(['WAITING_LIST', 'WAVE_HELD']);

/** True while an operator may open a placement review. */
export function mayReviewPlacement({ state, wait }: Snapshot): boolean {
  return reviewedIn.has(state.stage) && !isDecided(state, wait);
}

/**
 * An operator opens a placement review, to split the onboarding or to place it elsewhere. A place that is held is kept
 * until it is decided.
 *
 * @throws OnboardingClosedError, NotExpectedNowError once a wave is confirmed, and before the placement.
 * @throws ConcurrentChangeError when a decision is stored that the workflow has not carried out yet.
 */
export function openPlacementReview(snapshot: Snapshot, reason: string, actor: Actor, at: Date): Change {
  const { state } = snapshot;
  refuseClosed(state);
  if (!reviewedIn.has(state.stage)) {
    throw new NotExpectedNowError(reviewing, stageInWords(state.stage, state.reviewKind));
  }
  return {
    ...reviewBySuccessor(snapshot, 'placement', at),
    event: { type: 'REVIEW_REQUESTED', actor, reason, data: { review: 'placement' } },
  };
}

/**
 * The part of a change that has a result reviewed by a run of its own; undefined where someone looks at it anyway. The
 * place is kept until the review is decided, and an offered one is kept as if it were held. The run before ends.
 *
 * @throws ConcurrentChangeError when a decision is stored that the workflow has not carried out yet.
 */
export function openReadinessReview(snapshot: Snapshot, at: Date): Omit<Change, 'event'> | undefined {
  const { state } = snapshot;
  // What a split onboarding lacks is looked at in each of its parts, at the latest at their go/no-go.
  if (!isInWorkflow(state) || isLookedAt(state) || state.stage === 'IN_PARTS') return undefined;
  const { messages = [], ...review } = reviewBySuccessor(snapshot, 'readiness', at);
  const notices: readonly Message[] = [
    { kind: 'mail', template: 'review_requested', to: 'operators' },
    { kind: 'mail', template: 'owner_stuck', to: 'owner' },
  ];
  return { ...review, messages: [...messages, ...notices] };
}
