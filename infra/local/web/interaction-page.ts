import { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type InteractionResults, type Provider } from 'oidc-provider';
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

/** A page on which someone chooses who they are, without a password. */
export interface InteractionPage {
  /** Path of the provider; the page is below it. */
  readonly path: string;
  readonly title: Text;
  readonly hint: Text;
  readonly choices: readonly { readonly value: string; readonly label: Text; readonly hint: Text }[];
  /** What the provider is told of a choice; undefined for one that is not offered. */
  readonly resultOf: (chosen: string) => InteractionResults | undefined;
  /** Where someone begins again whose sign-in is over. */
  readonly again: { readonly path: string; readonly label: Text };
}

const lostTitle: Text = { fr: 'Connexion expirée', en: 'Sign-in expired' };

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

/** The page of a provider whose sign-in is over, or was used. */
function lost(c: WebContext, { again }: InteractionPage) {
  const view = c.get('view');
  return answerPage(
    c,
    {
      title: lostTitle,
      body: html`<h1>${view.t(lostTitle)}</h1><p>${view.t({
        fr: 'Cette page de connexion a déjà été utilisée ou a expiré.',
        en: 'This sign-in page has already been used or has expired.',
      })}</p><p>${linkButton(view, again.path, again.label)}</p>`,
    },
    404,
  );
}

function choice(c: WebContext, { path, title, hint, choices }: InteractionPage, refused: boolean) {
  const view = c.get('view');
  const message: Text = { fr: 'Choisissez un compte.', en: 'Select an account.' };
  const problems = refused ? [{ field: 'account', message }] : [];
  const content = radios(view, {
    name: 'account',
    label: title,
    heading: true,
    problem: problems[0],
    value: c.get('form')?.get('account'),
    hint,
    choices,
  });
  return answerPage(c, {
    title,
    problems,
    body: form(view, {
      kept: true,
      action: `${path}/interaction/${c.req.param('uid')}`,
      content,
      buttons: [{ label: { fr: 'Se connecter', en: 'Sign in' } }],
    }),
  });
}

/** The sign-in page of an identity provider of this machine. */
export function registerInteraction(app: WebApp, provider: Provider, page: InteractionPage): void {
  const path = `${page.path}/interaction/:uid`;

  async function unlessLost(c: WebContext, answer: () => Promise<Response>): Promise<Response> {
    try {
      return await answer();
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return lost(c, page);
      throw error;
    }
  }

  app.get(path, (c) =>
    unlessLost(c, async () => {
      const { request, response } = nodeOf(c);
      await provider.interactionDetails(request, response);
      return choice(c, page, false);
    }),
  );

  app.post(path, (c) =>
    unlessLost(c, async () => {
      const { request, response } = nodeOf(c);
      const result = page.resultOf(formOf(c).get('account') ?? '');
      if (result === undefined || onlyAsksForLanguage(c)) return choice(c, page, result === undefined);
      return c.redirect(await provider.interactionResult(request, response, result), 303);
    }),
  );
}
