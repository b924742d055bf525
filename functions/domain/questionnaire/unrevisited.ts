import type { FieldProblem } from '../input/field-problem.ts';
import { fieldProblem } from '../input/problem-texts.ts';
import type { Answers } from './answers.ts';
import { type Asked, unchangedQuestions } from './asked-questions.ts';

/** A problem at each question asked again that was neither answered anew nor confirmed. */
export function unrevisited(
  asked: Asked,
  before: Answers,
  answers: Answers,
  confirmed: readonly string[],
): readonly FieldProblem[] {
  return unchangedQuestions(asked, before, answers)
    .filter(({ id }) => !confirmed.includes(id))
    .map(({ id, label }) => fieldProblem(id, label, 'not_revisited'));
}
