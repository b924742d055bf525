import type { RequirementLevel } from '../classification/outcomes.ts';
import type { DimensionCode } from '../questionnaire/dimensions.ts';
import type { Text } from '../text.ts';
import { type AnsweredDimension, scoreOf } from './score.ts';

/** How ready a customer is to migrate, least ready first. UNKNOWN comes first: it allows no promise. */
export const tiers = ['UNKNOWN', 'NOT_READY', 'CONDITIONAL', 'READY'] as const;
export type Tier = (typeof tiers)[number];

export const tierLabels: Readonly<Record<Tier, Text>> = {
  UNKNOWN: { fr: 'Préparation inconnue', en: 'Readiness unknown' },
  NOT_READY: { fr: 'Pas prêt', en: 'Not ready' },
  CONDITIONAL: { fr: 'Prêt sous conditions', en: 'Conditionally ready' },
  READY: { fr: 'Prêt', en: 'Ready' },
};

/** Thresholds of the tiers. Policy of the operator, part of the rule set. */
export const tierPolicy = {
  /** Least coverage, in percent, for a tier other than UNKNOWN. */
  knownFrom: 70,
  /** Least score that is not NOT_READY. */
  conditionalFrom: 60,
  readyFrom: 80,
  /** Least answer to every answered dimension of a READY customer. */
  readyAnswer: 2,
} as const;

/** Dimensions without which no migration starts: 0 in one of them is NOT_READY. */
export const indispensable: readonly DimensionCode[] = ['D1', 'D2', 'D4'];

export function isIndispensableAtZero({ code, answer }: AnsweredDimension): boolean {
  return answer === 0 && indispensable.includes(code);
}

export function isBelowReady({ answer }: AnsweredDimension): boolean {
  return typeof answer === 'number' && answer < tierPolicy.readyAnswer;
}

export interface TierFacts {
  readonly dimensions: readonly AnsweredDimension[];
  readonly requirementLevel: RequirementLevel;
  /** Number of open conditions that block. */
  readonly blocking: number;
}

/** The readiness tier: the first rule that holds of UNKNOWN, NOT_READY, READY, CONDITIONAL. */
export function tierOf({ dimensions, requirementLevel, blocking }: TierFacts): Tier {
  const { score, coverage } = scoreOf(dimensions);
  if (score === null || coverage < tierPolicy.knownFrom || requirementLevel === 'UNDETERMINED')
    return 'UNKNOWN';
  if (score < tierPolicy.conditionalFrom || dimensions.some(isIndispensableAtZero)) return 'NOT_READY';
  const ready = score >= tierPolicy.readyFrom && !dimensions.some(isBelowReady) && blocking === 0;
  return ready ? 'READY' : 'CONDITIONAL';
}
