import type { Answers, DimensionAnswer } from '../questionnaire/answers.ts';
import { type DimensionCode, dimensions } from '../questionnaire/dimensions.ts';

/** One dimension with its answer; null without an answer. */
export interface AnsweredDimension {
  readonly code: DimensionCode;
  readonly name: string;
  readonly weight: number;
  readonly answer: DimensionAnswer | null;
}

export interface Score {
  /** 0-100, one decimal; null when no dimension is answered 0-4. */
  readonly score: number | null;
  /** Share of the weight that applies and is answered 0-4, in percent, one decimal. */
  readonly coverage: number;
}

export function answeredDimensions(answers: Answers): readonly AnsweredDimension[] {
  return dimensions.map((dimension) => ({ ...dimension, answer: answers[dimension.code] ?? null }));
}

/** Sum of the weights of dimensions answered 0-4. */
export function answeredWeight(answered: readonly AnsweredDimension[]): number {
  return answered.reduce((sum, { weight, answer }) => sum + (typeof answer === 'number' ? weight : 0), 0);
}

/**
 * Score 100 x sum(weight x answer) / (4 x sum(weight)) over dimensions answered 0-4, and coverage over dimensions
 * that apply. Both rounded half up to one decimal, by whole numbers throughout.
 */
export function scoreOf(answered: readonly AnsweredDimension[]): Score {
  const weight = answeredWeight(answered);
  const points = answered.reduce(
    (sum, { weight, answer }) => sum + (typeof answer === 'number' ? weight * answer : 0),
    0,
  );
  const applying = answered.reduce((sum, { weight, answer }) => sum + (answer === 'na' ? 0 : weight), 0);
  return {
    score: weight === 0 ? null : percentage(points, 4 * weight),
    coverage: applying === 0 ? 0 : percentage(weight, applying),
  };
}

/** 100 x part / whole, half up to one decimal: floor(1000 x part / whole + 1/2) tenths. */
function percentage(part: number, whole: number): number {
  return Math.floor((2000 * part + whole) / (2 * whole)) / 10;
}
