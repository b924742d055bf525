import { requestErasure } from '../../application/erasure-request.ts';
import {
  type ErasureRequest,
  erasureDecisionDays,
  erasureRefusalLabels,
} from '../../domain/onboarding/erasure-request.ts';
import { isInWorkflow } from '../../domain/onboarding/lifecycle.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { form, linkButton } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf } from '../shared/session/access.ts';
import { erasurePath } from './erasure-path.ts';
import { actOrExplain } from './refusal.ts';

const title: Text = { fr: 'Faire effacer le dossier', en: 'Have the file erased' };

const flashes: Readonly<Record<string, Text>> = {
  'erasure-asked': { fr: 'Votre demande est enregistrée.', en: 'Your request has been recorded.' },
};

/** What an erasure takes away, and what it cannot. */
function consequences(view: View): Html {
  return html`<p>${view.t({
    fr: 'Tout ce que nous détenons sur votre organisme et sur les personnes désignées est effacé pour de bon : coordonnées, réponses, relevés, résultat et liens. Restent l’historique sans nom, le SIREN, l’issue et la preuve de l’effacement. Les courriels déjà envoyés et les fichiers déjà téléchargés ne peuvent pas être effacés ; les copies de sauvegarde expirent d’elles-mêmes.',
    en: 'Everything we hold on your organisation and on the people named is erased for good: contact details, answers, records, result and links. What remains is the history without names, the SIREN, the outcome and the proof of the erasure. Emails already sent and files already downloaded cannot be erased; copies in backups expire by themselves.',
  })}</p>
<p>${view.t({
    fr: 'Téléchargez d’abord ce que vous voulez garder, par exemple le relevé scellé : ensuite, ce n’est plus possible.',
    en: 'First download what you want to keep, for example the sealed record: afterwards you no longer can.',
  })}</p>`;
}

/** While the onboarding goes on, its data is needed: how it is ended first. */
function beforeTheEnd(view: View, state: OnboardingState): Html {
  if (!isInWorkflow(state)) {
    return html`<p>${view.t({
      fr: 'L’équipe d’exploitation a pris votre dossier en charge : il est clos à la fin de la surveillance renforcée, et vous pourrez alors demander ici son effacement.',
      en: 'The operations team has taken over your onboarding: it is closed at the end of hypercare, and you can then ask here for it to be erased.',
    })}</p>`;
  }
  return html`<p>${view.t({
    fr: 'Votre dossier est ouvert : ses données servent à préparer votre arrivée. Pour les faire effacer, retirez d’abord votre demande ; vous pourrez ensuite demander l’effacement ici.',
    en: 'Your onboarding is open: its data is used to prepare your arrival. To have it erased, withdraw your request first; you can then ask here for the erasure.',
  })}</p>
<p>${linkButton(view, '/status/withdrawal', { fr: 'Retirer notre demande', en: 'Withdraw our request' }, 'second')}</p>`;
}

function waitingPart(view: View, { askedAt, until }: ErasureRequest): Html {
  const [asked, by] = [dayText(view, askedAt), dayText(view, until)];
  return html`<p><strong>${view.t({
    fr: `L’effacement est demandé depuis le ${asked}. Une personne de l’équipe en décide au plus tard le ${by}.`,
    en: `The erasure was asked for on ${asked}. A member of the team decides on it by ${by}.`,
  })}</strong></p>
<p>${view.t({
    fr: 'Un courriel vous dit la décision. D’ici là, le dossier se lit encore.',
    en: 'An email tells you the decision. Until then, the onboarding can still be read.',
  })}</p>`;
}

function refusedPart(view: View, { refusedFor, decidedAt }: ErasureRequest): Html {
  if (refusedFor === undefined || decidedAt === undefined) return nothing;
  const on = dayText(view, decidedAt);
  return html`<p><strong>${view.t({ fr: `Votre demande a été refusée le ${on}.`, en: `Your request was refused on ${on}.` })}</strong> ${view.t(erasureRefusalLabels[refusedFor])}.</p>
<p>${view.t({
    fr: 'Vous pouvez contester cette décision auprès de votre interlocuteur, la renouveler ici, saisir la CNIL (cnil.fr) ou un juge.',
    en: 'You can contest this decision with your contact, ask again here, complain to the CNIL (cnil.fr) or go to court.',
  })}</p>`;
}

function askingPart(view: View, request: ErasureRequest | undefined): Html {
  return html`${request === undefined ? nothing : refusedPart(view, request)}
${consequences(view)}
<p>${view.t({
    fr: `Une personne de l’équipe décide dans les ${erasureDecisionDays} jours, et vous le dit par courriel. Elle ne peut refuser que pour un motif prévu par la loi.`,
    en: `A member of the team decides within ${erasureDecisionDays} days, and tells you by email. They can refuse only on a ground that the law provides.`,
  })}</p>
${form(view, {
  action: erasurePath,
  content: html``,
  buttons: [{ label: { fr: 'Demander l’effacement', en: 'Ask for the erasure' }, look: 'danger' }],
})}`;
}

export function showErasure(c: WebContext): Response | Promise<Response> {
  const view = c.get('view');
  const { state, erasureRequest } = customerOf(c).now;
  const isWaiting = erasureRequest?.status === 'waiting';
  const ended = isWaiting ? waitingPart(view, erasureRequest) : askingPart(view, erasureRequest);
  return answerPage(c, {
    title,
    flashes,
    back: { path: '/status' },
    body: html`<h1>${view.t(title)}</h1>
${state.stage === 'CLOSED' ? ended : beforeTheEnd(view, state)}`,
  });
}

export function askForErasure(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { reference, who } = customerOf(c);
  return actOrExplain(c, title, async () => {
    await requestErasure(deps, reference, who);
    return leadTo(c, deps.site, erasurePath, 'erasure-asked');
  });
}
