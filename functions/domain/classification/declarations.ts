import type { FieldProblem } from '../input/field-problem.ts';
import { isFields } from '../input/read-input.ts';
import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import { findQuestion, questions } from '../questionnaire/questionnaire.ts';
import { validateQuestions } from '../questionnaire/validate-answers.ts';
import type { Text } from '../text.ts';
import { conditionLife } from './conditions.ts';
import { holdsAny } from './facts.ts';
import type { Condition, ConditionCode } from './outcomes.ts';

/** The questions that a clarified answer makes visible: they are asked with it. */
const askedWith: Readonly<Partial<Record<QuestionId, QuestionId>>> = { A6: 'A6b', B9: 'B9b' };

const cleared: Readonly<Partial<Record<ConditionCode, QuestionId>>> = {
  SENSITIVITY_ANALYSIS_MISSING: 'B7',
  DPIA_MISSING: 'B11',
  DEROGATION_MISSING: 'B8',
};

/** The questions whose answers clear a condition; none for a condition that no answer clears. */
export function questionsToDeclare(condition: Condition): readonly QuestionId[] {
  if (condition.code === 'CLARIFICATION_NEEDED') return condition.ids;
  const question = cleared[condition.code];
  return question === undefined ? [] : [question];
}

/** The same questions, each followed by the one that its answer may make visible. */
export function questionsAsked(ids: readonly QuestionId[]): readonly QuestionId[] {
  return ids.flatMap((id) => [id, ...(askedWith[id] === undefined ? [] : [askedWith[id]])]);
}

const doesNotClear: Text = {
  fr: 'cette réponse ne lève pas la condition ; déclarez-la une fois le point réglé.',
  en: 'this answer does not clear the condition; declare it once the matter is settled.',
};

function notCleared(id: QuestionId): FieldProblem {
  const label = findQuestion(id)?.label ?? { fr: id, en: id };
  const message = { fr: `${label.fr} : ${doesNotClear.fr}`, en: `${label.en}: ${doesNotClear.en}` };
  return { field: id, code: 'does_not_clear', message };
}

/** "I don't know" clears nothing, and neither does an answer on which the condition still holds. */
function clears({ code }: Condition, id: QuestionId, answers: Answers): boolean {
  const value = answers[id];
  const given = id === 'B7' || id === 'B8' ? answers[id]?.answer : value;
  const said = typeof given === 'string' || Array.isArray(given) ? given : undefined;
  if (said === undefined || holdsAny(said, ['unknown'])) return false;
  return conditionLife(code).settledBy?.(answers) ?? true;
}

export interface DeclarationOptions {
  /** The answers that the declaration is laid over. */
  readonly existing: Answers;
  readonly sites: readonly string[];
}

export type ReadDeclaration = { readonly answers: Answers } | { readonly problems: readonly FieldProblem[] };

/**
 * Reads the answers that a customer declares to clear a condition: just its questions, validated as in the form. Of
 * several questions to clarify some may be left for later; those that are given must be answered.
 */
export function readDeclaration(
  condition: Condition,
  given: unknown,
  { existing, sites }: DeclarationOptions,
): ReadDeclaration {
  const ids = questionsToDeclare(condition);
  const some = isFields(given) ? ids.filter((id) => Object.hasOwn(given, id)) : [];
  const asked = questionsAsked(some.length > 0 ? some : ids);
  const validated = validateQuestions(asked, given, existing, { complete: true, sites });
  if ('problems' in validated) return validated;
  const merged = validated.answers;
  const answers = { ...merged };
  for (const { id } of questions) if (!asked.includes(id)) delete answers[id];
  const problems = (some.length > 0 ? some : ids)
    .filter((id) => !clears(condition, id, merged))
    .map((id) => notCleared(id));
  return problems.length > 0 ? { problems } : { answers };
}
