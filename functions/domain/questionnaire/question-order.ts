import { type Answers, endsForm, type QuestionId } from './answers.ts';
import type { Question, SectionId } from './question.ts';
import { questionsIn, visibleQuestions } from './questionnaire.ts';

/** The questions of a section that show, in order, without the attestation. */
export function askedIn(section: SectionId, answers: Answers): readonly Question[] {
  const own = questionsIn(section);
  return visibleQuestions(answers).filter(({ id }) => own.includes(id));
}

/** Where a question is among those of its section that show. */
export interface QuestionPlace {
  /** From 1. */
  readonly number: number;
  readonly total: number;
  readonly previous: QuestionId | undefined;
  readonly next: QuestionId | undefined;
}

/** @returns undefined for a question that does not show. */
export function placeOf({ id, section }: Question, answers: Answers): QuestionPlace | undefined {
  const asked = askedIn(section, answers).map((question) => question.id);
  const index = asked.indexOf(id);
  if (index === -1) return undefined;
  return { number: index + 1, total: asked.length, previous: asked[index - 1], next: asked[index + 1] };
}

/** The question that an answer has brought up and that has no answer yet; none once the form has ended. */
export function openFollowUp({ id, section }: Question, answers: Answers): QuestionId | undefined {
  if (endsForm(answers)) return undefined;
  return askedIn(section, answers).find(
    (question) => question.visibleIf?.question === id && answers[question.id] === undefined,
  )?.id;
}
