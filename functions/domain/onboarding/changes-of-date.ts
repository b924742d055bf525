import type { OnboardingState } from './state.ts';

/** How many times a customer may ask for another date, or choose one. */
export const anotherDatesAllowed = 3;

/** How many times a customer may still change its date itself. */
export function changesLeft({ anotherDates }: Pick<OnboardingState, 'anotherDates'>): number {
  return Math.max(0, anotherDatesAllowed - anotherDates);
}

/** The changes of date counted so far, so that at least one is left. */
export function withOneChange({ anotherDates }: Pick<OnboardingState, 'anotherDates'>): number {
  return Math.min(anotherDates, anotherDatesAllowed - 1);
}

/**
 * What a customer is owed whose date the platform has taken: it goes before others, and at least one change of date is left
 * to it.
 */
export function owedForDate(
  state: Pick<OnboardingState, 'anotherDates'>,
): Pick<OnboardingState, 'priority' | 'anotherDates'> {
  return { priority: true, anotherDates: withOneChange(state) };
}

/** True while the customer may ask for another date than the one that is held for it. */
export function mayAskForAnotherDate(state: Pick<OnboardingState, 'anotherDates'>): boolean {
  return changesLeft(state) > 0;
}
