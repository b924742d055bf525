import { stateWork } from '../../domain/onboarding/operator-work.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { pageSize, type SweepDependencies } from './sweep.ts';

/** Lists as operators' work what an earlier release listed elsewhere. */
export async function relistWork({ store }: Pick<SweepDependencies, 'store'>): Promise<void> {
  await store.workList.relist(pageSize);
}

/** Lists by due date, of the onboardings of a stage, those that an earlier release stored without one. */
export async function listWork(
  { store }: Pick<SweepDependencies, 'store'>,
  onboardings: readonly OnboardingState[],
): Promise<void> {
  const withWork = onboardings.filter((state) => stateWork(state) !== undefined);
  await store.onboardings.listByDue(withWork.map(({ reference }) => reference));
}
