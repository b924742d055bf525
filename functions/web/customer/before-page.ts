import { silenceDays } from '../../domain/onboarding/durations.ts';
import type { Text } from '../../domain/text.ts';
import type { Published } from '../../domain/trust/publication.ts';
import { linkButton } from '../shared/layout/components.ts';
import { periodText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import type { Customer } from '../shared/session/access.ts';
import { answeringTime } from './answering-time.ts';
import { otherWaysPart } from './other-ways.ts';
import { readersTable } from './readers-table.ts';

function hostingPart(view: View, { host, processors }: Published): Html {
  return html`<h2>${view.t({ fr: 'Où elles sont hébergées, et sous quel droit', en: 'Where they are hosted, and under which law' })}</h2>
<p>${host.name}, ${view.t(host.place)}. ${view.t(host.law)}</p>
<p><strong>${view.t({
    fr: 'Cet hébergement n’est pas lui-même qualifié SecNumCloud.',
    en: 'This hosting is not itself SecNumCloud qualified.',
  })}</strong> ${view.t({
    fr: 'Ce questionnaire prépare votre arrivée sur la plateforme ; il n’y est pas encore. C’est pourquoi il ne demande rien de protégé. Vos réponses sont chiffrées avec des clés que l’exploitant gère, et ne quittent pas les régions qu’il autorise.',
    en: 'This questionnaire prepares your move to the platform; it is not on it yet. That is why it asks for nothing that is protected. Your answers are encrypted with keys that the operator manages, and do not leave the regions that it allows.',
  })}</p>
<p>${view.t({ fr: 'Sous-traitants : ', en: 'Processors: ' })}${processors.map(({ name, purpose, place }, index) => html`${index === 0 ? '' : ' ; '}${name}, ${view.t(purpose)} (${view.t(place)})`)}.</p>`;
}

function neverAskedPart(view: View): Html {
  return html`<h2>${view.t({ fr: 'Ce qui n’est jamais demandé', en: 'What is never asked' })}</h2>
<ul><li>${view.t({
    fr: 'Une information classifiée ou « Diffusion Restreinte » : seulement s’il en existe dans le périmètre, et « je ne sais pas » est une réponse.',
    en: 'Classified or “Diffusion Restreinte” information: only whether there is any in scope, and “I don’t know” is an answer.',
  })}</li>
<li>${view.t({ fr: 'Un document : rien ne peut être déposé.', en: 'A document: nothing can be uploaded.' })}</li>
<li>${view.t({
    fr: 'Un texte libre sur ce qui est protégé : des choix, des nombres, des dates et les coordonnées de vos contacts.',
    en: 'Free text about protected matters: choices, numbers, dates and the contact details of your people.',
  })}</li></ul>`;
}

function retentionPart(view: View, { retention }: Published): Html {
  const kept = periodText(retention.closedOnboardingDays);
  return html`<h2>${view.t({ fr: 'Combien de temps', en: 'For how long' })}</h2>
<p>${view.t({
    fr: `Tant que votre dossier est ouvert, puis ${kept.fr} après sa clôture ; elles sont ensuite effacées. Sans réponse enregistrée pendant ${silenceDays.answers} jours, hors pause pour en parler, le dossier est clos.`,
    en: `For as long as your onboarding is open, then ${kept.en} after it is closed; then they are erased. Without a saved answer for ${silenceDays.answers} days, a pause to talk not counted, the onboarding is closed.`,
  })} <a href="${view.href('/privacy')}#retention">${view.t({ fr: 'Toutes les durées', en: 'All periods' })}</a></p>`;
}

/** The ways to answer that are not the form alone. */

function linkPart(view: View): Html {
  return html`<h2>${view.t({ fr: 'Pourquoi un lien, et pas un compte', en: 'Why a link, and not an account' })}</h2>
<p>${view.t({
    fr: 'Aucun mot de passe à inventer ni à garder pendant des semaines. Le lien est tiré au hasard ; nous n’en conservons que l’empreinte. Ouvrir l’adresse ne suffit pas : seul le bouton ouvre votre dossier, et un antivirus de messagerie ne le presse pas. Il vaut jusqu’à ce que nous le remplacions ou le révoquions, ou que vos données soient effacées ; une fois le dossier clos, il ne l’ouvre qu’en lecture. Qui l’a peut répondre pour vous : ne le transmettez pas, vos collègues en reçoivent chacun un, et demandez-nous-en un autre s’il s’est égaré.',
    en: 'There is no password to invent and to keep for weeks. The link is random; we keep only its fingerprint. Opening the address is not enough: only the button opens your onboarding, and a mail scanner does not press it. It works until we replace or revoke it, or your data is erased; once the onboarding is closed, it opens it to read only. Whoever has it can answer for you: do not share it, your colleagues each get one of their own, and ask us for another one if it went astray.',
  })}</p>`;
}

/** What is to be known before the first question, for one of those who answer. */
export function beforePage(
  view: View,
  { now, acting: { role: own } }: Pick<Customer, 'now' | 'acting'>,
  published: Published,
): Page {
  const title: Text = { fr: 'Avant de répondre', en: 'Before you answer' };
  // The time is that of the whole form.
  const isWhole = own === 'respondent' || own === 'deputy';
  return {
    title,
    back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
    body: html`<h1>${view.t(title)}</h1>
${isWhole ? html`<p>${view.t(answeringTime)}</p>` : nothing}
<p>${linkButton(view, '/questionnaire', { fr: 'Aller au questionnaire', en: 'Go to the questionnaire' })}</p>
<ul><li><a href="${view.href('/questions')}">${view.t({ fr: 'Lire d’abord toutes les questions, par exemple en réunion', en: 'Read all the questions first, for example at a meeting' })}</a></li>
<li><a href="${view.href('/trust')}">${view.t({ fr: 'Ce que la plateforme revendique : le dossier de confiance', en: 'What the platform claims: the trust record' })}</a></li>
<li><a href="${view.href('/privacy')}">${view.t({ fr: 'Données personnelles : vos droits', en: 'Personal data: your rights' })}</a></li></ul>
${isWhole ? otherWaysPart(view, now) : nothing}
<h2>${view.t({ fr: 'Qui lit vos réponses', en: 'Who reads your answers' })}</h2>
${readersTable(view, own)}
${hostingPart(view, published)}
${neverAskedPart(view)}
${retentionPart(view, published)}
${linkPart(view)}`,
  };
}
