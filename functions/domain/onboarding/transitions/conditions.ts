import type { CalendarDate } from '../../calendar-date.ts';
import { datesAfter } from '../../classification/condition-tasks.ts';
import { lifeOf } from '../../classification/conditions.ts';
import type { Condition, ConditionCode } from '../../classification/outcomes.ts';
import { DecisionRefusedError } from '../../errors.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import type { SchedulingContext } from '../../waves/demand.ts';
import { mayGiveSeatBack } from '../../waves/preparation.ts';
import type { Actor } from '../actor.ts';
import { leaveSeat } from '../bookings.ts';
import type { Change } from '../change.ts';
import type { Effect } from '../effects.ts';
import type { ResultChange, ResultRecord, Submission } from '../records.ts';
import { dueInState, putResult } from '../result-effects.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';
import { isCurrent, tierInForce } from './assessment.ts';
import { openReadinessReview, worsens } from './worse-result.ts';

/** The stored parts of an onboarding that its conditions are about. */
export interface ConditionFile {
  readonly submission: Submission | undefined;
  readonly result: ResultRecord | undefined;
}

export interface OpenCondition {
  readonly condition: Condition;
  readonly submission: Submission;
  readonly result: ResultRecord;
}

function notOpen(): DecisionRefusedError {
  return new DecisionRefusedError({
    fr: 'Ce dossier n’a pas cette condition à lever.',
    en: 'This onboarding has no such open condition.',
  });
}

/** The condition with the result it is open in; undefined when there is none. */
export function findOpen(
  state: OnboardingState,
  code: string,
  { result, submission }: ConditionFile,
): OpenCondition | undefined {
  if (result === undefined || submission === undefined || !isCurrent(result, state)) return undefined;
  const condition = result.assessment.conditions.find(
    (each) => each.code === code && each.cleared !== true && lifeOf(each.code).clearedBy !== undefined,
  );
  return condition === undefined ? undefined : { condition, result, submission };
}

/** True for a condition of the present result that an operator has cleared before. */
export function isClearedByHand(state: OnboardingState, code: string, { result }: ConditionFile): boolean {
  if (result === undefined || !isCurrent(result, state)) return false;
  return result.cleared.some((cleared) => cleared === code);
}

/**
 * The result that a condition is open in, with the answers it was found on.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when it is not open.
 */
export function openCondition(state: OnboardingState, code: string, file: ConditionFile): OpenCondition {
  refuseClosed(state);
  const open = findOpen(state, code, file);
  if (open === undefined) throw notOpen();
  return open;
}

/** Another result of the same submission. */
export interface Assessed {
  /** The four results with the answers in force. */
  readonly assessment: Assessment;
  /** The answers in force. */
  readonly answers: Answers;
  readonly context: SchedulingContext;
}

/** A customer that becomes ready and has its date prepares no more, unless a wanted service is not open yet. */
function seatAfter(
  snapshot: Snapshot,
  tier: Assessment['readiness']['tier'],
  { answers, context }: Assessed,
): readonly Effect[] {
  const dated = snapshot.booking !== undefined && snapshot.booking.status !== 'OFFERED';
  if (!dated || tier !== 'READY') return [];
  return mayGiveSeatBack({ tier, wantedServices: answers.C1 ?? [] }, context) ? leaveSeat(snapshot) : [];
}

/** The parts of a change that every other result of the same submission brings. */
function withResult(state: OnboardingState, result: ResultRecord, today: CalendarDate) {
  const { eligibility, requirementLevel, readiness, conditions } = result.assessment;
  const tier = tierInForce(state, readiness.tier);
  return {
    tier,
    set: {
      ...{ eligibility, requirementLevel, tier, score: readiness.score },
      conditions: conditions.map(({ code }) => code),
      ...dueInState(result, today),
    },
    effect: putResult(result),
  };
}

/** A new assessment of the same submission in place of the one before. */
function assessedAgain(before: ResultRecord, assessment: Assessment, changed: ResultChange): ResultRecord {
  return { ...before, assessment, changed, dates: datesAfter(before, assessment, changed.on) };
}

interface NewResult extends Assessed {
  readonly before: ResultRecord;
  readonly by: ResultChange['by'];
}

/**
 * The parts of a change that another result brings: one that is worse or undetermined is reviewed first, and the place
 * is kept.
 *
 * @throws ConcurrentChangeError when a decision on the place is still being carried out.
 */
export function followResult(snapshot: Snapshot, { before, by, ...assessed }: NewResult, at: Date) {
  const { assessment, context } = assessed;
  const result = assessedAgain(before, assessment, { on: context.asOf, by });
  const worse = worsens(snapshot, before.assessment, assessment);
  return replaceResult(snapshot, { state: snapshot.state, result, worse, ...assessed }, at);
}

interface Replacing extends Assessed {
  /** The onboarding that the result is of: with another submission, where that brings it. */
  readonly state: OnboardingState;
  readonly result: ResultRecord;
  /** Operators look at it before anything follows from it. */
  readonly worse: boolean;
}

/**
 * The parts of a change that put another result in place of the one before.
 *
 * @throws ConcurrentChangeError when a decision on the place is still being carried out.
 */
export function replaceResult(
  snapshot: Snapshot,
  { state, result, worse, ...assessed }: Replacing,
  at: Date,
) {
  const { tier, set, effect } = withResult(state, result, assessed.context.asOf);
  const review = worse ? openReadinessReview(snapshot, at) : undefined;
  return {
    tiers: { tierBefore: snapshot.state.tier ?? '', tierAfter: tier },
    reviewed: review === undefined ? {} : ({ review: 'readiness' } as const),
    parts: { ...review, set: { ...set, ...review?.set } },
    // Whether it prepares any more is open while the result is reviewed.
    effects: [
      effect,
      ...(review === undefined ? seatAfter(snapshot, tier, assessed) : (review.effects ?? [])),
    ],
  };
}

/** What proves that a condition is cleared: where it is kept, never its content. */
export interface Evidence {
  readonly title: string;
  readonly reference: string;
  /** Calendar day. */
  readonly date: CalendarDate;
  readonly keptBy: string;
}

/** Evidence in one text of the history, which an erasure takes away. */
function evidenceText({ title, reference, date, keptBy }: Evidence): string {
  return [title, reference, date, keptBy].join(' – ');
}

/** What clears a condition that no one declares: evidence, or what happens on its day. */
type ClearedOn =
  | { readonly by: 'evidence'; readonly evidence: Evidence }
  | { readonly by: 'opening' | 'cutover' };

type Clearing = Assessed &
  ClearedOn & {
    readonly code: ConditionCode;
    readonly before: ResultRecord;
  };

/** An operator clears a condition with evidence, or it clears by itself; the tier is computed again. */
export function clearCondition(snapshot: Snapshot, clearing: Clearing, actor: Actor): Change {
  const { code, before, assessment, context, by } = clearing;
  const again = assessedAgain(before, assessment, { on: context.asOf, by });
  // A service that has opened raises its condition no more; the answers still raise any other.
  const result = by === 'opening' ? again : { ...again, cleared: [...before.cleared, code] };
  const { tier, set, effect } = withResult(snapshot.state, result, context.asOf);
  return {
    set,
    event: {
      type: 'CONDITION_CLEARED',
      actor,
      ...(by === 'evidence' ? { reason: evidenceText(clearing.evidence) } : {}),
      data: { condition: code, tierBefore: snapshot.state.tier ?? '', tierAfter: tier },
    },
    effects: [effect, ...seatAfter(snapshot, tier, clearing)],
  };
}
