import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { linkButton } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { newLinkButton } from '../shared/layout/new-link-button.ts';
import type { View } from '../shared/layout/view.ts';

function demonstrationPart(view: View, path: string): Html {
  return html`<h2>${view.t({ fr: 'Essayez le système sur votre machine', en: 'Try the system on your machine' })}</h2>
<p>${view.t({
    fr: 'Les courriels, les comptes fictifs et l’horloge se trouvent sur une page à part : c’est là que commence la visite.',
    en: 'The emails, the fictional accounts and the clock are on a separate page: start the tour there.',
  })}</p>
<p>${linkButton(view, path, { fr: 'Ouvrir la page de démonstration', en: 'Open the demonstration page' }, 'second')}</p>`;
}

function entryPoints(view: View, { demonstration }: WebDependencies): Html {
  if (view.viewer.kind === 'customer') {
    return html`<p>${linkButton(view, '/status', { fr: 'Voir mon dossier', en: 'View my onboarding' })}</p>`;
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
    fr: 'Ouvrez le lien personnel contenu dans notre dernier courriel. Il mène au questionnaire, puis au suivi de votre dossier.',
    en: 'Open the personal link in our latest email. It leads to the questionnaire, then to the status of your onboarding.',
  })}</p>
<p>${newLinkButton(view)}</p>
<h2>${view.t({ fr: 'Vous faites partie de nos équipes', en: 'You are a member of staff' })}</h2>
<p>${linkButton(view, '/sign-in', { fr: 'Se connecter', en: 'Sign in' })}</p>
${demonstration === undefined ? nothing : demonstrationPart(view, demonstration)}`;
}

/** The home page, with the entry of each kind of visitor. */
export function registerHome(app: WebApp, deps: WebDependencies): void {
  app.get('/', (c) => {
    const view = c.get('view');
    return answerPage(c, {
      title: { fr: 'Accueil des clients', en: 'Customer onboarding' },
      body: html`<h1>${view.t({ fr: `Rejoindre ${view.platform}`, en: `Onboarding to ${view.platform}` })}</h1>
<p>${view.t({
        fr: 'De la première question à la bascule : qualification, questionnaire, préparation et vague de migration.',
        en: 'From the first question to the cutover: qualification, questionnaire, preparation and migration wave.',
      })}</p>
${entryPoints(view, deps)}`,
    });
  });
}
