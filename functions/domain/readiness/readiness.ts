import type { Condition, RequirementLevel } from '../classification/outcomes.ts';
import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import { improve, type Lever } from './levers.ts';
import { type AnsweredDimension, answeredDimensions, scoreOf } from './score.ts';
import { type Tier, tierOf } from './tier.ts';

/** How ready the customer is, why, and how to improve; plain JSON. */
export interface Readiness {
  readonly tier: Tier;
  readonly score: number | null;
  readonly coverage: number;
  readonly dimensions: readonly AnsweredDimension[];
  readonly levers: readonly Lever[];
  readonly reaches: Tier;
}

export interface ReadinessFacts {
  readonly answers: Answers;
  readonly requirementLevel: RequirementLevel;
  /** Open conditions that block. */
  readonly blockers: readonly Condition[];
  /** Questions whose "I don't know" leaves the requirement level undetermined. */
  readonly undeterminedBy: readonly QuestionId[];
}

/** Score, coverage, tier and levers of a customer. */
export function readinessOf({ answers, blockers, ...facts }: ReadinessFacts): Readiness {
  const dimensions = answeredDimensions(answers);
  return {
    tier: tierOf({ ...facts, dimensions, blocking: blockers.length }),
    ...scoreOf(dimensions),
    dimensions,
    ...improve({ ...facts, dimensions, blockers }),
  };
}
