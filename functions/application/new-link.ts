import { BusinessError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { isActive, respondent } from '../domain/onboarding/people.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { day } from '../domain/time.ts';
import { resendInvitation } from './change-contact.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { resendPersonLink } from './people.ts';

/** Mails with a link in 24 hours, whoever asked for them, after which no more are sent to anyone's asking on a public page. */
const mailsADay = 3;
/** The most onboardings of one contact that are looked at. */
const mostOnboardings = 5;

/** Why a link is sent again, as the history says it. */
const askedOnPublicPage = 'ASKED_ON_PUBLIC_PAGE';

/** Whom a new link is asked for. */
export interface LinkAsked {
  readonly email: string;
  /** Whoever was named by others is found with it only. */
  readonly reference: string | undefined;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Refusals are not for whoever asks: they would tell that the address is known. */
async function unlessRefused(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
  }
}

/** Sends those who have the address their own links again; does nothing for anyone else, and tells no one which it was. */
export async function sendNewLink(
  dependencies: ApplicationDependencies,
  { email, reference }: LinkAsked,
): Promise<void> {
  const { store, clock } = dependencies;
  const isTooMany = (mails: readonly string[] = []) =>
    mails.filter((at) => Date.parse(at) > clock.now().getTime() - day).length >= mailsADay;
  const actorOf = (id: string): Actor => ({ kind: 'customer', id });

  async function toContact({ reference: own, linkMails }: OnboardingState): Promise<void> {
    if (isTooMany(linkMails)) return;
    await resendInvitation(dependencies, own, askedOnPublicPage, actorOf(own));
  }

  async function toPerson(own: string): Promise<void> {
    const people = await store.people.of(own);
    const person = people.find((each) => isActive(each) && isSame(each.email, email));
    if (person === undefined || isTooMany(person.linkMails)) return;
    await resendPersonLink(dependencies, own, person.id, { actor: actorOf(person.id), by: respondent });
  }

  const { items } = await store.lists.byMail(email, { limit: mostOnboardings });
  for (const state of items) {
    if (reference === undefined || reference === state.reference) await unlessRefused(() => toContact(state));
  }
  if (reference !== undefined) await unlessRefused(() => toPerson(reference));
}
