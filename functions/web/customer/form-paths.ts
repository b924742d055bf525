import type { Answers } from '../../domain/questionnaire/answers.ts';
import { endsForm } from '../../domain/questionnaire/answers.ts';
import type { Question, SectionId } from '../../domain/questionnaire/question.ts';
import { openFollowUp, placeOf } from '../../domain/questionnaire/question-order.ts';
import type { View } from '../shared/layout/view.ts';

/** Where a question leads once it is saved, for those who came by a link to change it; else on to the next question. */
export type ReturnTo = 'list' | 'section' | 'check';

const returns: readonly string[] = ['list', 'section', 'check'] satisfies readonly ReturnTo[];

function isReturn(value: string | undefined): value is ReturnTo {
  return value !== undefined && returns.includes(value);
}

export function returnToOf(value: string | undefined): ReturnTo | undefined {
  return isReturn(value) ? value : undefined;
}

/** Where the pages of the form are for whoever opens them. */
export type FormRoot = Pick<View, 'formRoot'>;

export function taskListPath({ formRoot }: FormRoot): string {
  return formRoot;
}

export function checkPath({ formRoot }: FormRoot): string {
  return `${formRoot}/check`;
}

export function sectionPath({ formRoot }: FormRoot, id: SectionId): string {
  return `${formRoot}/${id}`;
}

export function questionPath({ formRoot }: FormRoot, id: Question['id'], returnTo?: ReturnTo): string {
  return `${formRoot}/${id}${returnTo === undefined ? '' : `?return=${returnTo}`}`;
}

function returnPath(root: FormRoot, { section }: Question, returnTo: ReturnTo): string {
  if (returnTo === 'list') return taskListPath(root);
  return returnTo === 'check' ? checkPath(root) : sectionPath(root, section);
}

/** The page after a question was saved. A question that the answer has brought up comes first. */
export function pathAfter(
  root: FormRoot,
  question: Question,
  answers: Answers,
  returnTo: ReturnTo | undefined,
): string {
  if (endsForm(answers)) return checkPath(root);
  if (returnTo !== undefined) {
    const followUp = openFollowUp(question, answers);
    return followUp === undefined
      ? returnPath(root, question, returnTo)
      : questionPath(root, followUp, returnTo);
  }
  const next = placeOf(question, answers)?.next;
  return next === undefined ? sectionPath(root, question.section) : questionPath(root, next);
}

/** The page before a question. */
export function pathBefore(
  root: FormRoot,
  question: Question,
  answers: Answers,
  returnTo: ReturnTo | undefined,
): string {
  if (returnTo !== undefined) return returnPath(root, question, returnTo);
  const previous = placeOf(question, answers)?.previous;
  return previous === undefined ? taskListPath(root) : questionPath(root, previous);
}
