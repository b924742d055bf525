import { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import type { Text } from '../../../functions/domain/text.ts';
import { onlyAsksForLanguage } from '../../../functions/web/shared/http/language.ts';
import {
  answerPage,
  formOf,
  type WebApp,
  type WebContext,
} from '../../../functions/web/shared/http/web-app.ts';
import { form, linkButton } from '../../../functions/web/shared/layout/components.ts';
import { radios } from '../../../functions/web/shared/layout/fields.ts';
import { html } from '../../../functions/web/shared/layout/html.ts';
import { type DemoAccount, demoAccounts, roleLabels } from './demo-accounts.ts';
import { providerPath } from './identity-provider.ts';

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

/** Node's request and response, which the identity provider needs for its cookies. */
function nodeOf(c: WebContext): { readonly request: IncomingMessage; readonly response: ServerResponse } {
  const bindings: unknown = c.env;
  if (typeof bindings === 'object' && bindings !== null && 'incoming' in bindings && 'outgoing' in bindings) {
    const { incoming, outgoing } = bindings;
    if (incoming instanceof IncomingMessage && outgoing instanceof ServerResponse) {
      return { request: incoming, response: outgoing };
    }
  }
  throw new Error('The sign-in page requires a Node.js server');
}

/** The identity provider's sign-in page, on which a demonstration account is chosen. */
export function registerSignInPage(app: WebApp, provider: Provider): void {
  const path = `${providerPath}/interaction/:uid`;
  const title: Text = { fr: 'Choisir un compte de démonstration', en: 'Select a demonstration account' };

  async function lost(c: WebContext) {
    const view = c.get('view');
    return answerPage(
      c,
      {
        title: { fr: 'Connexion expirée', en: 'Sign-in expired' },
        body: html`<h1>${view.t({ fr: 'Connexion expirée', en: 'Sign-in expired' })}</h1><p>${view.t({
          fr: 'Cette page de connexion a déjà été utilisée ou a expiré.',
          en: 'This sign-in page has already been used or has expired.',
        })}</p><p>${linkButton(view, '/sign-in', { fr: 'Se connecter', en: 'Sign in' })}</p>`,
      },
      404,
    );
  }

  function choice(c: WebContext, refused: boolean) {
    const view = c.get('view');
    const message: Text = { fr: 'Choisissez un compte.', en: 'Select an account.' };
    const problems = refused ? [{ field: 'account', message }] : [];
    const content = radios(view, {
      name: 'account',
      label: title,
      heading: true,
      problem: problems[0],
      value: c.get('form')?.get('account'),
      hint: {
        fr: 'Sur cette machine, aucun mot de passe n’est demandé.',
        en: 'No password is needed on this machine.',
      },
      choices: demoAccounts.map((account) => ({
        value: account.id,
        label: { fr: account.name, en: account.name },
        hint: describe(account),
      })),
    });
    return answerPage(c, {
      title,
      problems,
      body: form(view, {
        kept: true,
        action: `${providerPath}/interaction/${c.req.param('uid')}`,
        content,
        buttons: [{ label: { fr: 'Se connecter', en: 'Sign in' } }],
      }),
    });
  }

  app.get(path, async (c) => {
    const { request, response } = nodeOf(c);
    try {
      await provider.interactionDetails(request, response);
      return choice(c, false);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return lost(c);
      throw error;
    }
  });

  app.post(path, async (c) => {
    const { request, response } = nodeOf(c);
    const account = demoAccounts.find(({ id }) => id === formOf(c).get('account'));
    if (account === undefined || onlyAsksForLanguage(c)) return choice(c, account === undefined);
    try {
      const next = await provider.interactionResult(request, response, { login: { accountId: account.id } });
      return c.redirect(next, 303);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return lost(c);
      throw error;
    }
  });
}
