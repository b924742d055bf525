import { formatDate } from '../../domain/calendar-date.ts';
import * as reasons from '../../domain/onboarding/outcome-reasons.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import type { Standing as ListStanding } from '../../store/waiting-list.ts';

/** The next step, and its date or the reason why there is none. */
export interface NextStep {
  readonly what: Text;
  readonly when: Text;
}

export interface Standing {
  readonly now: Snapshot;
  readonly today: string;
  readonly at: Date;
  readonly platform: PlatformConfiguration;
  /** Where it stands on the waiting list; undefined beyond the counted positions. */
  readonly listed: ListStanding | undefined;
  /** Every answer that is awaited is there. */
  readonly mayBeSubmitted?: boolean;
}

export function dated(date: string, sentence: (date: string, language: 'fr' | 'en') => string): Text {
  return { fr: sentence(formatDate(date, 'fr'), 'fr'), en: sentence(formatDate(date, 'en'), 'en') };
}

export const automatic: Text = {
  fr: 'Cette étape est automatique et prend en général quelques minutes ; elle n’a donc pas de date. Rechargez la page pour voir la suite.',
  en: 'This step is automatic and usually takes a few minutes, so it has no date. Reload the page to see what comes next.',
};

export function reasonOf({ state }: Snapshot): Text | undefined {
  return reasons.reasonOf(state);
}

/** Why the date that an organisation had is given up while a review or its answers are awaited; empty for every other one. */
export function dateGivenUp({ state, booking }: Snapshot, why: Text): Text {
  const { missedGate } = state;
  if (missedGate === undefined || booking !== undefined) return { fr: '', en: '' };
  return dated(missedGate, (date, language) =>
    language === 'fr'
      ? ` La bascule prévue le ${date} n’a pas lieu, car ${why.fr} : une autre date sera recherchée en priorité.`
      : ` The cutover planned for ${date} does not take place because ${why.en}: another date will be sought with priority.`,
  );
}
