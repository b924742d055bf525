import { type ClearedBy, lifeOf } from '../classification/conditions.ts';
import type { Condition, ConditionCode } from '../classification/outcomes.ts';
import type { DimensionAnswer, QuestionId } from '../questionnaire/answers.ts';
import type { DimensionCode } from '../questionnaire/dimensions.ts';
import { type AnsweredDimension, answeredWeight, scoreOf } from './score.ts';
import {
  isBelowReady,
  isIndispensableAtZero,
  type Tier,
  type TierFacts,
  tierOf,
  tierPolicy,
} from './tier.ts';

/** One action towards a better tier. */
export type Lever =
  | {
      readonly kind: 'dimension';
      readonly code: DimensionCode;
      readonly from: DimensionAnswer;
      readonly to: 1 | 2 | 3 | 4;
      /** Points of score that this lever certainly adds, unrounded; 0 for a first answer, which adds coverage. */
      readonly gain: number;
    }
  | {
      readonly kind: 'condition';
      readonly code: ConditionCode;
      readonly clearedBy: ClearedBy;
      /** The questions to answer; only for CLARIFICATION_NEEDED. */
      readonly ids?: readonly QuestionId[];
    };

export interface Improvement {
  readonly levers: readonly Lever[];
  /** The tier once all levers are pulled; the current one when it is READY. */
  readonly reaches: Tier;
}

export interface ImprovementFacts extends Omit<TierFacts, 'blocking'> {
  /** Open conditions that block. */
  readonly blockers: readonly Condition[];
  /** Questions whose "I don't know" leaves the requirement level undetermined. */
  readonly undeterminedBy: readonly QuestionId[];
}

/** The dimensions after the levers found so far. */
interface Plan {
  readonly dimensions: readonly AnsweredDimension[];
  readonly levers: readonly Lever[];
}

/**
 * The actions that lead to the next better tier, in order: first the missing requirements of that tier's rule, then
 * single steps that raise the score most (heaviest dimension first, ties by dimension order) until its threshold.
 *
 * - NOT_READY aims at CONDITIONAL, CONDITIONAL at READY; READY has nothing to do.
 * - UNKNOWN is no level on the scale, so it aims at being known: dimensions are answered until coverage suffices, the
 *   heaviest first (fewest questions), and the requirement level is determined. Each is counted as answered 2, the
 *   least answer that no rule objects to; `reaches` is the tier which that gives.
 */
export function improve(facts: ImprovementFacts): Improvement {
  const tier = tierOf({ ...facts, blocking: facts.blockers.length });
  const start: Plan = { dimensions: facts.dimensions, levers: [] };
  switch (tier) {
    case 'READY':
      return { levers: [], reaches: 'READY' };
    case 'CONDITIONAL': {
      const sound = raiseAll(start, isBelowReady, tierPolicy.readyAnswer);
      const cleared = { ...sound, levers: [...sound.levers, ...facts.blockers.map(clearance)] };
      return outcome(raiseScore(cleared, tierPolicy.readyFrom), facts, 0);
    }
    case 'NOT_READY': {
      const sound = raiseAll(start, isIndispensableAtZero, 1);
      return outcome(raiseScore(sound, tierPolicy.conditionalFrom), facts, facts.blockers.length);
    }
    case 'UNKNOWN':
      return becomeKnown(start, facts);
  }
}

function becomeKnown(start: Plan, facts: ImprovementFacts): Improvement {
  const known = answerUntilKnown(start);
  if (facts.requirementLevel !== 'UNDETERMINED') return outcome(known, facts, facts.blockers.length);
  const analysis = facts.blockers.filter(({ code }) => code === 'SENSITIVITY_ANALYSIS_MISSING');
  const clarification: Lever = {
    kind: 'condition',
    code: 'CLARIFICATION_NEEDED',
    clearedBy: 'customer',
    ids: facts.undeterminedBy,
  };
  const levers = [...known.levers, ...analysis.map(clearance), clarification];
  return outcome({ ...known, levers }, facts, facts.blockers.length - analysis.length);
}

/** The level only matters to the tier while it is undetermined; every plan ends with it determined. */
function outcome(
  { dimensions, levers }: Plan,
  { requirementLevel }: ImprovementFacts,
  blocking: number,
): Improvement {
  const determined = requirementLevel === 'UNDETERMINED' ? 'RECOMMENDED' : requirementLevel;
  return { levers, reaches: tierOf({ dimensions, requirementLevel: determined, blocking }) };
}

function clearance({ code }: Condition): Lever {
  return { kind: 'condition', code, clearedBy: lifeOf(code).clearedBy ?? 'operator' };
}

function raiseAll(plan: Plan, lacks: (dimension: AnsweredDimension) => boolean, to: 1 | 2): Plan {
  return plan.dimensions.filter(lacks).reduce((raised, dimension) => raise(raised, dimension, to), plan);
}

/** Each step adds points in proportion to the weight alone, so the heaviest dimension with room comes first. */
function raiseScore(plan: Plan, threshold: number): Plan {
  let raised = plan;
  while ((scoreOf(raised.dimensions).score ?? 100) < threshold) {
    const next = heaviest(raised.dimensions.filter(hasRoom));
    if (!next) break;
    raised = raise(raised, next, stepAbove(next.answer));
  }
  return raised;
}

function answerUntilKnown(plan: Plan): Plan {
  let answered = plan;
  while (scoreOf(answered.dimensions).coverage < tierPolicy.knownFrom) {
    const open = answered.dimensions.filter(({ answer }) => answer === 'unknown' || answer === null);
    // With every dimension said not to apply, one of them has to apply after all.
    const next = heaviest(open) ?? heaviest(answered.dimensions);
    if (!next) break;
    answered = raise(answered, next, 2);
  }
  return answered;
}

function hasRoom({ answer }: AnsweredDimension): boolean {
  return typeof answer === 'number' && answer < 4;
}

function stepAbove(answer: DimensionAnswer | null): 1 | 2 | 3 | 4 {
  switch (answer) {
    case 0:
      return 1;
    case 1:
      return 2;
    case 2:
      return 3;
    default:
      return 4;
  }
}

function heaviest(candidates: readonly AnsweredDimension[]): AnsweredDimension | undefined {
  return candidates.reduce<AnsweredDimension | undefined>(
    (best, candidate) => (best && best.weight >= candidate.weight ? best : candidate),
    undefined,
  );
}

function raise({ dimensions, levers }: Plan, raised: AnsweredDimension, to: 1 | 2 | 3 | 4): Plan {
  const { code, answer } = raised;
  const gain = gainOf(dimensions, raised, to);
  return {
    dimensions: dimensions.map((each) => (each.code === code ? { ...each, answer: to } : each)),
    levers: [...levers, { kind: 'dimension', code, from: answer ?? 'unknown', to, gain }],
  };
}

/** Steps x weight x 100 / (4 x sum of weights answered); a first answer is not known yet, so it is sure of nothing. */
function gainOf(
  before: readonly AnsweredDimension[],
  { weight, answer }: AnsweredDimension,
  to: number,
): number {
  return typeof answer === 'number' ? ((to - answer) * weight * 100) / (4 * answeredWeight(before)) : 0;
}
