import type { Provider } from 'oidc-provider';
import type { Text } from '../../../functions/domain/text.ts';
import type { WebApp } from '../../../functions/web/shared/http/web-app.ts';
import { type DemoAccount, demoAccounts, roleLabels } from './demo-accounts.ts';
import { providerPath } from './identity-provider.ts';
import { registerInteraction } from './interaction-page.ts';

function teamOf(team: string): Text {
  return { fr: `équipe ${team}`, en: `team ${team}` };
}

function describe({ roles, team }: DemoAccount): Text {
  const said = (language: 'fr' | 'en') =>
    [
      ...roles.map((role) => roleLabels[role][language]),
      ...(team === undefined ? [] : [teamOf(team)[language]]),
    ].join(', ');
  return { fr: said('fr'), en: said('en') };
}

/** The identity provider's sign-in page, on which a demonstration account is chosen. */
export function registerSignInPage(app: WebApp, provider: Provider): void {
  registerInteraction(app, provider, {
    path: providerPath,
    title: { fr: 'Choisir un compte de démonstration', en: 'Select a demonstration account' },
    hint: {
      fr: 'Sur cette machine, aucun mot de passe n’est demandé.',
      en: 'No password is needed on this machine.',
    },
    choices: demoAccounts.map((account) => ({
      value: account.id,
      label: { fr: account.name, en: account.name },
      hint: describe(account),
    })),
    resultOf: (chosen) => {
      const account = demoAccounts.find(({ id }) => id === chosen);
      return account === undefined ? undefined : { login: { accountId: account.id } };
    },
    again: { path: '/sign-in', label: { fr: 'Se connecter', en: 'Sign in' } },
  });
}
