import type { Text } from '../text.ts';
import type { OnboardingState } from './state.ts';

/** How many times a customer may ask for another date. */
const anotherDatesAllowed = 3;

/** True while the customer may ask for another date than the one that is held for it. */
export function mayAskForAnotherDate({ anotherDates }: Pick<OnboardingState, 'anotherDates'>): boolean {
  return anotherDates < anotherDatesAllowed;
}

/** The message for a customer that may not ask again. */
export const noOtherDate: Text = {
  fr: `Une autre date a déjà été demandée ${anotherDatesAllowed} fois. Confirmez cette date, ou renoncez.`,
  en: `Another date has already been requested ${anotherDatesAllowed} times. Confirm this date, or decline.`,
};
