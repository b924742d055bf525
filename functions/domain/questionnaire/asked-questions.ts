import type { Answers } from './answers.ts';
import type { Question, SectionId } from './question.ts';
import { isVisible, questions, sections } from './questionnaire.ts';
import { isSameAnswer } from './same-answer.ts';

/** Questions that an operator may ask again: all but the attestation, which every submission gives anew. */
export const askableQuestions: readonly Question[] = questions.filter(
  ({ input }) => input.kind !== 'attestation',
);

/** Questions and sections that an operator has asked a customer to answer again. */
export interface Asked {
  readonly questionsAsked?: readonly string[] | undefined;
  readonly sectionsAsked?: readonly string[] | undefined;
}

/** The questions asked again, in the order of the form; one that does not apply given the answers is left out. */
export function askedQuestions({ questionsAsked = [] }: Asked, answers: Answers): readonly Question[] {
  return askableQuestions.filter(
    (question) => questionsAsked.includes(question.id) && isVisible(question, answers),
  );
}

/** What is asked, in words: the questions, or the whole sections. */
export function askedInWords({ questionsAsked = [], sectionsAsked = [] }: Asked) {
  const named = sections.filter(({ id }) => sectionsAsked.includes(id));
  return [
    ...askableQuestions.filter(({ id }) => questionsAsked.includes(id)).map(({ label }) => label),
    ...named.map(({ id, title }) => sectionName(id, title)),
  ];
}

function sectionName(id: SectionId, { fr, en }: Question['label']): Question['label'] {
  return { fr: `Partie ${id} : ${fr}`, en: `Section ${id}: ${en}` };
}

/** The questions asked again whose answer is still the one that was in force. Without an answer there is nothing to confirm. */
export function unchangedQuestions(asked: Asked, before: Answers, answers: Answers): readonly Question[] {
  return askedQuestions(asked, answers).filter(
    ({ id }) => answers[id] !== undefined && isSameAnswer(id, before[id], answers[id]),
  );
}
