import { holdsAny, undeterminedBy } from '../classification/facts.ts';
import type { RuleId } from '../classification/rule-texts.ts';
import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import type { Assessment } from './assessment.ts';
import { tierPolicy } from './tier.ts';

/**
 * The questions whose answers can bring about a review, by the rule that asks for it. An undetermined requirement level
 * has its own.
 */
const questionsOfRules: Readonly<Partial<Record<RuleId, readonly QuestionId[]>>> = {
  R01: ['B1'],
  R04: ['B2'],
  R05: ['A4', 'B3'],
  R10b: ['B8'],
  R11: ['B10'],
  R17b: ['B12'],
  R22: ['A7'],
};

function isLeftOpen(answers: Answers, id: QuestionId): boolean {
  const answer = answers[id];
  if (typeof answer === 'string' || Array.isArray(answer)) {
    return holdsAny(answer, ['unknown', 'discuss_offline']);
  }
  return id === 'B8' && answers.B8?.answer === 'unknown';
}

/** Why an operator has to look: the questions that were left open, and those whose answer is known. */
export interface ReviewQuestions {
  readonly leftOpen: readonly QuestionId[];
  readonly answered: readonly QuestionId[];
}

/**
 * The questions that have caused a readiness review, and with them every other question left open. Rules that an operator
 * has settled cause none.
 */
export function reviewQuestions(
  answers: Answers,
  { reasons, readiness, requirementLevel, conditions }: Assessment,
  settledRules: readonly string[],
): ReviewQuestions {
  const rules = reasons.filter(
    ({ rule, effect }) => effect === 'MANUAL_REVIEW' && !settledRules.includes(rule),
  );
  const causes = rules.flatMap(({ rule }) => questionsOfRules[rule] ?? []);
  const unknown = readiness.dimensions.filter(({ answer }) => answer === 'unknown').map(({ code }) => code);
  const open = new Set<QuestionId>([
    ...(requirementLevel === 'UNDETERMINED' ? undeterminedBy(answers) : []),
    ...causes.filter((id) => isLeftOpen(answers, id)),
    ...(readiness.coverage < tierPolicy.knownFrom ? unknown : []),
    ...conditions.flatMap((condition) =>
      condition.code === 'CLARIFICATION_NEEDED' && condition.cleared !== true ? condition.ids : [],
    ),
  ]);
  return {
    leftOpen: [...open],
    answered: [...new Set(causes)].filter((id) => decides(answers, id) && !open.has(id)),
  };
}

/** R05 holds for either of two questions: an answer of "no" is not what it is about. */
function decides({ A4, B3 }: Answers, id: QuestionId): boolean {
  if (id === 'A4') return A4 === 'discuss_offline';
  return id !== 'B3' || B3 !== 'no';
}
