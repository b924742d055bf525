import { isDeepStrictEqual } from 'node:util';
import type { Text } from '../../domain/text.ts';
import { errorName } from '../../platform/log.ts';
import type { StaffSession } from '../../store/sessions.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { linkButton } from '../shared/layout/components.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { endSession, startSession } from '../shared/session/sessions.ts';
import { keepAttempt, takeAttempt } from './attempts.ts';
import { proConnectSignOut, registerProConnectSignOut } from './proconnect-sign-out.ts';

/** The page to return to; an address outside this site becomes the home page. */
function ownPage(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && !path.includes('\\') ? path : '/';
}

function signInPath(to: string): string {
  return to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`;
}

const rightsOf = ({ subject, name, mail, team, roles }: StaffSession) => ({
  subject,
  name,
  mail,
  team,
  roles,
});

/** True if the browser is signed in as this very person, with the same rights: the forms open in its tabs stay valid. */
function isSignedInAs(c: WebContext, staff: StaffSession): boolean {
  const open = c.get('session');
  return open?.kind === 'staff' && isDeepStrictEqual(rightsOf(open.session), rightsOf(staff));
}

/** No one was signed in; the way to try again leads to the page asked for. */
function signInFailed(c: WebContext, to: string) {
  const view = c.get('view');
  const title: Text = { fr: 'La connexion n’a pas abouti', en: 'You could not be signed in' };
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1><p>${view.t({
        fr: 'La connexion a été interrompue ou a duré trop longtemps. Rien n’a été modifié. Recommencez ; si le problème persiste, contactez l’équipe d’exploitation.',
        en: 'Signing in was interrupted or took too long. Nothing was changed. Try again; if the problem persists, contact the operations team.',
      })}</p><p>${linkButton(view, signInPath(to), { fr: 'Se connecter', en: 'Sign in' })}</p>`,
    },
    401,
  );
}

/** Staff sign in at the identity provider and come back with a new session. */
export function registerSignIn(app: WebApp, deps: WebDependencies): void {
  const { identity, site, logger, clock, store } = deps;

  app.get('/sign-in', async (c) => {
    const to = ownPage(c.req.query('to'));
    try {
      const { url, attempt } = await identity.begin();
      keepAttempt(c, site, attempt, to, clock.now());
      return c.redirect(url.href, 303);
    } catch (error) {
      logger.log('sign_in_failed', { error: errorName(error) });
      return signInFailed(c, to);
    }
  });

  app.get('/sign-in/callback', async (c) => {
    const attempt = takeAttempt(c, site, c.req.query('state') ?? '');
    if (attempt === undefined) {
      // The way back to this address, after it has done its work: the person is signed in.
      const open = c.get('session');
      if (open?.kind === 'staff') return leadTo(c, site, homeOf(open.session.roles));
      logger.log('sign_in_failed', { error: 'UnknownAttempt' });
      return signInFailed(c, '/');
    }
    const to = ownPage(attempt.to);
    try {
      const current = new URL(site.url('/sign-in/callback'));
      current.search = new URL(c.req.url).search;
      const staff = await identity.complete(current, attempt);
      if (!isSignedInAs(c, staff)) await startSession(c, deps, staff);
      await store.staff.signedIn(staff, clock.now());
      if (staff.roles.includes('operator')) await store.calendarFeeds.signedIn(staff.subject, clock.now());
      logger.log('signed_in', { kind: staff.roles.join(',') });
      return leadTo(c, site, to === '/' ? homeOf(staff.roles) : to);
    } catch (error) {
      logger.log('sign_in_failed', { error: errorName(error) });
      return signInFailed(c, to);
    }
  });

  app.post('/sign-out', async (c) => {
    const staff = c.get('session')?.kind === 'staff';
    await endSession(c, deps);
    return leadTo(c, site, staff ? '/signed-out?staff' : '/signed-out');
  });

  registerProConnectSignOut(app, deps);

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
      })}</p>${identityService}${proConnectSignOut(c, deps)}`,
    });
  });
}

/** The first page of a member of staff. */
export function homeOf(roles: readonly string[]): string {
  if (roles.includes('operator')) return '/operations';
  return roles.includes('sales') ? '/sales' : '/';
}
