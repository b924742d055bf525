import { seeksAnotherDate } from './cutover.ts';
import { hasPlaceInWave } from './lifecycle.ts';
import type { OnboardingState } from './state.ts';

/** True for an onboarding that has no date and looks for one: as long as it does, there is none that others could follow. */
export function seeksDate(state: OnboardingState): boolean {
  const { cutover, stage, reviewKind } = state;
  if (cutover !== undefined || stage === 'CLOSED') return false;
  const waits = stage === 'IN_PARTS' || stage === 'WAITING_LIST' || reviewKind === 'placement';
  // A place is given back while its run has failed; the next one is sought when it goes on.
  return waits || hasPlaceInWave(state) || seeksAnotherDate(state);
}
