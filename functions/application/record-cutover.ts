import type { Actor } from '../domain/onboarding/actor.ts';
import * as handOver from '../domain/onboarding/transitions/hand-over.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * Records how a cutover went. The same result again has no effect; another end of hypercare has. One that was rolled back
 * or postponed leads to another date.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the hand-over.
 * @throws OtherPlaceError when another wave is meant than the one it was handed over for.
 * @throws CutoverNotYetError when it is said to be done, or undone, before its day.
 * @throws InvalidInputError when the end of hypercare is out of bounds, or goes with no cutover that is done.
 */
export async function recordCutover(
  { store, clock }: ApplicationDependencies,
  reference: string,
  cutover: handOver.Cutover,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async (snapshot) => {
    const assessed = cutover.result === 'done' ? undefined : await store.dossiers.result(reference);
    return handOver.recordCutover({ snapshot, assessed }, cutover, actor, clock.now());
  });
}

/** Closes an onboarding whose hypercare is over; does nothing before. */
export function endHypercare({ store, clock }: ApplicationDependencies, reference: string): Promise<boolean> {
  return changeOnboarding(store, reference, (snapshot) => handOver.endHypercare(snapshot, clock.now()));
}
