import { answerPage, type WebContext } from '../http/web-app.ts';
import { linkButton } from '../layout/components.ts';
import { html } from '../layout/html.ts';

/** The door is closed to whoever was named for a part of an onboarding only. */
export function notForYou(c: WebContext) {
  const view = c.get('view');
  const title = {
    fr: 'Cette page n’est pas ouverte avec votre lien',
    en: 'This page does not open with your link',
  };
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
        fr: 'Votre lien ouvre les questions qui vous sont confiées et l’état du dossier. Le reste est pour le contact principal de votre organisme : adressez-vous à lui si vous en avez besoin. Rien n’a été modifié.',
        en: 'Your link opens the questions that are asked of you and the state of the onboarding. The rest is for your organisation’s main contact: ask them if you need it. Nothing was changed.',
      })}</p>
<p>${linkButton(view, '/questionnaire', { fr: 'Voir ma partie', en: 'View my part' })}</p>`,
    },
    403,
  );
}
