import { getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod/mini';
import type { Text } from '../../domain/text.ts';
import { errorName } from '../../platform/log.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { linkButton } from '../shared/layout/components.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { endSession, startSession } from '../shared/session/sessions.ts';

const attemptCookie = 'sign-in';
const attemptSeconds = 600;

const attemptItem = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
});
type Attempt = z.infer<typeof attemptItem>;

/** The page to return to; an address outside this site becomes the home page. */
function ownPage(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && !path.includes('\\') ? path : '/';
}

function readAttempt(cookie: string | undefined): Attempt | undefined {
  if (cookie === undefined) return undefined;
  try {
    return z.safeParse(attemptItem, JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function signInFailed(c: WebContext) {
  const view = c.get('view');
  const title: Text = { fr: 'La connexion n’a pas abouti', en: 'You could not be signed in' };
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1><p>${view.t({
        fr: 'La connexion a été interrompue ou a duré trop longtemps. Rien n’a été modifié. Recommencez ; si le problème persiste, contactez l’équipe d’exploitation.',
        en: 'Signing in was interrupted or took too long. Nothing was changed. Try again; if the problem persists, contact the operations team.',
      })}</p><p>${linkButton(view, '/sign-in', { fr: 'Se connecter', en: 'Sign in' })}</p>`,
    },
    401,
  );
}

/** Staff sign in at the identity provider and come back with a new session. */
export function registerSignIn(app: WebApp, deps: WebDependencies): void {
  const { identity, site, logger } = deps;
  const { name, options } = site.cookie;

  app.get('/sign-in', async (c) => {
    const to = ownPage(c.req.query('to'));
    try {
      const { url, attempt } = await identity.begin();
      const kept = Buffer.from(JSON.stringify({ ...attempt, to })).toString('base64url');
      setCookie(c, name(attemptCookie), kept, { ...options, maxAge: attemptSeconds });
      return c.redirect(url.href, 303);
    } catch (error) {
      logger.log('sign_in_failed', { error: errorName(error) });
      return signInFailed(c);
    }
  });

  app.get('/sign-in/callback', async (c) => {
    const attempt = readAttempt(getCookie(c, name(attemptCookie)));
    setCookie(c, name(attemptCookie), '', { ...options, maxAge: 0 });
    if (attempt === undefined) return signInFailed(c);
    try {
      const current = new URL(site.url('/sign-in/callback'));
      current.search = new URL(c.req.url).search;
      const staff = await identity.complete(current, attempt);
      await startSession(c, deps, staff);
      logger.log('signed_in', { kind: staff.roles.join(',') });
      return leadTo(c, site, attempt.to === '/' ? homeOf(staff.roles) : ownPage(attempt.to));
    } catch (error) {
      logger.log('sign_in_failed', { error: errorName(error) });
      return signInFailed(c);
    }
  });

  app.post('/sign-out', async (c) => {
    const staff = c.get('session')?.kind === 'staff';
    await endSession(c, deps);
    return leadTo(c, site, staff ? '/signed-out?staff' : '/signed-out');
  });

  app.get('/signed-out', async (c) => {
    const view = c.get('view');
    const title: Text = { fr: 'Vous êtes déconnecté', en: 'You are signed out' };
    const end = c.req.query('staff') === undefined ? undefined : await identity.endUrl();
    const identityService =
      end === undefined
        ? nothing
        : html`<p>${view.t({
            fr: 'Sur un poste partagé, déconnectez-vous aussi du service d’identité.',
            en: 'On a shared computer, sign out of the identity service as well.',
          })}</p><p><a class="button" href="${end.href}">${view.t({ fr: 'Se déconnecter du service d’identité', en: 'Sign out of the identity service' })}</a></p>`;
    return answerPage(c, {
      title,
      body: html`<h1>${view.t(title)}</h1><p>${view.t({
        fr: 'Ce navigateur n’a plus accès à aucun dossier. Vous pouvez fermer cette page.',
        en: 'This browser no longer has access to any onboarding. You can close this page.',
      })}</p>${identityService}`,
    });
  });
}

/** The first page of a member of staff. */
export function homeOf(roles: readonly string[]): string {
  if (roles.includes('operator')) return '/operations';
  return roles.includes('sales') ? '/sales' : '/';
}
