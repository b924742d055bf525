import { isFields } from '../input/read-input.ts';
import type { Answers } from './answers.ts';
import type { Question } from './question.ts';
import { questions } from './questionnaire.ts';

function saysUnknown(answer: unknown): boolean {
  if (Array.isArray(answer)) return answer.some(saysUnknown);
  return isFields(answer) ? Object.values(answer).some(saysUnknown) : answer === 'unknown';
}

/** The questions answered "I don't know", wholly or in part, in the order of the form. Contacts are no codes. */
export function answeredUnknown(answers: Answers): readonly Question[] {
  return questions.filter(({ id, input }) => input.kind !== 'contacts' && saysUnknown(answers[id]));
}
