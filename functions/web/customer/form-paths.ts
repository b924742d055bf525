import type { Answers } from '../../domain/questionnaire/answers.ts';
import { endsForm } from '../../domain/questionnaire/answers.ts';
import type { Question, SectionId } from '../../domain/questionnaire/question.ts';
import { openFollowUp, placeOf } from '../../domain/questionnaire/question-order.ts';

/** Where a question leads once it is saved, for those who came by a link to change it; else on to the next question. */
export type ReturnTo = 'list' | 'section' | 'check';

const returns: readonly string[] = ['list', 'section', 'check'] satisfies readonly ReturnTo[];

function isReturn(value: string | undefined): value is ReturnTo {
  return value !== undefined && returns.includes(value);
}

export function returnToOf(value: string | undefined): ReturnTo | undefined {
  return isReturn(value) ? value : undefined;
}

export const taskList = '/questionnaire';
export const checkPath = '/questionnaire/check';

export function sectionPath(id: SectionId): string {
  return `/questionnaire/${id}`;
}

export function questionPath(id: Question['id'], returnTo?: ReturnTo): string {
  return `/questionnaire/${id}${returnTo === undefined ? '' : `?return=${returnTo}`}`;
}

function returnPath({ section }: Question, returnTo: ReturnTo): string {
  if (returnTo === 'list') return taskList;
  return returnTo === 'check' ? checkPath : sectionPath(section);
}

/** The page after a question was saved. A question that the answer has brought up comes first. */
export function pathAfter(question: Question, answers: Answers, returnTo: ReturnTo | undefined): string {
  if (endsForm(answers)) return checkPath;
  if (returnTo !== undefined) {
    const followUp = openFollowUp(question, answers);
    return followUp === undefined ? returnPath(question, returnTo) : questionPath(followUp, returnTo);
  }
  const next = placeOf(question, answers)?.next;
  return next === undefined ? sectionPath(question.section) : questionPath(next);
}

/** The page before a question. */
export function pathBefore(question: Question, answers: Answers, returnTo: ReturnTo | undefined): string {
  if (returnTo !== undefined) return returnPath(question, returnTo);
  const previous = placeOf(question, answers)?.previous;
  return previous === undefined ? taskList : questionPath(previous);
}
