import type { QuestionsToAsk } from '../../application/questions-to-ask.ts';
import { longestReason } from '../../domain/input/problem-texts.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { AskedOfCustomer } from '../../domain/onboarding/transitions/ask-customer.ts';
import { findQuestion, sections } from '../../domain/questionnaire/questionnaire.ts';
import { formatNumber, type Text } from '../../domain/text.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes, paragraphField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { readReason } from '../shared/staff/reason.ts';

const messageLabel: Text = { fr: 'Message au client', en: 'Message to the customer' };
const questionsLabel: Text = { fr: 'Questions à revoir', en: 'Questions to answer again' };

const onlyThen: Text = {
  fr: 'Uniquement pour « Interroger le client »',
  en: 'Only for “Ask the customer”',
};

function named(id: string): Text {
  const label = findQuestion(id)?.label ?? { fr: '', en: '' };
  return { fr: `${id} – ${label.fr}`, en: `${id} – ${label.en}` };
}

function listOf(view: View, title: Text, ids: readonly string[]): Html {
  if (ids.length === 0) return nothing;
  return html`<h2>${view.t(title)}</h2>
<ul>${ids.map((id) => html`<li>${view.t(named(id))}</li>`)}</ul>`;
}

/** The questions behind the review, by name: the customer's answers are not shown. */
export function reviewQuestionLists(
  view: View,
  { questionsAsked = [] }: Pick<OnboardingState, 'questionsAsked'>,
  { leftOpen, answered }: QuestionsToAsk,
): Html {
  return html`${listOf(
    view,
    {
      fr: 'Questions posées au client, sans nouvelle réponse',
      en: 'Questions put to the customer, not answered again',
    },
    questionsAsked,
  )}${listOf(view, { fr: 'Questions restées sans réponse', en: 'Unanswered questions' }, leftOpen)}${listOf(
    view,
    { fr: 'Autres questions à l’origine de la revue', en: 'Other questions behind the review' },
    answered,
  )}`;
}

interface Filled {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

/** Which questions the customer is asked again, those behind the review ticked beforehand, and what it is told. */
export function askCustomerFields(
  view: View,
  { questionsAsked = [] }: Pick<OnboardingState, 'questionsAsked'>,
  { askable, leftOpen }: QuestionsToAsk,
  { fields, problems }: Filled,
): Html {
  return html`${checkboxes(view, {
    name: 'questions',
    label: questionsLabel,
    hint: onlyThen,
    choices: askable.map(({ id }) => ({ value: id, label: named(id) })),
    values: fields?.all('questions') ?? [...questionsAsked, ...leftOpen],
    problem: problemOf(problems, 'questions'),
  })}${paragraphField(view, {
    name: 'message',
    label: messageLabel,
    hint: {
      fr: `${onlyThen.fr}. Texte simple de ${formatNumber(longestReason, 'fr')} caractères au plus, que le client lit sur sa page ; le courriel ne nomme que les questions. N’écrivez ni information classifiée ou protégée, ni réponse du client, ni donnée personnelle.`,
      en: `${onlyThen.en}. Plain text of at most ${formatNumber(longestReason, 'en')} characters, which the customer reads on its page; the email names the questions only. Do not write classified or protected information, answers of the customer or personal data.`,
    },
    value: fields?.get('message'),
    problem: problemOf(problems, 'message'),
  })}`;
}

/** Reads what is asked from the form of the decision; one opened in the release before names sections, without a message. */
export function readAsked(
  fields: FormFields,
  { askable }: QuestionsToAsk,
): { readonly value: AskedOfCustomer } | { readonly problems: readonly Problem[] } {
  const whole = fields.all('sections').filter((id) => sections.some((section) => section.id === id));
  if (whole.length > 0) return { value: { sections: whole } };
  const questions = fields.all('questions').filter((id) => askable.some((question) => question.id === id));
  const message = readReason(fields, 'message', messageLabel);
  const problems: Problem[] = [];
  if (questions.length === 0) {
    problems.push({
      field: 'questions',
      message: {
        fr: `${questionsLabel.fr} : cochez au moins une question.`,
        en: `${questionsLabel.en}: tick at least one question.`,
      },
    });
  }
  if ('problems' in message) return { problems: [...problems, ...message.problems] };
  return problems.length > 0 ? { problems } : { value: { questions, message: message.value } };
}
