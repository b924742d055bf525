import { serialize } from 'hono/utils/cookie';
import type { PendingOwner, PendingPage } from '../../store/pending-pages.ts';
import type { FetchSite } from '../app-frame.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { csrfField, ownerField } from '../shared/http/form-fields.ts';
import { resumeSecret } from '../shared/http/resume-form.ts';
import type { WebContext } from '../shared/http/web-app.ts';
import { customerOf } from '../shared/session/access.ts';
import type { NewCookie } from '../shared/session/known-device.ts';

/** The cookies of the request, with one that its answer is about to set. */
function cookiesWith(c: WebContext, cookie: NewCookie | undefined): string {
  const sent = c.req.header('Cookie') ?? '';
  if (cookie === undefined) return sent;
  const others = sent.split('; ').filter((pair) => pair !== '' && !pair.startsWith(`${cookie.name}=`));
  return [...others, `${cookie.name}=${cookie.value}`].join('; ');
}

/** The kept page as the browser would send it now: the form of this session, by the same rules as any other. */
function requestOf(
  c: WebContext,
  { site }: WebDependencies,
  { path, fields }: PendingPage,
  cookie: NewCookie | undefined,
): Request {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
  body.set(csrfField, c.get('view').csrf ?? '');
  body.set(ownerField, customerOf(c).reference);
  const headers = new Headers({
    Cookie: cookiesWith(c, cookie),
    Origin: site.origin,
    'Content-Type': 'application/x-www-form-urlencoded',
  });
  const languages = c.req.header('Accept-Language');
  if (languages !== undefined) headers.set('Accept-Language', languages);
  return new Request(new URL(path, c.req.url), { method: 'POST', headers, body });
}

/** An answer that also sets a cookie. */
export function withCookie(
  answer: Response,
  { site }: Pick<WebDependencies, 'site'>,
  cookie: NewCookie | undefined,
): Response {
  if (cookie === undefined) return answer;
  const headers = new Headers(answer.headers);
  const { name, value, seconds } = cookie;
  headers.append('Set-Cookie', serialize(name, value, { ...site.cookie.options, maxAge: seconds }));
  return new Response(answer.body, { status: answer.status, headers });
}

/** The page that was kept under an id for this person and browser. */
export function keptPage(
  c: WebContext,
  { store, clock, site }: WebDependencies,
  id: string,
): Promise<(PendingPage & { readonly until: string }) | undefined> {
  return store.pendingPages.find(ownerOf(c, { site }), id, clock.now());
}

function ownerOf(c: WebContext, { site }: Pick<WebDependencies, 'site'>): PendingOwner {
  const { reference, person } = customerOf(c);
  return { reference, person: person?.id, browser: resumeSecret(c, site) };
}

/**
 * Carries out the page that was kept while its sender showed who they are, as if it were sent now: what refuses it refuses
 * it on its own page. It is kept until it was answered, so that an interruption loses nothing; who sends it twice then
 * finds it saved, as with any form.
 *
 * @param cookie of the device, if it has just become known
 * @returns undefined when no such page is kept for this person and browser
 */
export async function carryOut(
  c: WebContext,
  deps: WebDependencies,
  fetchSite: FetchSite,
  { id, cookie }: { readonly id: string; readonly cookie: NewCookie | undefined },
): Promise<Response | undefined> {
  const page = await keptPage(c, deps, id);
  if (page === undefined) return undefined;
  const { env } = c;
  const bindings = typeof env === 'object' && env !== null ? env : {};
  const answer = await fetchSite(requestOf(c, deps, page, cookie), bindings);
  if (answer.status < 500) await deps.store.pendingPages.remove(ownerOf(c, deps), id);
  return answer;
}
