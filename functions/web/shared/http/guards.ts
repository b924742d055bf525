import { getCookie } from 'hono/cookie';
import type { Logger } from '../../../platform/log.ts';
import { BodyTooLargeError, isSaidTooLarge } from './body-bytes.ts';
import { isCsrfProof } from './csrf-proof.ts';
import { foreignForm, notAForm, sessionEnded, tooLarge } from './error-pages.ts';
import { FormUnreadableError, isFormType, largestForm, readFormBody } from './form-body.ts';
import { csrfField, formFields, ownerField } from './form-fields.ts';
import { isResumed, resumePage } from './resume-form.ts';
import type { Site } from './site.ts';
import type { WebContext, WebMiddleware } from './web-app.ts';

/**
 * True for a request from a page of this site. Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with
 * forms of the same origin (Fetch standard, "append a request Origin header"), so `Sec-Fetch-Site`, which a page cannot
 * set, decides where it is sent; otherwise the origin must be ours. Neither: refused.
 */
export function comesFromUs(site: Site, origin: string | undefined, fetchSite: string | undefined): boolean {
  const foreignOrigin = origin !== undefined && origin !== 'null' && origin !== site.origin;
  if (fetchSite !== undefined) return fetchSite === 'same-origin' && !foreignOrigin;
  return origin === site.origin;
}

/** Paths whose forms need a session, those below them included, by whose session it is. */
export type BehindSession = Readonly<Record<'customer' | 'staff', readonly string[]>>;

/** Whose session the form of a path needs; undefined when it needs none. */
export function sessionFor(behind: BehindSession, path: string): 'customer' | 'staff' | undefined {
  const isBelow = (root: string) => path === root || path.startsWith(`${root}/`);
  if (behind.staff.some(isBelow)) return 'staff';
  return behind.customer.some(isBelow) ? 'customer' : undefined;
}

/** Reads the fields into the context; gives the page that refuses them when that is not possible. */
async function refusedReading(c: WebContext): Promise<Response | undefined> {
  try {
    c.set('form', formFields(await readFormBody(c.req.raw)));
    return undefined;
  } catch (error) {
    if (error instanceof BodyTooLargeError) return tooLarge(c);
    if (error instanceof FormUnreadableError) return notAForm(c);
    throw error;
  }
}

/**
 * Checks and reads the form of every POST before its route sees it. What the headers show is checked first: no field is
 * read for another site, nor where a session of staff is needed and the request brings none. A customer whose session
 * is over, or another one, gets a page that carries what was typed.
 */
export function guardForms(site: Site, logger: Logger, behind: BehindSession): WebMiddleware {
  const secretOf = (c: WebContext) => getCookie(c, site.cookie.name('session'));

  function isForeign(c: WebContext): boolean {
    return !comesFromUs(site, c.req.header('Origin'), c.req.header('Sec-Fetch-Site'));
  }

  /** A browser that says nothing about where the form comes from; others name another site. */
  function saysNothing(c: WebContext): boolean {
    return c.req.header('Origin') === undefined && c.req.header('Sec-Fetch-Site') === undefined;
  }

  async function refuseForeign(c: WebContext): Promise<Response> {
    logger.log('form_refused', { kind: 'origin' });
    const mayBeOurs = saysNothing(c) && c.get('session') !== undefined;
    return (mayBeOurs ? await refusedReading(c) : undefined) ?? foreignForm(c);
  }

  /** True for a form of the session, or one that a resume page of this browser has sent for its onboarding. */
  function isProven(c: WebContext): boolean {
    const [secret, open, form] = [secretOf(c), c.get('session'), c.get('form')];
    if (open === undefined) return true;
    if (secret !== undefined && isCsrfProof(form?.get(csrfField), secret)) return true;
    return open.kind === 'customer' && form !== undefined && isResumed(c, site, form, open.session.reference);
  }

  /** The page for a customer's form of another session, or of another onboarding. */
  function interrupted(c: WebContext): Response | Promise<Response> | undefined {
    const [open, form] = [c.get('session'), c.get('form')];
    const openedFor = form?.get(ownerField);
    if (open?.kind !== 'customer' || form === undefined || openedFor === undefined) return undefined;
    if (openedFor !== open.session.reference) return resumePage(c, site, form, 'other_onboarding');
    if (isProven(c)) return undefined;
    logger.log('form_refused', { kind: 'proof' });
    return resumePage(c, site, form, 'replaced');
  }

  return async (c, next) => {
    if (c.req.method !== 'POST') return next();
    if (!isFormType(c.req.header('Content-Type') ?? '')) return notAForm(c);
    if (isSaidTooLarge(c.req.raw, largestForm)) return tooLarge(c);
    if (isForeign(c)) return refuseForeign(c);
    const needed = sessionFor(behind, c.req.path);
    if (needed === 'staff' && secretOf(c) === undefined) return sessionEnded(c, needed);
    const refused = (await refusedReading(c)) ?? (await interrupted(c));
    if (refused !== undefined) return refused;
    if (isProven(c)) return next();
    logger.log('form_refused', { kind: 'proof' });
    return foreignForm(c);
  };
}
