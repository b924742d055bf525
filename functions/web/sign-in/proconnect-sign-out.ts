import { randomBytes } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import { errorName } from '../../platform/log.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { WebApp, WebContext } from '../shared/http/web-app.ts';
import { signOutCookie } from '../shared/identity/proconnect-cookie.ts';
import { linkButton } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';

const path = '/signed-out/proconnect';
const stateByteCount = 32;

function hintOf(c: WebContext, { site, proConnect }: WebDependencies): string | undefined {
  return proConnect === undefined ? undefined : getCookie(c, site.cookie.name(signOutCookie));
}

/** The way out of ProConnect, for whoever has come by it; a link, because a form may lead to no other site. */
export function proConnectSignOut(c: WebContext, deps: WebDependencies): Html {
  if (hintOf(c, deps) === undefined) return nothing;
  const view = c.get('view');
  return html`<p>${view.t({
    fr: 'Sur un poste partagé, déconnectez-vous aussi de ProConnect.',
    en: 'On a shared computer, sign out of ProConnect as well.',
  })}</p><p>${linkButton(view, path, { fr: 'Se déconnecter de ProConnect', en: 'Sign out of ProConnect' })}</p>`;
}

export function registerProConnectSignOut(app: WebApp, deps: WebDependencies): void {
  const { site, proConnect, logger } = deps;
  if (proConnect === undefined) return;
  app.get(path, async (c) => {
    const hint = hintOf(c, deps);
    if (hint === undefined) return leadTo(c, site, '/signed-out');
    try {
      const url = await proConnect.signOutUrl(hint, randomBytes(stateByteCount).toString('base64url'));
      setCookie(c, site.cookie.name(signOutCookie), '', { ...site.cookie.options, maxAge: 0 });
      return c.redirect(url.href, 303);
    } catch (error) {
      logger.log('proconnect_failed', { error: errorName(error) });
      return leadTo(c, site, '/signed-out');
    }
  });
}
