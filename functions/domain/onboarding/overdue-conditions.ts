import { addDays, type CalendarDate } from '../calendar-date.ts';
import { conditionsDueInDays } from '../waves/wave.ts';
import { type ContractPolicy, contractMissing } from './contract.ts';
import { hasPlaceInWave, isInWorkflow } from './lifecycle.ts';
import type { OnboardingState } from './state.ts';

/** True once a condition of an onboarding is overdue: its own day is still in time. */
export function hasOverdueCondition(
  state: Pick<OnboardingState, 'stage' | 'conditionsDue'>,
  today: CalendarDate,
): boolean {
  return isInWorkflow(state) && state.conditionsDue !== undefined && state.conditionsDue < today;
}

/** By when a customer with a place has to clear a blocking condition; undefined without one, or where an operator has kept it there. */
export function blockingDueInWave(state: OnboardingState): CalendarDate | undefined {
  const { wave, blockingDue, keptDespite } = state;
  return hasPlaceInWave(state) && keptDespite !== wave ? blockingDue : undefined;
}

/** True for a customer with a place, and a blocking condition overdue, that no operator has kept there. */
export function isBlockedInWave(state: OnboardingState, today: CalendarDate): boolean {
  const due = blockingDueInWave(state);
  return due !== undefined && due < today;
}

/** The days before a cutover in which operators see who is still blocked. */
export function isWithinLastWeeks(cutover: CalendarDate, today: CalendarDate): boolean {
  return addDays(cutover, -conditionsDueInDays) <= today && today < cutover;
}

/**
 * True while the contract is missing in the last weeks before the cutover of the place that an onboarding has: sales see it
 * first, and its customer reads it [policy].
 */
export function isContractDue(policy: ContractPolicy, state: OnboardingState, today: CalendarDate): boolean {
  const { cutover } = state;
  if (cutover === undefined || !isInWorkflow(state)) return false;
  return isWithinLastWeeks(cutover, today) && contractMissing(policy, state);
}
