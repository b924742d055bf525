import { questionsOf } from '../../domain/onboarding/own-questions.ts';
import type { Person } from '../../domain/onboarding/people.ts';
import type { Section } from '../../domain/questionnaire/question.ts';
import { sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { sectionTitle } from './question-page.ts';

const ofDeputy: Text = {
  fr: 'Vous pouvez tout faire à la place du contact principal : répondre à toutes les questions, envoyer le questionnaire, choisir la date, inviter des collègues, retirer la demande.',
  en: 'You can do everything in place of the main contact: answer all questions, submit the questionnaire, choose the date, invite colleagues, withdraw the request.',
};

const limits: Text = {
  fr: 'Rien d’autre ne vous est demandé : le contact principal relit l’ensemble, envoie le questionnaire et choisit la date. « Je ne sais pas » est une réponse acceptée.',
  en: 'Nothing else is asked of you: the main contact checks the whole, submits the questionnaire and chooses the date. “I don’t know” is an accepted answer.',
};

const dates: Text = {
  fr: 'Vous suivez aussi l’étape et les dates du dossier.',
  en: 'You also follow the stage and the dates of the onboarding.',
};

/** A section that someone answers whole goes by its title; of another one, its questions are named. */
function asked(view: View, section: Section, person: Person): Html | undefined {
  const own = questionsOf(person).filter((question) => question.section === section.id);
  if (own.length === 0) return undefined;
  const whole = section.questions.every(
    ({ id }) => id === 'E6' || own.some((question) => question.id === id),
  );
  const title = view.t(sectionTitle(section));
  if (whole) return html`<li>${title}</li>`;
  // Follow-ups come with the question above them.
  const named = own.filter(({ visibleIf }) => visibleIf === undefined);
  return html`<li>${title}${view.t({ fr: ', ces questions :', en: ', these questions:' })}
<ul>${named.map(({ label }) => html`<li>${view.t(label)}</li>`)}</ul></li>`;
}

/** What is asked of a person, by sections. */
export function askedOf(view: View, person: Person): Html {
  if (person.role === 'deputy') return html`<p>${view.t(ofDeputy)}</p>`;
  return html`<ul>${sections.flatMap((section) => asked(view, section, person) ?? [])}</ul>
<p>${view.t(limits)} ${view.t(dates)}</p>`;
}
