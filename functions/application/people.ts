import type { Actor } from '../domain/onboarding/actor.ts';
import type { Acting, Person, RevocationReason } from '../domain/onboarding/people.ts';
import * as transitions from '../domain/onboarding/transitions/people.ts';
import type { Links } from '../platform/links.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = ApplicationDependencies & { readonly links: Links };

/** Who asks: what is recorded of them, and what they may do. */
export interface Asking {
  readonly actor: Actor;
  readonly by: Acting;
}

/** The others whom the customer has named, as they are after the state was read: its version guards them. */
async function factsOf(
  { store, clock }: ApplicationDependencies,
  reference: string,
  by: Acting,
): Promise<transitions.PeopleFacts> {
  const [people, { contactEmail }] = await Promise.all([
    store.people.of(reference),
    store.dossiers.intake(reference),
  ]);
  return { people, contact: contactEmail, by, at: clock.now() };
}

/**
 * Names someone to answer with the contact, and mails the link.
 *
 * @throws what `invitePerson` of the transitions throws
 */
export async function invitePerson(
  dependencies: Dependencies,
  reference: string,
  named: transitions.NewPerson,
  { actor, by }: Asking,
): Promise<void> {
  await changeOnboarding(dependencies.store, reference, async ({ state }) => {
    const facts = await factsOf(dependencies, reference, by);
    const token = await dependencies.links.token(reference, 1, transitions.nextPersonId(state));
    return transitions.invitePerson(state, named, token, facts, actor);
  });
}

/** Corrects the name or the address of a person, with a new link. @throws what `changePerson` of the transitions throws */
export async function changePerson(
  dependencies: Dependencies,
  reference: string,
  id: string,
  changed: Pick<Person, 'name' | 'email'>,
  { actor, by }: Asking,
): Promise<void> {
  await changeOnboarding(dependencies.store, reference, async ({ state }) => {
    const facts = await factsOf(dependencies, reference, by);
    const tokenOf = (generation: number) => dependencies.links.token(reference, generation, id);
    return transitions.changePerson(state, id, changed, tokenOf, facts, actor);
  });
}

/** Mails a person the link again. @throws what `resendPersonLink` of the transitions throws */
export async function resendPersonLink(
  dependencies: ApplicationDependencies,
  reference: string,
  id: string,
  { actor, by }: Asking,
): Promise<void> {
  await changeOnboarding(dependencies.store, reference, async ({ state }) =>
    transitions.resendPersonLink(state, id, await factsOf(dependencies, reference, by), actor),
  );
}

/** Ends a person's link and sessions at once. @throws what `revokePerson` of the transitions throws */
export async function revokePerson(
  dependencies: ApplicationDependencies,
  reference: string,
  id: string,
  { actor, by }: Asking,
): Promise<void> {
  await changeOnboarding(dependencies.store, reference, async ({ state }) =>
    transitions.revokePerson(state, id, await factsOf(dependencies, reference, by), actor),
  );
}

/**
 * An operator ends a person's link and sessions at once.
 *
 * @throws what `revokePersonAsOperator` of the transitions throws
 */
export async function revokePersonAsOperator(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
  id: string,
  reason: RevocationReason,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async ({ state }) => {
    const people = await store.people.of(reference);
    return transitions.revokePersonAsOperator(state, id, reason, { people, at: clock.now() }, actor);
  });
}

/** Records the first opening of a person's link. */
export async function notePersonLinkOpened(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
  { id, generation }: Pick<Person, 'id' | 'generation'>,
): Promise<void> {
  await changeOnboarding(store, reference, async ({ state }) =>
    transitions.openPersonLink(
      state,
      await store.people.get(reference, id),
      generation,
      { kind: 'customer', id },
      clock.now(),
    ),
  );
}
