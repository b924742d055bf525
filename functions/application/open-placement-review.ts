import type { Actor } from '../domain/onboarding/actor.ts';
import * as reviews from '../domain/onboarding/transitions/worse-result.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * An operator opens a placement review before a wave is confirmed.
 *
 * @throws what opening it throws.
 */
export async function openPlacementReview(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) =>
    reviews.openPlacementReview(snapshot, reason, actor, clock.now()),
  );
}
