import { getCookie, setCookie } from 'hono/cookie';
import { OnboardingNotFoundError } from '../../../domain/errors.ts';
import { organisationName } from '../../../domain/intake/scope-names.ts';
import { isActive } from '../../../domain/onboarding/people.ts';
import type { NewSession } from '../../../store/sessions.ts';
import type { WebDependencies } from '../dependencies.ts';
import { csrfProof } from '../http/csrf-proof.ts';
import type { OpenSession, WebContext, WebMiddleware } from '../http/web-app.ts';
import type { View } from '../layout/view.ts';

const secretByteCount = 32;
export const sessionCookie = 'session';

function secretOf(c: WebContext, { site }: WebDependencies): string | undefined {
  return getCookie(c, site.cookie.name(sessionCookie));
}

/**
 * The session of a secret; a customer's ends with the generation of the link it was opened with, a person's also with the
 * revocation of the person.
 */
async function openSession(
  { store, clock }: WebDependencies,
  secret: string,
): Promise<OpenSession | undefined> {
  const session = await store.sessions.find(secret, clock.now());
  if (session === undefined) return undefined;
  if (session.kind === 'staff') return { kind: 'staff', session };
  try {
    const now = await store.onboardings.now(session.reference);
    if (session.person === undefined) {
      return now.state.link === session.link ? { kind: 'customer', session, now } : undefined;
    }
    const person = await store.people.get(session.reference, session.person);
    if (person === undefined || !isActive(person) || person.generation !== session.link) return undefined;
    return { kind: 'customer', session, now, person };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return undefined;
    throw error;
  }
}

/** True for the session of a customer whose data is being erased, or was: nothing of it is read any more. */
export function isErased(open: OpenSession): boolean {
  return open.kind === 'customer' && open.now.state.erasure !== undefined;
}

/** Adds the signed-in user to the frame of the page. */
function withViewer(view: View, open: OpenSession, secret: string): View {
  const csrf = csrfProof(secret);
  if (open.kind === 'staff') {
    const { name, roles } = open.session;
    return { ...view, csrf, viewer: { kind: 'staff', name, roles } };
  }
  // Nothing is left to name.
  if (isErased(open)) return { ...view, csrf };
  const { reference, owner, territory } = open.now.state;
  const organisation = organisationName(open.now.state);
  const viewer = { kind: 'customer', organisation, reference, territory } as const;
  return { ...view, csrf, contact: owner, viewer };
}

/** Finds the session a request came with, if it did, and makes it known to the view. */
export function readSession(deps: WebDependencies): WebMiddleware {
  return async (c, next) => {
    const secret = secretOf(c, deps);
    const session = secret === undefined ? undefined : await openSession(deps, secret);
    if (secret !== undefined && session !== undefined) {
      c.set('session', session);
      c.set('view', withViewer(c.get('view'), session, secret));
    }
    await next();
  };
}

/** Opens a new session, whatever session there was before: that one ends. */
export async function startSession(c: WebContext, deps: WebDependencies, session: NewSession): Promise<void> {
  const { store, clock, ids, site } = deps;
  const before = secretOf(c, deps);
  if (before !== undefined) await store.sessions.end(before);
  const secret = Buffer.from(ids.bytes(secretByteCount)).toString('base64url');
  await store.sessions.open(secret, session, clock.now());
  setCookie(c, site.cookie.name(sessionCookie), secret, site.cookie.options);
}

export async function endSession(c: WebContext, deps: WebDependencies): Promise<void> {
  const { store, site } = deps;
  const secret = secretOf(c, deps);
  if (secret !== undefined) await store.sessions.end(secret);
  setCookie(c, site.cookie.name(sessionCookie), '', { ...site.cookie.options, maxAge: 0 });
}
