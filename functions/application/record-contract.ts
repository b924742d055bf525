import type { Actor } from '../domain/onboarding/actor.ts';
import * as contracts from '../domain/onboarding/transitions/contract.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * Sales record the signed contract of an onboarding, or correct what they recorded. The same again has no effect.
 *
 * @throws OnboardingClosedError, InvalidInputError
 */
export async function recordContract(
  { store, clock }: ApplicationDependencies,
  reference: string,
  contract: contracts.SignedContract,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) =>
    contracts.recordContract(snapshot, contract, actor, clock.now()),
  );
}
