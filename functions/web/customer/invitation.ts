import { sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import { form } from '../shared/layout/components.ts';
import { periodText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';

/** The form field of the decline button on the invitation. */
export const declineWish = { name: 'wish', value: 'decline' } as const;

/**
 * The page behind the personal link. It is the same for every link, so that it reveals neither the owner of the link
 * nor whether the link is valid.
 */
export function invitationPage(view: View, path: string, retentionDays: number): Page {
  const title: Text = { fr: 'Votre espace de préparation', en: 'Your preparation space' };
  const platform = view.platform;
  const kept = periodText(retentionDays);
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: `L’équipe de ${platform} vous écrit parce que votre organisme prépare son entrée sur la plateforme.`,
      en: `The team of ${platform} writes to you because your organisation prepares its onboarding on the platform.`,
    })}</p>
<h2>${view.t({ fr: 'Ce qui vous est demandé', en: 'What you are asked for' })}</h2>
<ul>${sections.map(({ title: name }) => html`<li>${view.t(name)}</li>`)}</ul>
<p>${view.t({
      fr: 'Comptez une heure en tout. Votre RSSI, votre DPO et votre DSI peuvent répondre chacun à leur partie, dans l’ordre de votre choix. Presque tout se répond par choix, et « je ne sais pas » est une réponse.',
      en: 'Allow one hour in all. Your CISO, DPO and CIO may each answer their own section, in any order. Almost all answers are choices, and “I don’t know” is an answer.',
    })}</p>
<p>${view.t({
      fr: 'Vous pouvez vous arrêter et revenir par ce même lien pendant des semaines : chaque partie enregistrée est gardée. Il est personnel : ne le transmettez qu’aux collègues qui répondent avec vous.',
      en: 'You may stop and come back by this same link for weeks: each section you save is kept. It is personal: pass it on only to colleagues who answer with you.',
    })}</p>
<h2>${view.t({ fr: 'Ce que deviennent vos réponses', en: 'What becomes of your answers' })}</h2>
<p>${view.t({
      fr: `Elles servent à préparer votre entrée, et à rien d’autre. Elles sont gardées tant que votre dossier est ouvert, puis effacées ${kept.fr} après sa clôture ; vous pouvez en demander l’effacement plus tôt. N’inscrivez aucune information classifiée.`,
      en: `They serve to prepare your onboarding, and nothing else. They are kept while your file is open, then erased ${kept.en} after it is closed; you may ask for their erasure earlier. Enter no classified information.`,
    })}</p>
${form(view, {
  action: path,
  content: html``,
  buttons: [
    { label: { fr: 'Ouvrir mon dossier', en: 'Open my file' } },
    {
      label: { fr: 'Nous ne souhaitons pas poursuivre', en: 'We do not wish to go on' },
      look: 'second',
      ...declineWish,
    },
  ],
})}`,
  };
}
