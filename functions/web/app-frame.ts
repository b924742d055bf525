import { Hono } from 'hono';
import { registerHome } from './home/pages.ts';
import type { WebDependencies } from './shared/dependencies.ts';
import { registerAssets } from './shared/http/assets.ts';
import { errorPage, methodNotAllowed, notFound } from './shared/http/error-pages.ts';
import { forgetFlash } from './shared/http/flash.ts';
import { guardForms } from './shared/http/guards.ts';
import { strictHeaders } from './shared/http/headers.ts';
import { viewOfRequest } from './shared/http/view-of-request.ts';
import type { WebApp, WebContext, WebEnv, WebMiddleware } from './shared/http/web-app.ts';
import { readSession } from './shared/session/sessions.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The forms of people who have signed in or opened their link. */
export const behindSession = {
  customer: ['/identity', '/questionnaire', '/status'],
  staff: ['/calendar', '/operations', '/sales', '/waves'],
} as const;

/** Methods that a path knows besides the one it was asked with. */
function otherMethods(app: WebApp, c: WebContext): readonly string[] {
  return methods.filter((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method !== 'ALL'),
  );
}

/** Everything but the API, which has no cookies, no forms and its own errors. */
function onPages(middleware: WebMiddleware): WebMiddleware {
  return (c, next) =>
    c.req.path === '/api' || c.req.path.startsWith('/api/') ? next() : middleware(c, next);
}

/** Answers a request as the whole site does, whichever part it is for. */
export type FetchSite = (request: Request, env: object) => Promise<Response>;

/** Adds a part of the site to an app. */
export type RegisterPart = (app: WebApp, deps: WebDependencies, fetchSite: FetchSite) => void;

/**
 * What every address has: headers, assets, session, guarded forms, home page and error pages, around the parts of the
 * site. Further routes may be registered until the first request.
 *
 * @param whole answers what is for other parts; without it the parts are all there are
 */
export function createAppOf(
  deps: WebDependencies,
  parts: readonly RegisterPart[],
  whole?: FetchSite,
): WebApp {
  const app: WebApp = new Hono<WebEnv>();
  const fetchSite: FetchSite = whole ?? (async (request, env) => app.fetch(request, env));
  for (const middleware of strictHeaders(deps.site)) app.use(middleware);
  registerAssets(app);
  const pageMiddleware = [
    viewOfRequest(deps),
    forgetFlash(deps.site),
    readSession(deps),
    guardForms(deps.site, deps.logger, behindSession),
  ];
  for (const middleware of pageMiddleware) app.use(onPages(middleware));

  registerHome(app, deps);
  for (const register of parts) register(app, deps, fetchSite);

  app.notFound((c) => {
    const others = otherMethods(app, c);
    return others.length === 0 ? notFound(c) : methodNotAllowed(c, others);
  });
  app.onError(errorPage(deps.logger));
  return app;
}
