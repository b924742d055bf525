import { answerPage, type WebApp } from '../http/web-app.ts';
import { linkButton } from '../layout/components.ts';
import { type Html, html } from '../layout/html.ts';
import type { View } from '../layout/view.ts';

function waysIn(view: View): Html {
  if (view.viewer.kind === 'customer') {
    return html`<p>${linkButton(view, '/status', { fr: 'Voir mon dossier', en: 'See my file' })}</p>`;
  }
  if (view.viewer.kind === 'staff') {
    const { roles } = view.viewer;
    return html`<div class="actions">${[
      ...(roles.includes('sales')
        ? [linkButton(view, '/sales', { fr: 'Mes dossiers', en: 'My onboardings' })]
        : []),
      ...(roles.includes('operator')
        ? [
            linkButton(view, '/operations', { fr: 'Exploitation', en: 'Operations' }),
            linkButton(view, '/waves', { fr: 'Vagues', en: 'Waves' }, 'second'),
          ]
        : []),
    ]}</div>`;
  }
  return html`<h2>${view.t({ fr: 'Vous êtes client', en: 'You are a customer' })}</h2>
<p>${view.t({
    fr: 'Ouvrez le lien personnel du dernier courriel que vous avez reçu de nous. Il mène au questionnaire, puis au suivi de votre dossier.',
    en: 'Open the personal link in the last mail you received from us. It leads to the questionnaire, then to the state of your file.',
  })}</p>
<h2>${view.t({ fr: 'Vous faites partie de nos équipes', en: 'You are on our staff' })}</h2>
<p>${linkButton(view, '/sign-in', { fr: 'Se connecter', en: 'Sign in' })}</p>`;
}

/** The first page: where each kind of visitor goes on. */
export function registerHome(app: WebApp): void {
  app.get('/', (c) => {
    const view = c.get('view');
    return answerPage(c, {
      title: { fr: 'Accueil des clients', en: 'Customer onboarding' },
      body: html`<h1>${view.t({ fr: `Entrer sur ${view.platform}`, en: `Joining ${view.platform}` })}</h1>
<p>${view.t({
        fr: 'De la première question à la bascule : qualification, questionnaire, préparation et vague de migration.',
        en: 'From the first question to the cutover: qualification, questionnaire, preparation and migration wave.',
      })}</p>
${waysIn(view)}`,
    });
  });
}
