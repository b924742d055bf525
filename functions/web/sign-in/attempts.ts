import { getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod/mini';
import type { Site } from '../shared/http/site.ts';
import type { WebContext } from '../shared/http/web-app.ts';
import type { SignInAttempt } from '../shared/identity/identity-provider.ts';

/** Long enough to find a security key or a colleague with the password. */
export const attemptSeconds = 3_600;
/** Tabs that may be signing in at the same time; the oldest gives way. */
const attemptsKept = 5;
export const attemptCookie = 'sign-in-';

const attemptItem = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The page asked for. */
  to: z.string(),
  /** When it began, in milliseconds since 1970. */
  at: z.optional(z.number()),
});
type Attempt = z.infer<typeof attemptItem>;

function readAttempt(value: string | undefined): Attempt | undefined {
  if (value === undefined) return undefined;
  try {
    return z.safeParse(attemptItem, JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** The name of an attempt's cookie: each tab has its own, so that they can come back in any order. */
function nameOf({ cookie }: Site, state: string): string {
  return cookie.name(`${attemptCookie}${state.slice(0, 12)}`);
}

function forget(c: WebContext, { cookie }: Site, name: string): void {
  setCookie(c, name, '', { ...cookie.options, maxAge: 0 });
}

/** Keeps an attempt in the browser until it comes back. */
export function keepAttempt(c: WebContext, site: Site, attempt: SignInAttempt, to: string, at: Date): void {
  const all = Object.entries(getCookie(c)).filter(([name]) =>
    name.startsWith(site.cookie.name(attemptCookie)),
  );
  const oldestFirst = all.toSorted(([, a], [, b]) => (readAttempt(a)?.at ?? 0) - (readAttempt(b)?.at ?? 0));
  const tooMany = Math.max(0, all.length - attemptsKept + 1);
  for (const [name] of oldestFirst.slice(0, tooMany)) forget(c, site, name);
  const value = Buffer.from(JSON.stringify({ ...attempt, to, at: at.getTime() })).toString('base64url');
  setCookie(c, nameOf(site, attempt.state), value, { ...site.cookie.options, maxAge: attemptSeconds });
}

/** The attempt that comes back with a state, which then is used up; undefined if this browser has not made it. */
export function takeAttempt(c: WebContext, site: Site, state: string): Attempt | undefined {
  const name = nameOf(site, state);
  const attempt = readAttempt(getCookie(c, name));
  if (attempt === undefined) return undefined;
  forget(c, site, name);
  return attempt.state === state ? attempt : undefined;
}
