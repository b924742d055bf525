import type { OnboardingState } from './state.ts';

/** True for an onboarding that has no date and looks for one: as long as it does, there is none that others could follow. */
export function seeksDate({ cutover, stage, reviewKind }: OnboardingState): boolean {
  if (cutover !== undefined || stage === 'CLOSED') return false;
  // A held place is given back while its run has failed; the next one is sought when it goes on.
  const seeking = stage === 'IN_PARTS' || stage === 'WAITING_LIST' || stage === 'WAVE_HELD';
  return seeking || reviewKind === 'placement';
}
