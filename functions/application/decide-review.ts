import { calendarDateOf } from '../domain/calendar-date.ts';
import { conditionsAgainstGo } from '../domain/classification/conditions.ts';
import type { ConditionCode, Reason } from '../domain/classification/outcomes.ts';
import { qualify } from '../domain/classification/qualify.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { approvalNeeded } from '../domain/onboarding/approval-rules.ts';
import { waitingApproval } from '../domain/onboarding/approvals.ts';
import { contractMissing as isContractMissing } from '../domain/onboarding/contract.ts';
import { isBeforeLeader } from '../domain/onboarding/group-moves.ts';
import { type ReviewKind, reviewDecisions } from '../domain/onboarding/lifecycle.ts';
import type { Approval, ApprovalKind, Snapshot } from '../domain/onboarding/state.ts';
import { requestedApproval } from '../domain/onboarding/transitions/approval-lapse.ts';
import { recordedGo } from '../domain/onboarding/transitions/go-in-advance.ts';
import * as reviews from '../domain/onboarding/transitions/reviews.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import { place } from '../domain/waves/placement.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { isInRing } from './group-ring.ts';
import { isOutOfOrder } from './keep-group-order.ts';
import { chosenFor } from './move-place.ts';
import { placingOf } from './read-placing.ts';

type Reading = Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'>;

/** True while no wave of the calendar, even when empty, could take a customer who came to the operators for that. */
async function isStillTooLarge({ store, clock, platform }: Reading, { state }: Snapshot): Promise<boolean> {
  if (state.cause !== 'TOO_LARGE_FOR_ANY_WAVE') return false;
  const asOf = calendarDateOf(clock.now());
  const [{ demand }, calendar] = await Promise.all([
    placingOf(store, state, asOf),
    store.waves.calendar(siteCodes(platform)),
  ]);
  return place(demand, calendar, { asOf, platform }).kind === 'too_large';
}

/** True while a customer who came to the operators for that is, from parent to parent, a parent of its own. */
async function isStillInRing({ store }: Reading, { state }: Snapshot): Promise<boolean> {
  if (state.cause !== 'GROUP_IN_A_RING') return false;
  const { parentSiren } = await store.dossiers.intake(state.reference);
  return isInRing(store, state.siren, parentSiren);
}

/**
 * The decisions that a review allows at present, none while a customer whose gate is not open yet is to be moved after
 * its parent: an unknown tier cannot be accepted, a customer cannot cut over before the parent of its group, and a
 * customer larger than every wave, or in a ring of parents, cannot wait for a place.
 */
export async function decisionsOf(
  reading: Reading,
  snapshot: Snapshot,
  kind: ReviewKind,
): Promise<readonly string[]> {
  const { state } = snapshot;
  const named: readonly string[] = reviewDecisions[kind];
  if (kind === 'go_no_go') {
    if (recordedGo(snapshot) !== undefined && state.stage === 'WAVE_CONFIRMED') return ['take_back'];
    const go = isBeforeLeader(snapshot, reading.clock.now()) ? [] : ['go'];
    return state.stage === 'WAVE_CONFIRMED' ? go : [...go, 'no_go'];
  }
  if (kind === 'readiness' && state.tier === 'UNKNOWN') return named.filter((one) => one !== 'accept');
  const hopeless =
    kind === 'placement' &&
    ((await isStillTooLarge(reading, snapshot)) || (await isStillInRing(reading, snapshot)));
  return named.filter(
    (one) => !(hopeless && one === 'wait') && !(one === 'split' && state.part !== undefined),
  );
}

/** The reasons that the review is about: of the first qualification, or of the present result. */
async function reasonsFor(
  { store }: Reading,
  { state: { reference } }: Snapshot,
  kind: ReviewKind,
): Promise<readonly Reason[]> {
  if (kind === 'qualification') {
    const { registry } = await store.dossiers.intake(reference);
    return qualify({ registryStatus: registry?.status ?? 'unavailable' }).reasons;
  }
  return (await store.dossiers.result(reference))?.assessment.reasons ?? [];
}

/** The answers submitted last. */
async function answersOf({ store }: Reading, { state }: Snapshot): Promise<Answers> {
  return (await store.dossiers.submission(state.reference))?.answers ?? {};
}

/** The open blocking conditions that stand against a *go*. */
async function conditionsOpen({ store }: Reading, { state, booking }: Snapshot) {
  const result = await store.dossiers.result(state.reference);
  if (result === undefined || booking === undefined) return [];
  const { assessment, cleared } = result;
  return conditionsAgainstGo(assessment.conditions, cleared, booking.cutover).map(({ code }) => code);
}

/** Reads the facts that a decision depends on. */
export async function factsFor(
  reading: Reading,
  snapshot: Snapshot,
  { kind, decision, wave }: reviews.ReviewAnswer,
): Promise<reviews.ReviewFacts> {
  const settles = ['accept', 'override', 'set_tier'].includes(decision);
  return {
    reasons: settles ? await reasonsFor(reading, snapshot, kind) : [],
    tooLarge: decision === 'wait' && (await isStillTooLarge(reading, snapshot)),
    inRing: decision === 'wait' && (await isStillInRing(reading, snapshot)),
    outOfOrder: decision === 'go' && (await isOutOfOrder(reading.store, snapshot, reading.clock.now())),
    answers: decision === 'ask_customer' ? await answersOf(reading, snapshot) : {},
    ...(decision === 'move' && wave !== undefined
      ? { chosen: await chosenFor(reading, snapshot, wave) }
      : {}),
    againstGo: decision === 'go' || decision === 'no_go' ? await conditionsOpen(reading, snapshot) : [],
    contractMissing: decision === 'go' && isContractMissing(reading.platform, snapshot.state),
  };
}

/** A decision that takes two people, with what it goes against. */
export interface DecisionForTwo {
  readonly kind: ApprovalKind;
  readonly conditions: readonly ConditionCode[];
  readonly contractMissing: boolean;
}

/** Of the decisions that a review allows, those that take two people, and what they go against. */
export async function decisionsForTwo(
  reading: Reading,
  snapshot: Snapshot,
  decisions: readonly string[],
): Promise<readonly DecisionForTwo[]> {
  const againstGo = decisions.includes('go') ? await conditionsOpen(reading, snapshot) : [];
  const contractMissing = isContractMissing(reading.platform, snapshot.state);
  return decisions.flatMap((decision) => {
    const kind = approvalNeeded(snapshot, decision, { againstGo, contractMissing });
    if (kind === undefined) return [];
    const forGo = kind === 'go';
    return [{ kind, conditions: forGo ? againstGo : [], contractMissing: forGo && contractMissing }];
  });
}

/**
 * An operator decides the open review. A decision that takes two people is stored as a request, if it is sent as one.
 *
 * @throws OnboardingClosedError, AlreadyDecidedError
 * @throws NotExpectedNowError when another review is open, or none.
 * @throws DecisionRefusedError when the decision is not one of the review's, or lacks something.
 * @throws ApprovalNeededError, ApprovalLapsedError
 * @returns the request that waits for a second person; undefined when the review is decided.
 */
export async function decideReview(
  dependencies: ApplicationDependencies,
  reference: string,
  answer: reviews.ReviewAnswer,
  actor: Actor,
): Promise<Approval | undefined> {
  const { store, clock } = dependencies;
  reviews.checkDecision(answer);
  return store.onboardings.change<Approval | undefined>(reference, async (snapshot) => {
    const at = clock.now();
    reviews.checkOpenReview(snapshot, answer, at);
    const facts = await factsFor(dependencies, snapshot, answer);
    const change = reviews.decideReview(snapshot, answer, facts, actor, at);
    const result = change === undefined ? waitingApproval(snapshot, at) : requestedApproval(change);
    return { change, result };
  });
}
