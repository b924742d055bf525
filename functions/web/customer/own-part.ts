import { leftTo, shownTo } from '../../domain/onboarding/own-questions.ts';
import { type Acting, speaksForAll } from '../../domain/onboarding/people.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Answers } from '../../domain/questionnaire/answers.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { type SectionStatus, sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebMiddleware } from '../shared/http/web-app.ts';
import { banner, linkButton, type Pair, summaryList, type Tone, tag } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf } from '../shared/session/access.ts';
import { senderText } from './answer-conflicts.ts';
import { answerText } from './answer-text.ts';
import { beforeLine } from './before.ts';
import { type Dossier, dossierOf } from './dossier.ts';
import { type FormRoot, questionPath, taskListPath } from './form-paths.ts';
import { sectionTitle } from './question-page.ts';
import { savedLine } from './saved-line.ts';
import { noAnswer } from './section-check.ts';

interface Shown {
  readonly dossier: Dossier;
  readonly platform: PlatformConfiguration;
  readonly reference: string;
}

const statuses: Readonly<Record<SectionStatus, { readonly label: Text; readonly tone: Tone }>> = {
  not_started: { label: { fr: 'À commencer', en: 'Not yet started' }, tone: 'plain' },
  in_progress: { label: { fr: 'En cours', en: 'In progress' }, tone: 'plain' },
  complete: { label: { fr: 'Complète', en: 'Completed' }, tone: 'good' },
};

const title: Text = { fr: 'Votre partie du questionnaire', en: 'Your part of the questionnaire' };

/** The next question of someone that has no answer; the list of them once all have. */
export function ownPathAfter(root: FormRoot, acting: Acting, { id }: Question, answers: Answers): string {
  const left = new Set(leftTo(acting, answers));
  const own = shownTo(acting, answers);
  const next = own.slice(own.findIndex((question) => question.id === id) + 1).find((each) => left.has(each));
  return next === undefined ? taskListPath(root) : questionPath(root, next.id);
}

function row(view: View, question: Question, { dossier, platform, reference }: Shown): Pair {
  const { id, label } = question;
  const path = questionPath(view, id);
  const text = answerText(view, question, dossier.answers, platform.sites);
  if (text === undefined) {
    return {
      key: label,
      value: noAnswer(view, dossier, id),
      action: { path, label: { fr: 'Répondre', en: 'Answer' } },
    };
  }
  const { at, by } = dossier.origin(id);
  const saved =
    at === undefined || by === undefined
      ? nothing
      : html`<br><span class="soft">${view.t({ fr: 'Enregistré le', en: 'Saved on' })} ${instantText(view, at)}, ${view.t(senderText(by, reference, dossier.nameOf))}</span>`;
  return {
    key: label,
    value: html`${text}${saved}`,
    action: { path, label: { fr: 'Modifier', en: 'Change' } },
  };
}

function progress(view: View, left: readonly Question[]): Html {
  const [first] = left;
  if (first === undefined) {
    const done = view.t({
      fr: 'Votre partie est complète. Le contact principal de votre organisme relit l’ensemble et envoie le questionnaire ; vous pouvez encore modifier vos réponses jusque-là.',
      en: 'Your part is complete. Your organisation’s main contact checks the whole and submits the questionnaire; you can still change your answers until then.',
    });
    return banner(view, done);
  }
  const count = left.length;
  return html`<p><strong>${view.t(
    count === 1
      ? { fr: 'Il vous reste une question.', en: 'You have one question left.' }
      : { fr: `Il vous reste ${count} questions.`, en: `You have ${count} questions left.` },
  )}</strong></p>
<p>${linkButton(view, questionPath(view, first.id), { fr: 'Continuer', en: 'Continue' })}</p>`;
}

/** How far the others are, without their answers. */
function others(view: View, dossier: Dossier, own: readonly Question[]): Html {
  const elsewhere = sections.filter(({ id }) => !own.some(({ section }) => section === id));
  if (elsewhere.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Les autres parties', en: 'The other sections' })}</h2>
<ul>${elsewhere.map((section) => {
    const status = dossier.progress.find((each) => each.section === section.id)?.status ?? 'not_started';
    const { label, tone } = statuses[status];
    return html`<li>${view.t(sectionTitle(section))} ${tag(view, label, tone)}</li>`;
  })}</ul>`;
}

/** The questions of someone who was named for them, with the answers and the way to change each. */
function ownPartPage(view: View, acting: Acting, shown: Shown): Page {
  const { dossier } = shown;
  const own = shownTo(acting, dossier.answers);
  return {
    title,
    back: { path: '/status', label: { fr: 'Où en est le dossier', en: 'Status of the onboarding' } },
    body: html`${savedLine(view, { ...dossier, reference: shown.reference })}<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: 'Seules vos questions sont ici. Chaque réponse enregistrée est conservée : vous pouvez vous interrompre et revenir par votre lien.',
      en: 'Only your questions are here. Every answer you save is kept: you can stop and come back with your link.',
    })}</p>
${progress(view, leftTo(acting, dossier.answers))}
${sections.map((section) => {
  const rows = own.filter((question) => question.section === section.id);
  if (rows.length === 0) return nothing;
  return html`<h2>${view.t(sectionTitle(section))}</h2>${summaryList(
    view,
    rows.map((question) => row(view, question, shown)),
  )}`;
})}
${others(view, dossier, own)}
${beforeLine(view)}`,
  };
}

/**
 * Shows whoever was named for a part their own questions in place of the task list, and leads there from the pages that
 * put answers together.
 */
export function showOwnPart(deps: WebDependencies): WebMiddleware {
  return async (c, next) => {
    const customer = customerOf(c);
    const { acting, reference } = customer;
    if (speaksForAll(acting) || c.req.method === 'POST') return next();
    if (/^\/questionnaire\/(?:check|[A-E])$/.test(c.req.path))
      return leadTo(c, deps.site, taskListPath(c.get('view')));
    if (c.req.path !== taskListPath(c.get('view'))) return next();
    const dossier = await dossierOf(deps, customer);
    return answerPage(c, ownPartPage(c.get('view'), acting, { dossier, platform: deps.platform, reference }));
  };
}
