import { lifeOf } from '../../domain/classification/conditions.ts';
import { isConditionCode } from '../../domain/classification/outcomes.ts';
import { isInWorkflow } from '../../domain/onboarding/lifecycle.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { SweepDependencies } from './sweep.ts';

/** True for a condition that is cleared, by whomever: the others only inform. */
function isToClear(code: string): boolean {
  return isConditionCode(code) && lifeOf(code).clearedBy !== undefined;
}

/**
 * Lists results by the dates of their conditions that an earlier release stored without. Those of this release show
 * their due date in the state, and are not read.
 */
export async function listConditions(
  { store }: Pick<SweepDependencies, 'store'>,
  onboardings: readonly OnboardingState[],
): Promise<void> {
  const undated = onboardings.filter(
    ({ stage, conditions = [], conditionsDue }) =>
      isInWorkflow({ stage }) && conditionsDue === undefined && conditions.some(isToClear),
  );
  await store.dossiers.listDates(undated.map(({ reference }) => reference));
}
