import { DecisionRefusedError } from '../../errors.ts';
import { shownFieldName } from '../../input/problem-texts.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import { askedQuestions } from '../../questionnaire/asked-questions.ts';
import { sections } from '../../questionnaire/questionnaire.ts';
import { nothingAsked } from '../asked-again.ts';
import type { Change } from '../change.ts';

/** What an operator asks a customer with `ask_customer`. */
export interface AskedOfCustomer {
  /** Questions to answer again, and what to tell the customer about them. */
  readonly questions?: readonly string[] | undefined;
  readonly message?: string | undefined;
  /** As in the release before: whole sections to complete. */
  readonly sections?: readonly string[] | undefined;
}

/** Each question once; every one must apply to the customer. */
function questionsToAsk(wanted: readonly string[], answers: Answers): readonly string[] {
  const questionsAsked = [...new Set(wanted)];
  const known = askedQuestions({ questionsAsked }, answers).map(({ id }): string => id);
  const hidden = questionsAsked.filter((id) => !known.includes(id)).map(shownFieldName);
  if (hidden.length === 0) return questionsAsked;
  throw new DecisionRefusedError({
    fr: `Ces questions ne se posent pas à ce client : ${hidden.join(', ')}. Retirez-les de « questions ».`,
    en: `These questions do not apply to this customer: ${hidden.join(', ')}. Remove them from "questions".`,
  });
}

function sectionsToAsk(wanted: readonly string[]): readonly string[] {
  const known = new Set<string>(sections.map(({ id }) => id));
  if (wanted.length > 0 && wanted.every((section) => known.has(section))) return wanted;
  throw new DecisionRefusedError({
    fr: 'Indiquez dans « questions » les questions à revoir, et dans « message » ce que le client doit savoir.',
    en: 'List the questions to answer again in "questions", and say in "message" what the customer needs to know.',
  });
}

/**
 * What an operator asks a customer to answer again. The message has an item of its own: it is typed by a person, so
 * neither the history nor a mail repeats it, and an erasure finds it.
 *
 * @throws DecisionRefusedError when nothing is asked, or a question that does not apply.
 */
export function requestToCustomer(
  { questions, message = '', sections: whole = [] }: AskedOfCustomer,
  answers: Answers,
  at: Date,
): Pick<Change, 'set' | 'effects'> {
  const asked =
    questions === undefined || questions.length === 0
      ? { sectionsAsked: sectionsToAsk(whole) }
      : { questionsAsked: questionsToAsk(questions, answers) };
  const request = { questions: questions ?? [], message, at: at.toISOString() };
  return { set: { ...nothingAsked, ...asked }, effects: [{ kind: 'put_request', request }] };
}
