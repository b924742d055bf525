import { remindLate as transition } from '../domain/onboarding/transitions/answers.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** Gives the reminder to answer that the workflow's timer would give too late; false when none is due. */
export function remindLate(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
): Promise<boolean> {
  return changeOnboarding(store, reference, (snapshot) => transition(snapshot, clock.now()));
}
