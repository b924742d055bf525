import { OnboardingNotFoundError } from '../../../domain/errors.ts';
import type { Actor } from '../../../domain/onboarding/actor.ts';
import { actingIn } from '../../../domain/onboarding/correction.ts';
import type { Interview } from '../../../domain/onboarding/interviews.ts';
import { type Acting, type Person, respondent } from '../../../domain/onboarding/people.ts';
import { parseReference, partReference } from '../../../domain/onboarding/reference.ts';
import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { StaffSession } from '../../../store/sessions.ts';
import type { WebDependencies } from '../dependencies.ts';
import { forbidden, linkNeeded, nothingKept, sessionEnded } from '../http/error-pages.ts';
import { ownerField } from '../http/form-fields.ts';
import { resumePage } from '../http/resume-form.ts';
import type { OpenInterview, OpenSession, WebContext, WebMiddleware } from '../http/web-app.ts';
import { opensTo } from './customer-doors.ts';
import { notForYou } from './not-for-you.ts';
import { isErased } from './sessions.ts';

type Role = StaffSession['roles'][number];

/** The signed-in member of staff; for routes behind `requireRole`. */
export function staffOf(c: WebContext): StaffSession {
  const open = c.get('session');
  if (open?.kind !== 'staff') throw new Error('The route is not behind requireRole');
  return open.session;
}

/** Whoever acts for a customer, and on which onboarding. */
export interface Customer {
  readonly reference: string;
  readonly now: Snapshot;
  /** Generation of the link that opened the session. */
  readonly link: number;
  readonly who: Actor;
  /** What decides what they may do and see. */
  readonly acting: Acting;
  /** Absent for the contact. */
  readonly person: Person | undefined;
  /** What their answers are saved under. */
  readonly savedAs: string;
  /** Present while an operator enters what the customer says. */
  readonly interview?: Interview;
}

function customerIn(open: Extract<OpenSession, { kind: 'customer' }>): Customer {
  const { now, person, session } = open;
  const { reference, link } = session;
  const who = { kind: 'customer', id: person?.id ?? reference } as const;
  return { reference, now, link, who, acting: actingIn(person ?? respondent, now), person, savedAs: who.id };
}

/** Fills in the whole form, as the respondent would. */
function interviewerIn({ now, interview }: OpenInterview, who: Actor): Customer {
  const { reference } = now.state;
  return {
    reference,
    now,
    link: now.state.link,
    who,
    acting: actingIn(respondent, now),
    person: undefined,
    savedAs: interview.id,
    interview,
  };
}

/** The onboarding whose form is open; for routes behind `requireCustomer`, or behind the door of an interview. */
export function customerOf(c: WebContext): Customer {
  const held = c.get('interview');
  if (held !== undefined) return interviewerIn(held, actorOf(c, 'operator'));
  const open = c.get('session');
  if (open?.kind !== 'customer') throw new Error('The route is not behind requireCustomer');
  const customer = customerIn(open);
  const part = c.get('part');
  return part === undefined ? customer : { ...customer, reference: part.state.reference, now: part };
}

/** Who acts, as the history records it. */
export function actorOf(c: WebContext, role: Role): Actor {
  return { kind: role, id: staffOf(c).subject };
}

/** Admits members of staff with one of the roles; others must sign in first, or are refused. */
export function requireRole({ site }: WebDependencies, ...roles: readonly Role[]): WebMiddleware {
  return async (c, next) => {
    const open = c.get('session');
    if (open?.kind === 'staff') {
      if (roles.some((role) => open.session.roles.includes(role))) return next();
      return forbidden(c);
    }
    if (c.req.method === 'POST') return sessionEnded(c, 'staff');
    const { path } = c.get('view');
    return c.redirect(`${site.href('/sign-in')}?to=${encodeURIComponent(path)}`, 303);
  };
}

/**
 * Reads the part of the customer's onboarding that the address names, for pages below it.
 *
 * @throws OnboardingNotFoundError when it has no such part.
 */
export function withPart({ store }: WebDependencies): WebMiddleware {
  return async (c, next) => {
    const open = c.get('session');
    const number = Number(c.req.param('part'));
    if (open?.kind !== 'customer' || !Number.isInteger(number)) return next();
    const { reference, split } = open.now.state;
    if (split?.parts[number - 1] === undefined) throw new OnboardingNotFoundError();
    c.set('part', await store.onboardings.now(partReference(reference, number)));
    return next();
  };
}

/** Lets whoever has come by a personal link through the doors that are theirs. */
export const requireCustomer: WebMiddleware = async (c, next) => {
  const open = c.get('session');
  if (open?.kind === 'customer') {
    if (isErased(open)) return nothingKept(c);
    const { method, path } = c.req;
    return opensTo(customerIn(open).acting, { method, path, form: c.get('form') }) ? next() : notForYou(c);
  }
  if (c.req.method !== 'POST') return linkNeeded(c);
  const form = c.get('form');
  return form?.get(ownerField) === undefined
    ? sessionEnded(c, 'customer')
    : resumePage(c, c.get('site'), form, 'expired');
};

/**
 * An onboarding that the signed-in person may see: operators all, sales those of their own team.
 *
 * @throws OnboardingNotFoundError also for one of another team: that it exists is theirs to know.
 */
export async function visibleOnboarding(
  c: WebContext,
  { store }: WebDependencies,
  reference: string,
): Promise<Snapshot> {
  const { roles, team } = staffOf(c);
  // What is no reference may be longer than any key.
  const known = parseReference(reference);
  if (known === undefined) throw new OnboardingNotFoundError();
  const now = await store.onboardings.now(known);
  if (!roles.includes('operator') && now.state.team !== team) throw new OnboardingNotFoundError();
  return now;
}
