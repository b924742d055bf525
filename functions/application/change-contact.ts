import type { Actor } from '../domain/onboarding/actor.ts';
import { isActive } from '../domain/onboarding/people.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import * as contact from '../domain/onboarding/transitions/contact.ts';
import { recordPersonUnreachable } from '../domain/onboarding/transitions/people.ts';
import type { Links } from '../platform/links.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = ApplicationDependencies & { readonly links: Links };

/** The link that replaces the present one. */
async function nextLink(links: Links, { reference, link }: OnboardingState) {
  const generation = link + 1;
  return { token: await links.token(reference, generation), generation };
}

/**
 * Changes whom the system writes to. The old link is replaced: it can no longer be used.
 *
 * @throws OnboardingClosedError, LinkMailedTooOftenError
 */
export async function changeContact(
  { store, links, clock }: Dependencies,
  reference: string,
  change: contact.ContactChange,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async ({ state }) => {
    const intake = await store.dossiers.intake(reference);
    const link = state.link > 0 ? await nextLink(links, state) : undefined;
    return contact.changeContact(state, change, { intake, link, at: clock.now() }, actor);
  });
}

/**
 * Sends the link again: with the invitation, or after the questionnaire with the mail that leads to the status page.
 *
 * @throws OnboardingClosedError, LinkMailedTooOftenError, NotExpectedNowError before the first invitation.
 */
export async function resendInvitation(
  { store, clock }: ApplicationDependencies,
  reference: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, ({ state }) =>
    contact.resendInvitation(state, reason, actor, clock.now()),
  );
}

/**
 * Revokes the personal link and every session opened with it at once. Nothing is sent: the next mail to the
 * contact, the link sent again or a reminder, carries the link that replaces it.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the first invitation.
 */
export async function revokeLink(
  { store, links }: Dependencies,
  reference: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async ({ state }) =>
    contact.revokeLink(state, await nextLink(links, state), reason, actor),
  );
}

/**
 * Records that a mail did not reach the customer's present contact, the account owner or someone who was named; false if that was recorded
 * before, or it was to neither.
 */
export function recordUndeliveredMail(
  { store }: Pick<ApplicationDependencies, 'store'>,
  reference: string,
  undelivered: contact.UndeliveredMail,
  isTo: (address: string) => boolean,
): Promise<boolean> {
  return changeOnboarding(store, reference, async ({ state }) => {
    if (state.stage === 'CLOSED') return undefined;
    const { contactEmail } = await store.dossiers.intake(reference);
    if (!isTo(contactEmail)) {
      if (isTo(state.owner)) return contact.recordOwnerUnreachable(state, undelivered);
      const named = state.persons === undefined ? [] : await store.people.of(reference);
      const person = named.find((each) => isActive(each) && isTo(each.email));
      return person === undefined ? undefined : recordPersonUnreachable(person, undelivered.mail);
    }
    if (state.mailBounced === true) return undefined;
    const events = await store.onboardings.events(reference);
    // SES and EventBridge deliver at least once.
    const isKnown = events.some(
      ({ type, data }) => type === 'MAIL_NOT_DELIVERED' && data?.['mail'] === undelivered.mail,
    );
    return isKnown ? undefined : contact.recordUndeliveredMail(undelivered);
  });
}
