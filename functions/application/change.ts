import type { Change } from '../domain/onboarding/change.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import type { Store } from '../store/store.ts';

/**
 * Reads an onboarding and stores the change that a transition makes of it, again from the start whenever another change
 * came between. A transition gives undefined when there is nothing to change: it was done before, or is not due.
 *
 * @throws OnboardingNotFoundError, and what the transition throws.
 * @returns true when something was stored.
 */
export function changeOnboarding(
  { onboardings }: Pick<Store, 'onboardings'>,
  reference: string,
  transition: (snapshot: Snapshot) => Change | undefined | Promise<Change | undefined>,
): Promise<boolean> {
  return onboardings.change<boolean>(reference, async (snapshot) => {
    const change = await transition(snapshot);
    return { change, result: change !== undefined };
  });
}
