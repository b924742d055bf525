import type { ConditionCode } from '../../classification/outcomes.ts';
import { DecisionRefusedError } from '../../errors.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import { clearedCodes, type IntakeRecord, type ResultRecord, type Submission } from '../records.ts';
import type { OnboardingState } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/** The tier that an operator has set for the present submission; undefined when the computed one holds. */
export function tierSetByOperator({
  tierSet,
  submission,
}: Pick<OnboardingState, 'tierSet' | 'submission'>): 'READY' | 'CONDITIONAL' | 'NOT_READY' | undefined {
  return tierSet?.submission === submission ? tierSet.tier : undefined;
}

/** The tier in force: the one an operator has set for this submission, else the computed one. */
function tierInForce(
  state: OnboardingState,
  computed: Assessment['readiness']['tier'],
): Assessment['readiness']['tier'] {
  return tierSetByOperator(state) ?? computed;
}

/** Names the submission and the number of decided reviews that a result is based on. */
export function basisOf({ submission, reviews }: OnboardingState): string {
  return `${submission}.${reviews}`;
}

/** Readiness of the submission before, to show what has changed; a review of the same answers changes nothing. */
function previousOf(
  { submission }: OnboardingState,
  known: ResultRecord | undefined,
): Pick<ResultRecord, 'previous'> {
  const previous = known?.standsOn.startsWith(`${submission}.`)
    ? known.previous
    : known?.assessment.readiness;
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

/** Stores the result of the rules and the tier that follows from it. */
export function assignTier(
  state: OnboardingState,
  { assessment, assessedOn, known, intake }: Assessed,
): Change {
  const { eligibility, requirementLevel, readiness, ruleSetVersion } = assessment;
  const tier = tierInForce(state, readiness.tier);
  const conditions = assessment.conditions.map(({ code }) => code);
  const said = { eligibility, requirementLevel, tier, conditions, ruleSetVersion };
  const result: ResultRecord = {
    standsOn: basisOf(state),
    assessedOn,
    assessment,
    cleared: [...clearedCodes(known)],
    ...previousOf(state, known),
  };
  return {
    ...(state.stage === 'IN_REVIEW' ? { to: 'SUBMITTED' } : {}),
    set: { eligibility, requirementLevel, tier, score: readiness.score, conditions, reviewKind: undefined },
    event: {
      type: 'TIER_ASSIGNED',
      actor: system,
      data: { ...said, score: readiness.score, submission: state.submission },
    },
    messages: [{ kind: 'event', type: 'OnboardingTiered', data: said }],
    effects: [
      { kind: 'put_result', result },
      ...(intake === undefined ? [] : [{ kind: 'put_intake', intake } as const]),
    ],
  };
}

/** The refusal when an operator clears a condition that operators may not clear. */
export function notForOperators(): DecisionRefusedError {
  return new DecisionRefusedError({
    fr: 'Un opérateur ne peut pas lever cette condition : elle est levée par les réponses du client ou à sa date.',
    en: 'An operator cannot clear this condition: it is cleared by the customer’s answers or on its date.',
  });
}

interface AssessmentFile {
  readonly submission: Submission | undefined;
  readonly result: ResultRecord | undefined;
}

/**
 * The result that a condition is open in, with the answers it was found on.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when it is not open.
 */
export function openCondition(
  state: OnboardingState,
  code: ConditionCode,
  { result, submission }: AssessmentFile,
) {
  refuseClosed(state);
  const open = result?.assessment.conditions.some(
    (condition) => condition.code === code && condition.cleared !== true,
  );
  if (result === undefined || submission === undefined || open !== true) {
    throw new DecisionRefusedError({
      fr: 'Ce dossier n’a pas cette condition à lever.',
      en: 'This onboarding has no such open condition.',
    });
  }
  return { result, submission };
}

interface Clearance {
  readonly code: ConditionCode;
  readonly evidence: string;
}

/** An operator settles a condition with evidence; the tier is computed again. */
export function clearCondition(
  state: OnboardingState,
  { code, evidence }: Clearance,
  result: ResultRecord,
  actor: Actor,
): Change {
  const { readiness } = result.assessment;
  const tier = tierInForce(state, readiness.tier);
  return {
    set: { tier, score: readiness.score },
    event: {
      type: 'CONDITION_CLEARED',
      actor,
      reason: evidence,
      data: { condition: code, tierBefore: state.tier ?? '', tierAfter: tier },
    },
    effects: [{ kind: 'put_result', result }],
  };
}
