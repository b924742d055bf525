import { OnboardingNotFoundError } from '../domain/errors.ts';
import { partAfter, partReferences } from '../domain/onboarding/parts.ts';
import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import type { Store } from '../store/store.ts';

/** References of those that have to come after an onboarding: the next part, the members of its group. */
export async function followersOf(
  { starts }: Pick<Store, 'starts'>,
  state: Pick<OnboardingState, 'reference' | 'part' | 'siren'>,
): Promise<readonly string[]> {
  const after = partAfter(state);
  return [...(after === undefined ? [] : [after]), ...(await starts.followers(state.siren))];
}

/** The parts of a split onboarding that have begun, in order; by one read each, at most 20. */
export async function partsOf(
  { onboardings }: Pick<Store, 'onboardings'>,
  whole: Pick<OnboardingState, 'reference' | 'split'>,
): Promise<readonly Snapshot[]> {
  const read = await Promise.all(
    partReferences(whole).map(async (reference) => {
      try {
        return await onboardings.now(reference);
      } catch (error) {
        if (error instanceof OnboardingNotFoundError) return undefined;
        throw error;
      }
    }),
  );
  return read.filter((part) => part !== undefined);
}
