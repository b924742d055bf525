import type { Provider } from 'oidc-provider';
import type { WebApp } from '../../../../functions/web/shared/http/web-app.ts';
import { registerInteraction } from '../interaction-page.ts';
import { proConnectPersons, subjectOf } from './persons.ts';
import { proConnectClient, proConnectPath } from './provider.ts';

/** Leaves ProConnect without having signed in. */
const givesUp = 'none';

/** ProConnect's page on this machine: one of a few fictional persons is chosen, or none. */
export function registerProConnectChoice(app: WebApp, provider: Provider): void {
  registerInteraction(app, provider, {
    path: proConnectPath,
    title: { fr: 'ProConnect de démonstration', en: 'Demonstration ProConnect' },
    hint: {
      fr: 'Cette page remplace ProConnect sur cette machine. Les personnes sont fictives, et aucun mot de passe n’est demandé.',
      en: 'This page stands in for ProConnect on this machine. The people are fictional, and no password is needed.',
    },
    choices: [
      ...proConnectPersons.map(({ id, given_name, usual_name, organisation, siret }) => ({
        value: id,
        label: { fr: `${given_name} ${usual_name}`, en: `${given_name} ${usual_name}` },
        hint: { fr: `${organisation}, SIRET ${siret}`, en: `${organisation}, SIRET ${siret}` },
      })),
      {
        value: givesUp,
        label: { fr: 'Personne', en: 'No one' },
        hint: { fr: 'La connexion est abandonnée.', en: 'The sign-in is cancelled.' },
      },
    ],
    resultOf: (chosen) => {
      if (chosen === givesUp) return { error: 'access_denied', error_description: 'User auth aborted' };
      const person = proConnectPersons.find(({ id }) => id === chosen);
      if (person === undefined) return undefined;
      const accountId = subjectOf(person, proConnectClient.id);
      return { login: { accountId, amr: [...person.amr] } };
    },
    again: { path: '/identity', label: { fr: 'Revenir au dossier', en: 'Back to the onboarding' } },
  });
}
