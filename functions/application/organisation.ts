import type { Actor } from '../domain/onboarding/actor.ts';
import { isAcceptedFor, isSameGroup } from '../domain/onboarding/presented-organisation.ts';
import * as transitions from '../domain/onboarding/transitions/organisation.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

/** True for an organisation of the same group, as the intakes of both name it. */
async function isOfGroup(
  { starts, dossiers }: Pick<Store, 'starts' | 'dossiers'>,
  reference: string,
  siren: string,
): Promise<boolean> {
  const [own, other] = await Promise.all([
    dossiers.intake(reference),
    starts.active(siren).then((active) => (active === undefined ? { siren } : dossiers.intake(active))),
  ]);
  return isSameGroup(own, other);
}

/**
 * Records what someone has shown with ProConnect.
 *
 * @throws OnboardingClosedError, ForeignOrganisationError
 */
export async function verifyByProConnect(
  { store }: Dependencies,
  reference: string,
  shown: transitions.ShownByProConnect,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async ({ state }) => {
    const inGroup = !isAcceptedFor(state, shown.siren) && (await isOfGroup(store, reference, shown.siren));
    return transitions.verifyByProConnect(state, shown, inGroup, actor);
  });
}

/** Asks the account owner to accept an organisation. @throws OnboardingClosedError, TooManyOrganisationsError */
export async function askForOrganisation(
  { store, clock }: Dependencies,
  reference: string,
  shown: Pick<transitions.ShownByProConnect, 'siren' | 'person'>,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, ({ state }) =>
    transitions.askForOrganisation(state, shown, actor, clock.now()),
  );
}

/** Accepts an organisation for an onboarding. @throws OnboardingClosedError, OrganisationNotAskedError */
export async function acceptOrganisation(
  { store }: Pick<Dependencies, 'store'>,
  reference: string,
  accepted: { readonly siren: string; readonly reason: string },
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, ({ state }) =>
    transitions.acceptOrganisation(state, accepted, actor),
  );
}
