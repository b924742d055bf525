import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Question, Section } from '../../domain/questionnaire/question.ts';
import { questions, sections } from '../../domain/questionnaire/questionnaire.ts';
import { banner, form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { answerText } from './answer-text.ts';
import { attestationBanner } from './attestation-banner.ts';
import { checkWords } from './check-words.ts';
import { correctionIsOpen } from './correction-notice.ts';
import {
  type Dossier,
  hasEnded,
  isDone,
  mayBeSubmitted,
  questionsToRevisit,
  sectionStates,
} from './dossier.ts';
import { checkPath, questionPath, sectionPath, taskListPath } from './form-paths.ts';
import { sectionTitle } from './question-page.ts';
import { savedLine } from './saved-line.ts';
import { questionsShown, sectionAnswers, sectionOf } from './section-check.ts';

/** The attestation; the help of its question is the attested text. */
export const attestation = 'E6';

interface Shown {
  readonly dossier: Dossier;
  readonly platform: PlatformConfiguration;
  /** Questions whose answer the customer has confirmed, in a form that comes back. */
  readonly confirmed?: readonly string[];
  /** What the language switch has sent: whoever attests has read what the page showed before. */
  readonly attesting?: { readonly ticked: boolean; readonly version: string };
  /** What ends the page once nothing is missing; attestation and submission without it. */
  readonly ending?: Html;
}

function sectionSummary(view: View, section: Section, shown: Shown, reference: string): Html {
  if (questionsShown(section, shown.dossier).length === 0) return nothing;
  return html`<h2>${view.t(sectionTitle(section))}</h2>${sectionAnswers(view, section, 'check', { ...shown, reference })}`;
}

function missingLinks(view: View, shown: Shown, now: Snapshot): Html {
  const states = sectionStates(shown.dossier, now).filter(({ missing }) => missing.length > 0);
  const count = states.reduce((sum, { missing }) => sum + missing.length, 0);
  return banner(
    view,
    view.t({
      fr: `Réponses manquantes avant l’envoi : ${count}.`,
      en: `Answers still needed before you can submit: ${count}.`,
    }),
    'plain',
    html`<ul>${states.map(({ id, missing }) => {
      const name = view.t(sectionTitle(sectionOf(id)));
      return html`<li><a href="${view.href(missing[0] === undefined ? sectionPath(view, id) : questionPath(view, missing[0]))}">${name}</a> (${missing.length})</li>`;
    })}</ul>`,
  );
}

/** Sections that are answered, and that no one has said to be completed: a colleague may still be at work there. */
function openSections(view: View, { dossier }: Shown, now: Snapshot): Html {
  const open = sectionStates(dossier, now).filter((state) => state.missing.length === 0 && !isDone(state));
  if (open.length === 0) return nothing;
  const names = open.map(
    ({ id }) =>
      html`<li><a href="${view.href(sectionPath(view, id))}">${view.t(sectionTitle(sectionOf(id)))}</a></li>`,
  );
  return html`<p>${view.t({
    fr: 'Personne n’a encore indiqué que ces parties sont terminées ; vous pouvez envoyer le questionnaire quand même :',
    en: 'No one has said yet that these sections are completed; you can submit the questionnaire all the same:',
  })}</p><ul>${names}</ul>`;
}

/** The name of the field that confirms the answer to a question asked again. */
export function confirmationOf({ id }: Pick<Question, 'id'>): string {
  return `confirmed.${id}`;
}

/** The answers asked for again that are unchanged: each is confirmed, or changed by the link beside it. */
export function confirmations(view: View, now: Snapshot, shown: Shown, problems: readonly Problem[]): Html {
  const { dossier, platform, confirmed = [] } = shown;
  const unchanged = questionsToRevisit(dossier, now.state).filter(({ changed }) => !changed);
  if (unchanged.length === 0) return nothing;
  const words = checkWords(view);
  return html`<p>${view.t(words.toConfirm)}</p>
${unchanged.map(({ question }) => {
  const { id, label } = question;
  const name = confirmationOf(question);
  return html`${checkboxes(view, {
    name,
    label,
    choices: [{ value: 'yes', label: words.confirmed }],
    values: confirmed.includes(id) ? ['yes'] : [],
    problem: problemOf(problems, name),
  })}
<p>${answerText(view, question, dossier.answers, platform.sites) ?? nothing} – <a href="${view.href(questionPath(view, id, 'check'))}">${view.t({ fr: 'Modifier', en: 'Change' })}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${view.t(label)}</span></a></p>`;
})}`;
}

function submission(view: View, now: Snapshot, shown: Shown, problems: readonly Problem[]): Html {
  const { dossier, attesting = { ticked: false, version: dossier.tag } } = shown;
  const question = questions.find(({ id }) => id === attestation);
  if (question === undefined) return nothing;
  return html`<h2 id="submit">${view.t({ fr: 'Envoyer', en: 'Submit' })}</h2>
${form(view, {
  kept: true,
  action: checkPath(view),
  content: html`<input type="hidden" name="version" value="${attesting.version}">${confirmations(view, now, shown, problems)}${checkboxes(
    view,
    {
      name: attestation,
      label: question.label,
      choices: [{ value: 'yes', label: question.help }],
      values: attesting.ticked ? ['yes'] : [],
      problem: problemOf(problems, attestation),
    },
  )}`,
  buttons: [{ label: { fr: 'Envoyer nos réponses', en: 'Submit our answers' } }],
})}`;
}

/** All answers, with a link to change each of them; attestation and submission once nothing is missing. */
export function checkPage(view: View, now: Snapshot, shown: Shown, problems: readonly Problem[] = []): Page {
  const { dossier } = shown;
  const over = hasEnded(dossier);
  const ready = mayBeSubmitted(dossier, now);
  const { title, ended, toSubmission } = checkWords(view);
  return {
    title,
    ...(ready ? { problems } : {}),
    back: {
      path: taskListPath(view),
      label: { fr: 'Retour au questionnaire', en: 'Back to the questionnaire' },
    },
    body: html`${savedLine(view, { ...dossier, reference: now.state.reference })}<h1>${view.t(title)}</h1>
${now.correction?.status === 'open' ? html`<p>${view.t(correctionIsOpen(now.correction, now.state.territory))}</p>` : nothing}
${attestationBanner(view, now)}${over ? banner(view, html`${view.t(ended)} ${mailLink(view.contact)}`) : nothing}
${ready ? html`<p>${view.t({ fr: 'Vous pouvez encore modifier chaque réponse.', en: 'You can still change every answer.' })} <a href="#submit">${view.t(toSubmission)}</a></p>` : missingLinks(view, shown, now)}
${ready && !over ? openSections(view, shown, now) : nothing}
${sections.map((section) => sectionSummary(view, section, shown, now.state.reference))}
${ready ? (shown.ending ?? submission(view, now, shown, problems)) : nothing}`,
  };
}
