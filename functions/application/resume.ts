import type { Actor } from '../domain/onboarding/actor.ts';
import * as transitions from '../domain/onboarding/transitions/run.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * Starts a new run of the workflow from the onboarding's checkpoint; the run before it, if any is left, ends by itself.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError when nothing is left to run.
 */
export async function resume(
  { store, clock }: ApplicationDependencies,
  reference: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, ({ state }) =>
    transitions.resume(state, reason, actor, clock.now()),
  );
}
