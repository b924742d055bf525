import type { OnboardingState } from '../../domain/onboarding/state.ts';

/** Where the status of a part of a split onboarding is. */
export const partPath = '/status/parts/:part';

/** Where the status of an onboarding, or of a part of it, is: what can be done about it has its address below. */
export function statusPath({ part }: Pick<OnboardingState, 'part'>): string {
  return part === undefined ? '/status' : `/status/parts/${part.number}`;
}

/** The addresses of whatever there is both for an onboarding as a whole and for each of its parts. */
export const statusRoots = ['/status', partPath] as const;
