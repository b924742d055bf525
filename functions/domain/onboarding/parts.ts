import { partReference, wholeOf } from './reference.ts';
import type { OnboardingState } from './state.ts';

/** The references of the parts of a split onboarding, in order. */
export function partReferences({
  reference,
  split,
}: Pick<OnboardingState, 'reference' | 'split'>): readonly string[] {
  return (split?.parts ?? []).map((_, index) => partReference(reference, index + 1));
}

/** The part that this one has to come after; undefined without one. */
export function partBefore({
  reference,
  part,
}: Pick<OnboardingState, 'reference' | 'part'>): string | undefined {
  if (part?.inOrder !== true || part.number === 1) return undefined;
  return partReference(wholeOf(reference), part.number - 1);
}

/** The part that has to come after this one; undefined without one. */
export function partAfter({
  reference,
  part,
}: Pick<OnboardingState, 'reference' | 'part'>): string | undefined {
  if (part?.inOrder !== true || part.number === part.of) return undefined;
  return partReference(wholeOf(reference), part.number + 1);
}

/** What a part has of the whole as it is now: of the organisation, its staff, its contact and its result. */
export function sharedByParts(whole: OnboardingState) {
  const { siren, name, language, owner, team, territory, link, mailBounced, linkRevoked, ownerUnreachable } =
    whole;
  const { submission, eligibility, requirementLevel, tier, score } = whole;
  const { conditions, conditionsDue, blockingDue, contract } = whole;
  return {
    ...{ siren, name, language, owner, team, territory, link, mailBounced, linkRevoked, ownerUnreachable },
    ...{ submission, eligibility, requirementLevel, tier, score },
    ...{ conditions, conditionsDue, blockingDue, contract },
  };
}
