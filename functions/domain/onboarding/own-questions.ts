import { type Answers, endsForm } from '../questionnaire/answers.ts';
import { type Asked, unchangedQuestions } from '../questionnaire/asked-questions.ts';
import type { Question } from '../questionnaire/question.ts';
import { holdsAnswers, isVisible, questions } from '../questionnaire/questionnaire.ts';
import { type Acting, may, speaksForAll } from './people.ts';

/** The questions that someone answers, in the order of the form. */
export function questionsOf(acting: Acting): readonly Question[] {
  return questions.filter((question) => may(acting, { kind: 'answer', question }));
}

/** Of some answers, those to the questions that someone answers. */
export function answersFor(acting: Acting, answers: Answers): Answers {
  if (speaksForAll(acting)) return answers;
  const own = new Set<string>(questionsOf(acting).map(({ id }) => id));
  const seen = Object.fromEntries(Object.entries(answers).filter(([id]) => own.has(id)));
  return holdsAnswers(seen) ? seen : {};
}

/** Those of them that show, given the answers of all. */
export function shownTo(acting: Acting, answers: Answers): readonly Question[] {
  return questionsOf(acting).filter((question) => isVisible(question, answers));
}

/** Those of them that have no answer yet; none once the form has ended for everyone. */
export function leftTo(acting: Acting, answers: Answers): readonly Question[] {
  if (endsForm(answers)) return [];
  return shownTo(acting, answers).filter(({ id }) => answers[id] === undefined);
}

/** Those of them that are still awaited: without an answer, or asked again and the same as before. */
export function awaitedFrom(
  acting: Acting,
  asked: Asked,
  before: Answers,
  answers: Answers,
): readonly Question[] {
  const same = unchangedQuestions(asked, before, answers);
  return [
    ...leftTo(acting, answers),
    ...same.filter((question) => may(acting, { kind: 'answer', question })),
  ];
}
