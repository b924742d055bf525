import { createHmac, timingSafeEqual } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import type * as z from 'zod/mini';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebContext } from '../shared/http/web-app.ts';
import { sessionCookie } from '../shared/session/sessions.ts';

type Dependencies = Pick<WebDependencies, 'site' | 'clock'>;

/** Signed with the secret of the session: no one else can make it, and another session cannot use it. */
function signature(c: WebContext, { site }: Dependencies, name: string, content: string): string {
  const secret = getCookie(c, site.cookie.name(sessionCookie)) ?? '';
  return createHmac('sha256', `cookie:${secret}`).update(`${name}:${content}`).digest('base64url');
}

/** Keeps something in the browser for this session, until it is forgotten or too old. */
export function keepInBrowser(
  c: WebContext,
  deps: Dependencies,
  name: string,
  value: Readonly<Record<string, unknown>>,
  seconds: number,
): void {
  const until = deps.clock.now().getTime() + seconds * 1_000;
  const content = Buffer.from(JSON.stringify({ ...value, until })).toString('base64url');
  const { cookie } = deps.site;
  setCookie(c, cookie.name(name), `${content}.${signature(c, deps, name, content)}`, {
    ...cookie.options,
    maxAge: seconds,
  });
}

function isSame(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

/** What was kept; undefined when there is none, or not of this session, or it is too old. */
export function keptInBrowser<Kept extends { readonly until: number }>(
  c: WebContext,
  deps: Dependencies,
  name: string,
  shape: z.ZodMiniType<Kept>,
): Kept | undefined {
  const cookie = getCookie(c, deps.site.cookie.name(name)) ?? '';
  const [, content = '', given = ''] = /^([\w-]+)\.([\w-]{43})$/.exec(cookie) ?? [];
  if (content === '' || !isSame(given, signature(c, deps, name, content))) return undefined;
  const { data } = shape.safeParse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')));
  return data === undefined || data.until <= deps.clock.now().getTime() ? undefined : data;
}

export function forgetInBrowser(c: WebContext, { site }: Dependencies, name: string): void {
  setCookie(c, site.cookie.name(name), '', { ...site.cookie.options, maxAge: 0 });
}
