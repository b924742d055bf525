import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { resumePage, resumeSecret } from '../shared/http/resume-form.ts';
import { formOf, type WebApp, type WebContext, type WebMiddleware } from '../shared/http/web-app.ts';
import { customerOf } from '../shared/session/access.ts';
import { opensTo } from '../shared/session/customer-doors.ts';
import { isKnownDevice } from '../shared/session/known-device.ts';
import { isErased } from '../shared/session/sessions.ts';

const idByteCount = 16;

/** What takes all answers away at once is a matter for whoever has shown who they are, as every change is. */
const takesAllAway = /^\/status\/(?:answers|data\.json|record(?:\.\w+)?)$/;

/** True for a request that needs more than the personal link, where the stage asks for more. */
function needsProof(c: WebContext): boolean {
  const open = c.get('session');
  if (open?.kind !== 'customer' || isErased(open)) return false;
  const { method, path } = c.req;
  if (!opensTo(customerOf(c).acting, { method, path, form: c.get('form') })) return false;
  return method === 'POST' ? !onlyAsksForLanguage(c) : takesAllAway.test(path);
}

/** Keeps the page that was sent, and leads to where its sender shows who they are; afterwards it is carried out. */
async function keepPage(c: WebContext, { store, clock, ids, site }: WebDependencies): Promise<Response> {
  const { reference, person } = customerOf(c);
  const form = formOf(c);
  const id = Buffer.from(ids.bytes(idByteCount)).toString('base64url');
  const fields = form.names().flatMap((name) => form.all(name).map((value) => [name, value] as const));
  const owner = { reference, person: person?.id, browser: resumeSecret(c, site) };
  const page = { path: c.get('view').path, fields };
  return (await store.pendingPages.keep(owner, id, page, clock.now()))
    ? leadTo(c, site, `/identity?page=${id}`)
    : resumePage(c, site, form, 'not_kept');
}

function knownDevicesOnly(deps: WebDependencies): WebMiddleware {
  return async (c, next) => {
    if (!needsProof(c) || (await isKnownDevice(c, deps, customerOf(c)))) return next();
    return c.req.method === 'POST'
      ? keepPage(c, deps)
      : leadTo(c, deps.site, `/identity?to=${encodeURIComponent(c.req.path)}`);
  };
}

/**
 * Where the stage asks for more than the personal link, nothing changes by a form from a device on which no one has shown
 * who they are: whatever page is added later. Reading is open to the link.
 */
export function requireKnownDevices(
  app: WebApp,
  deps: WebDependencies,
  root: '/questionnaire' | '/status',
): void {
  if (deps.customerIdentity !== 'link') app.use(`${root}/*`, knownDevicesOnly(deps));
}
