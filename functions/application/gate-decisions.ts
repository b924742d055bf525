import { AlreadyDecidedError, NotExpectedNowError, OnboardingClosedError } from '../domain/errors.ts';
import { system } from '../domain/onboarding/actor.ts';
import { applyRecordedGo, goAtGate } from '../domain/onboarding/transitions/apply-go.ts';
import { recordedGo } from '../domain/onboarding/transitions/go-in-advance.ts';
import { silenceAtGate } from '../domain/onboarding/transitions/reviews.ts';
import { isDecided } from '../domain/onboarding/waits.ts';
import { changeOnboarding } from './change.ts';
import { decideReview, factsFor } from './decide-review.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** Applies a *go* recorded in advance on the facts of now; false when there is none, or it was applied before. */
export function applyGo(dependencies: ApplicationDependencies, reference: string): Promise<boolean> {
  return changeOnboarding(dependencies.store, reference, async (snapshot) => {
    if (recordedGo(snapshot) === undefined || snapshot.state.stage !== 'GO_NO_GO') return undefined;
    const facts = await factsFor(dependencies, snapshot, goAtGate);
    return applyRecordedGo(snapshot, facts, dependencies.clock.now());
  });
}

/** Takes silence at the gate for a no-go; false when it was decided meanwhile. */
export async function takeSilenceAsNoGo(
  dependencies: ApplicationDependencies,
  reference: string,
): Promise<boolean> {
  const { state, wait } = await dependencies.store.onboardings.now(reference);
  // The wait before may still be stored as decided: the workflow has not reached this one yet.
  if (state.stage !== 'GO_NO_GO' || isDecided(state, wait)) return false;
  if (await applyGo(dependencies, reference)) return false;
  try {
    await decideReview(dependencies, reference, silenceAtGate, system);
    return true;
  } catch (error) {
    const decidedMeanwhile =
      error instanceof AlreadyDecidedError ||
      error instanceof NotExpectedNowError ||
      error instanceof OnboardingClosedError;
    if (decidedMeanwhile) return false;
    throw error;
  }
}
