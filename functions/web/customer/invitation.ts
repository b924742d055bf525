import { sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import { form } from '../shared/layout/components.ts';
import { periodText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { answeringTime } from './answering-time.ts';
import { talkFirst } from './talk-words.ts';

/** The form field of the buttons on the invitation that lead elsewhere than to the first question. */
export const declineWish = { name: 'wish', value: 'decline' } as const;
export const talkWish = { name: 'wish', value: 'talk' } as const;

/**
 * The page behind the personal link. It is the same for every link, so that it reveals neither the owner of the link
 * nor whether the link is valid.
 */
export function invitationPage(view: View, path: string, retentionDays: number): Page {
  const title: Text = { fr: 'Votre espace client', en: 'Your onboarding space' };
  const platform = view.platform;
  const kept = periodText(retentionDays);
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: `Vous avez reçu ce lien parce que votre organisme s’apprête à rejoindre la plateforme ${platform}. Il ouvre son dossier : le questionnaire, puis votre résultat, votre date et ce qui reste à faire.`,
      en: `You have received this link because your organisation is preparing its onboarding to ${platform}. It opens that onboarding: the questionnaire, then your result, your date and what is left to do.`,
    })}</p>
<h2>${view.t({ fr: 'Ce que demande le questionnaire', en: 'What the questionnaire asks about' })}</h2>
<ul>${sections.map(({ title: name }) => html`<li>${view.t(name)}</li>`)}</ul>
<p>${view.t({
      fr: `${answeringTime.fr} Votre RSSI, votre DPO et votre DSI peuvent répondre chacun à leur partie, dans l’ordre de votre choix. Presque toutes les questions sont à choix multiples, et « je ne sais pas » est une réponse acceptée.`,
      en: `${answeringTime.en} Your CISO, DPO and CIO can each answer their own section, in any order. Almost all questions are multiple choice, and “I don’t know” is an accepted answer.`,
    })}</p>
<p>${view.t({
      fr: 'Vous pouvez vous interrompre et revenir par ce même lien tant que votre dossier est ouvert : chaque réponse enregistrée est conservée. Une fois clos, il se lit encore par ce lien. Celui-ci est personnel : ne le transmettez pas. Vos collègues en reçoivent chacun un, envoyé depuis le questionnaire.',
      en: 'You can stop and come back with the same link for as long as your onboarding is open: every answer you save is kept. Once it is closed, the link still opens it to read. It is personal: do not share it. Each of your colleagues gets one of their own, sent from the questionnaire.',
    })}</p>
<h2>${view.t({ fr: 'Ce que deviennent vos réponses', en: 'What happens to your answers' })}</h2>
<p>${view.t({
      fr: `Elles servent uniquement à préparer votre arrivée sur la plateforme. Elles sont conservées tant que votre dossier est ouvert, puis effacées ${kept.fr} après sa clôture ; vous pouvez demander leur effacement plus tôt. N’inscrivez aucune information classifiée.`,
      en: `They are used only to prepare your onboarding. They are kept while your onboarding is open, then erased ${kept.en} after it is closed; you can ask for earlier erasure. Do not enter any classified information.`,
    })}</p>
<p><a href="${view.href('/trust')}">${view.t({ fr: 'Ce que la plateforme revendique : le dossier de confiance', en: 'What the platform claims: the trust record' })}</a></p>
${form(view, {
  action: path,
  content: html``,
  buttons: [
    { label: { fr: 'Ouvrir mon dossier', en: 'Open my onboarding' } },
    { label: talkFirst, look: 'second', ...talkWish },
    {
      label: { fr: 'Nous ne souhaitons pas poursuivre', en: 'We do not wish to continue' },
      look: 'second',
      ...declineWish,
    },
  ],
})}
<p>${view.t({
      fr: 'Vos collègues ne reçoivent pas nos courriels ? Montrez à votre service de messagerie ',
      en: 'Your colleagues do not receive our emails? Show your mail administrators ',
    })}<a href="${view.href('/mail-setup')}">${view.t({ fr: 'comment les laisser passer', en: 'how to let them through' })}</a>.</p>`,
  };
}
