import type { CalendarDate } from '../calendar-date.ts';
import type { ServiceCode } from '../platform-configuration.ts';
import type { QuestionId } from '../questionnaire/answers.ts';
import type { Text } from '../text.ts';
import type { RuleId } from './rule-texts.ts';

/** May the organisation become a customer? A refusal is a suggestion until an operator confirms it. Strongest first. */
export const eligibilities = ['NOT_ELIGIBLE', 'MANUAL_REVIEW', 'ELIGIBLE'] as const;
export type Eligibility = (typeof eligibilities)[number];

/** Must the organisation use a qualified cloud? Strongest first. */
export const requirementLevels = ['MANDATORY', 'UNDETERMINED', 'RECOMMENDED', 'NOT_REQUIRED'] as const;
export type RequirementLevel = (typeof requirementLevels)[number];

export const conditionCodes = [
  'SENSITIVITY_ANALYSIS_MISSING',
  'DPIA_MISSING',
  'EXIT_PLAN_REQUIRED',
  'DEROGATION_MISSING',
  'DR_PATH',
  'SERVICE_NOT_YET_AVAILABLE',
  'REGISTRY_UNVERIFIED',
  'CLARIFICATION_NEEDED',
  'DEROGATION_DEADLINE',
  'DORA_ANNEX',
  'HDS_REQUIRED',
] as const;
export type ConditionCode = (typeof conditionCodes)[number];

export function isConditionCode(code: string): code is ConditionCode {
  return conditionCodes.some((known) => known === code);
}

/** Conditions that carry no data. */
export type PlainConditionCode = Exclude<
  ConditionCode,
  'SERVICE_NOT_YET_AVAILABLE' | 'CLARIFICATION_NEEDED' | 'DEROGATION_DEADLINE'
>;

/** A requirement to respect or clear; plain JSON. */
export type Condition = (
  | { readonly code: PlainConditionCode }
  /** Without a date while the customer does not know it. */
  | { readonly code: 'DEROGATION_DEADLINE'; readonly date?: CalendarDate }
  | {
      readonly code: 'SERVICE_NOT_YET_AVAILABLE';
      readonly services: readonly ServiceCode[];
      readonly date: CalendarDate;
    }
  | { readonly code: 'CLARIFICATION_NEEDED'; readonly ids: readonly QuestionId[] }
) & {
  /** Present once cleared: the condition no longer blocks the customer, but remains true. */
  readonly cleared?: true;
};

/** Outcome that a rule brings about; a requirement level is "at least this one". */
export type Effect =
  | { readonly kind: 'eligibility'; readonly value: Eligibility }
  | { readonly kind: 'requirementLevel'; readonly value: RequirementLevel }
  | { readonly kind: 'condition'; readonly value: Condition };

/** One effect of one rule that holds, whether or not another rule's effect is stronger. */
export interface Reason {
  readonly rule: RuleId;
  readonly effect: Eligibility | RequirementLevel | ConditionCode;
  readonly legalReference: string;
}

export const eligibilityLabels: Readonly<Record<Eligibility, Text>> = {
  ELIGIBLE: { fr: 'Éligible', en: 'Eligible' },
  MANUAL_REVIEW: { fr: 'À examiner par un opérateur', en: 'To be reviewed by an operator' },
  NOT_ELIGIBLE: {
    fr: 'Refus suggéré, à confirmer par un opérateur',
    en: 'Refusal suggested, to be confirmed by an operator',
  },
};

export const requirementLevelLabels: Readonly<Record<RequirementLevel, Text>> = {
  MANDATORY: { fr: 'Hébergement qualifié obligatoire', en: 'Qualified hosting mandatory' },
  UNDETERMINED: { fr: 'Obligation encore indéterminée', en: 'Obligation not determined yet' },
  RECOMMENDED: {
    fr: 'Hébergement qualifié recommandé : aucun texte ne vous y oblige',
    en: 'Qualified hosting recommended: no law requires it of you',
  },
  NOT_REQUIRED: { fr: 'Hébergement qualifié non requis', en: 'Qualified hosting not required' },
};

/** The stronger of two outcomes on a scale written strongest first. */
export function stronger<Outcome extends string>(
  scale: readonly Outcome[],
  one: Outcome,
  other: Outcome,
): Outcome {
  return scale.indexOf(one) <= scale.indexOf(other) ? one : other;
}

const acceptedAfterReview: Text = {
  fr: 'Éligible, après examen par un opérateur',
  en: 'Eligible, after review by an operator',
};

/**
 * Eligibility in words after review: a doubt or a suggested refusal no longer counts once operators have settled all
 * of its rules.
 */
export function eligibilityText(
  { eligibility, reasons }: { readonly eligibility: Eligibility; readonly reasons: readonly Reason[] },
  settledRules: readonly string[],
): Text {
  const open = reasons.some(
    ({ rule, effect }) =>
      (effect === 'MANUAL_REVIEW' || effect === 'NOT_ELIGIBLE') && !settledRules.includes(rule),
  );
  return eligibility !== 'ELIGIBLE' && !open ? acceptedAfterReview : eligibilityLabels[eligibility];
}
