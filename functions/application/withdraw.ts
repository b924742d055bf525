import type { Actor } from '../domain/onboarding/actor.ts';
import * as transitions from '../domain/onboarding/transitions/close.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * Ends an onboarding for the customer, sales or an operator: places are freed in the same transaction.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError after the hand-over: the platform has the customer then.
 */
export async function withdraw(
  { store }: ApplicationDependencies,
  reference: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) => transitions.withdraw(snapshot, reason, actor));
}
