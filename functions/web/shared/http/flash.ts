import { getCookie, setCookie } from 'hono/cookie';
import type { Site } from './site.ts';
import type { WebContext, WebMiddleware } from './web-app.ts';

/** Carries the code of a confirmation to the page after the redirect; never a name or a value. */
export const flashCookie = 'flash';

export const flashSeconds = 60;

/** Forgets the code once a page has been shown. */
export function forgetFlash({ cookie }: Site): WebMiddleware {
  return async (c, next) => {
    await next();
    const shown = c.req.method === 'GET' && c.res.headers.get('Content-Type')?.startsWith('text/html');
    if (shown === true && getCookie(c, cookie.name(flashCookie)) !== undefined) {
      setCookie(c, cookie.name(flashCookie), '', { ...cookie.options, maxAge: 0 });
    }
  };
}

/** True for a request of the script that keeps a page which could not be sent: it asks where to go, and goes there itself. */
function asksByScript(c: WebContext): boolean {
  return c.req.header('Sec-Fetch-Dest') === 'empty';
}

/** Redirects after a POST (303), with the code of a confirmation, if any: the page shows it from its own `flashes`. */
export function leadTo(c: WebContext, site: Site, path: string, flash?: string): Response {
  if (flash !== undefined) {
    setCookie(c, site.cookie.name(flashCookie), flash, { ...site.cookie.options, maxAge: flashSeconds });
  }
  if (asksByScript(c)) return c.body(null, 204, { Location: site.href(path) });
  return c.redirect(site.href(path), 303);
}
