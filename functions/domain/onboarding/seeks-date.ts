import { hasPlaceInWave } from './lifecycle.ts';
import type { OnboardingState } from './state.ts';

/** True where the workflow finds the next place by itself: no one decides or answers before. */
export function isPlacedNext(state: Pick<OnboardingState, 'stage'>): boolean {
  return hasPlaceInWave(state) || state.stage === 'SUBMITTED';
}

/** True for an onboarding that has no date and looks for one: as long as it does, there is none that others could follow. */
export function seeksDate(state: OnboardingState): boolean {
  const { cutover, stage, reviewKind, priority } = state;
  if (cutover !== undefined || stage === 'CLOSED') return false;
  const waits = stage === 'IN_PARTS' || stage === 'WAITING_LIST' || reviewKind === 'placement';
  // A place is given back while its run has failed, and priority given for a date that the platform has taken.
  return waits || hasPlaceInWave(state) || priority === true;
}
