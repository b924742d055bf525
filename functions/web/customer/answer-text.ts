import type { Site } from '../../domain/platform-configuration.ts';
import { answerLines } from '../../domain/questionnaire/answer-words.ts';
import type { Answers } from '../../domain/questionnaire/answers.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { typeset } from '../../domain/text.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

function setLines(view: View, { input }: Question, value: unknown, sites: readonly Site[]) {
  return answerLines(view, input, value, sites).map((line) => typeset(line, view.language));
}

/** An answer in words, on one line. */
export function answerLine(view: View, question: Question, value: unknown, sites: readonly Site[]): string {
  if (value === undefined) return view.t({ fr: 'pas de réponse', en: 'no answer' });
  return setLines(view, question, value, sites).join(view.t({ fr: ' ; ', en: '; ' }));
}

/** An answer in words; undefined when there is none. */
export function answerText(
  view: View,
  question: Question,
  answers: Answers,
  sites: readonly Site[],
): Html | undefined {
  const value = answers[question.id];
  if (value === undefined) return undefined;
  const lines = setLines(view, question, value, sites);
  return html`${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}`;
}
