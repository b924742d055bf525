import type { Actor } from '../domain/onboarding/actor.ts';
import { isAcceptedFor, isSameGroup } from '../domain/onboarding/presented-organisation.ts';
import type { RefusedOrganisation } from '../domain/onboarding/state.ts';
import * as transitions from '../domain/onboarding/transitions/organisation.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

/** True for an organisation of the same group, as the intakes of both name it: of the other, any that is under way. */
async function isOfGroup(
  { starts, dossiers }: Pick<Store, 'starts' | 'dossiers'>,
  reference: string,
  siren: string,
): Promise<boolean> {
  const [own, active] = await Promise.all([dossiers.intake(reference), starts.actives(siren)]);
  if (active.length === 0) return isSameGroup(own, { siren });
  const others = await Promise.all(active.map((each) => dossiers.intake(each.reference)));
  return others.some((other) => isSameGroup(own, other));
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

/** What the account owner may decide of an organisation that someone has presented. */
export const organisationDecisions = ['accept', 'refuse'] as const;

/** Accepts an organisation for an onboarding, or refuses it. @throws OnboardingClosedError, OrganisationNotAskedError */
export async function decideOrganisation(
  { store, clock }: Dependencies,
  reference: string,
  {
    decision,
    ...decided
  }: transitions.OrganisationDecision & {
    readonly decision: (typeof organisationDecisions)[number];
  },
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, ({ state }) =>
    decision === 'accept'
      ? transitions.acceptOrganisation(state, decided, actor)
      : transitions.refuseOrganisation(state, decided, actor, clock.now()),
  );
}

/** Why an organisation was refused at this moment, as the account owner has written it. */
export async function reasonOfRefusal(
  { store }: Pick<Dependencies, 'store'>,
  reference: string,
  { siren, refusedAt }: RefusedOrganisation,
): Promise<string | undefined> {
  const events = await store.onboardings.events(reference);
  return events.findLast(
    ({ type, at, data }) => type === 'ORGANISATION_REFUSED' && data?.['siren'] === siren && at === refusedAt,
  )?.reason;
}
