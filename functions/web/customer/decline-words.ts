import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';

export const declineMigration: Text = { fr: 'Renoncer à la migration', en: 'Decline the migration' };
/** A part ends by itself. */
export const declinePart: Text = { fr: 'Renoncer à cette partie', en: 'Decline this part' };

/** What declining the held place ends. */
export function declineTitle({ part }: Pick<OnboardingState, 'part'>): Text {
  return part === undefined ? declineMigration : declinePart;
}
