import type { CalendarDate } from '../calendar-date.ts';
import { classify } from '../classification/classify.ts';
import { blockingConditions, withCleared } from '../classification/conditions.ts';
import { type RegistryStatus, undeterminedBy } from '../classification/facts.ts';
import type {
  Condition,
  ConditionCode,
  Eligibility,
  Reason,
  RequirementLevel,
} from '../classification/outcomes.ts';
import { ruleSetVersion as versionInForce } from '../classification/rule-sets.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import type { Answers } from '../questionnaire/answers.ts';
import { type Readiness, readinessOf } from './readiness.ts';

/** The four results with their reasons, under the rules in force; plain JSON, stored and returned as it is. */
export interface Assessment {
  readonly ruleSetVersion: string;
  readonly eligibility: Eligibility;
  readonly requirementLevel: RequirementLevel;
  readonly conditions: readonly Condition[];
  readonly readiness: Readiness;
  readonly reasons: readonly Reason[];
}

export interface AssessmentFacts {
  readonly organisation: { readonly registryStatus: RegistryStatus };
  readonly answers: Answers;
  /** Today, as a calendar day in Europe/Paris. */
  readonly asOf: CalendarDate;
  readonly platform: PlatformConfiguration;
  /** Settled by an operator with evidence, or by the register. */
  readonly clearedConditions?: readonly ConditionCode[];
  /** The rule set in force unless given: what was submitted under a version is assessed by it to the end. */
  readonly ruleSetVersion?: string;
}

/**
 * Assesses an organisation: eligibility, requirement level, conditions and readiness, each computed independently of the
 * others. Cleared conditions stay in the list, marked, because they remain true of the customer; they no longer cap the
 * tier.
 *
 * @throws UnknownRuleSetError
 */
export function assess(facts: AssessmentFacts): Assessment {
  const { organisation, answers, asOf, platform, clearedConditions = [] } = facts;
  const { ruleSetVersion = versionInForce } = facts;
  const { eligibility, requirementLevel, conditions, reasons } = classify(
    { registryStatus: organisation.registryStatus, answers, asOf, platform },
    ruleSetVersion,
  );
  const marked = withCleared(conditions, clearedConditions, answers);
  const readiness = readinessOf({
    answers,
    requirementLevel,
    blockers: blockingConditions(marked, [], asOf, ruleSetVersion),
    undeterminedBy: undeterminedBy(answers),
  });
  return { ruleSetVersion, eligibility, requirementLevel, conditions: marked, readiness, reasons };
}
