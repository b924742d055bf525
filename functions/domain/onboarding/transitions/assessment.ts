import { datesAfter } from '../../classification/condition-tasks.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { system } from '../actor.ts';
import type { Change } from '../change.ts';
import { clearedCodes, type IntakeRecord, type ResultRecord } from '../records.ts';
import { dueInState, putResult } from '../result-effects.ts';
import type { OnboardingState } from '../state.ts';
import { inTerritory } from './qualify.ts';

/** The tier that an operator has set for the present submission; undefined when the computed one holds. */
export function tierSetByOperator({
  tierSet,
  submission,
}: Pick<OnboardingState, 'tierSet' | 'submission'>): 'READY' | 'CONDITIONAL' | 'NOT_READY' | undefined {
  return tierSet?.submission === submission ? tierSet.tier : undefined;
}

/** The tier in force: the one an operator has set for this submission, else the computed one. */
export function tierInForce(
  state: OnboardingState,
  computed: Assessment['readiness']['tier'],
): Assessment['readiness']['tier'] {
  return tierSetByOperator(state) ?? computed;
}

/** True when a result is based on the answers that were submitted last. */
export function isCurrent(
  { standsOn }: Pick<ResultRecord, 'standsOn'>,
  { submission }: Pick<OnboardingState, 'submission'>,
): boolean {
  return standsOn.startsWith(`${submission}.`);
}

/** Names the submission and the number of decided reviews that a result is based on. */
export function basisOf({ submission, reviews }: OnboardingState): string {
  return `${submission}.${reviews}`;
}

/** Readiness of the submission before, to show what has changed; a review of the same answers changes nothing. */
function previousOf(state: OnboardingState, known: ResultRecord | undefined): Pick<ResultRecord, 'previous'> {
  const previous =
    known !== undefined && isCurrent(known, state) ? known.previous : known?.assessment.readiness;
  return previous === undefined ? {} : { previous };
}

export type AssessmentRoute = 'CONFIRM_REFUSAL' | 'REVIEW' | 'PREPARE' | 'SCHEDULE';

/**
 * The step that follows a result. A refusal or a doubt goes to an operator once: rules that an operator has settled do
 * not send the onboarding back for the same reason.
 */
export function routeOf(state: OnboardingState, assessment: Assessment): AssessmentRoute {
  const open = new Set(
    assessment.reasons
      .filter(({ rule }) => !state.settledRules.includes(rule))
      .map(({ effect }) => String(effect)),
  );
  if (open.has('NOT_ELIGIBLE')) return 'CONFIRM_REFUSAL';
  const tier = tierInForce(state, assessment.readiness.tier);
  if (open.has('MANUAL_REVIEW') || tier === 'UNKNOWN') return 'REVIEW';
  return tier === 'NOT_READY' ? 'PREPARE' : 'SCHEDULE';
}

interface Assessed {
  readonly assessment: Assessment;
  /** Calendar day. */
  readonly assessedOn: string;
  /** The result before. */
  readonly known: ResultRecord | undefined;
  /** The intake with the registry's answer, if it could not answer before. */
  readonly intake: IntakeRecord | undefined;
}

/** The result of the answers that were submitted last; what operators have cleared before stays cleared. */
export function newResult(
  state: OnboardingState,
  { assessment, assessedOn, known }: Omit<Assessed, 'intake'>,
): ResultRecord {
  return {
    standsOn: basisOf(state),
    assessedOn,
    assessment,
    cleared: [...clearedCodes(known)],
    dates: datesAfter(known, assessment, assessedOn),
    ...previousOf(state, known),
  };
}

/** What other systems are told of a result. */
export function saidOf(state: OnboardingState, assessment: Assessment) {
  const { eligibility, requirementLevel, readiness, ruleSetVersion } = assessment;
  const tier = tierInForce(state, readiness.tier);
  const conditions = assessment.conditions.map(({ code }) => code);
  return { eligibility, requirementLevel, tier, conditions, ruleSetVersion };
}

/** Stores the result of the rules and the tier that follows from it. */
export function assignTier(
  state: OnboardingState,
  { assessment, assessedOn, known, intake }: Assessed,
): Change {
  const { eligibility, requirementLevel, readiness } = assessment;
  const said = saidOf(state, assessment);
  const { tier, conditions } = said;
  const result = newResult(state, { assessment, assessedOn, known });
  return {
    ...(state.stage === 'IN_REVIEW' ? { to: 'SUBMITTED' } : {}),
    set: {
      ...{ eligibility, requirementLevel, tier, score: readiness.score, conditions, reviewKind: undefined },
      // What follows depends on this result, no longer on a cutover that did not take place.
      cutoverResult: undefined,
      ...(intake?.registry === undefined ? {} : inTerritory(intake.registry)),
      ...dueInState(result, assessedOn),
    },
    event: {
      type: 'TIER_ASSIGNED',
      actor: system,
      data: { ...said, score: readiness.score, submission: state.submission },
    },
    messages: [{ kind: 'event', type: 'OnboardingTiered', data: said }],
    effects: [putResult(result), ...(intake === undefined ? [] : [{ kind: 'put_intake', intake } as const])],
  };
}
