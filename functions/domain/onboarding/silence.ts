import { formatLimit } from '../paris-time.ts';
import type { Text } from '../text.ts';
import type { OnboardingState, Snapshot } from './state.ts';

/** Holds that may pass without an answer before an operator is asked [policy]. */
const timeoutsAllowed = 1;

/** True if another silence about a held place leads to an operator. */
export function nextSilenceIsReviewed({ state }: Pick<Snapshot, 'state'>): boolean {
  return state.confirmationTimeouts >= timeoutsAllowed;
}

/** The state after another hold that passed without an answer. */
export function oneMoreSilence({ confirmationTimeouts }: Pick<OnboardingState, 'confirmationTimeouts'>) {
  return { confirmationTimeouts: confirmationTimeouts + 1 };
}

/** True once more holds passed without an answer than are allowed: an operator is asked before another place is sought. */
function isTooSilent({ confirmationTimeouts }: Pick<OnboardingState, 'confirmationTimeouts'>): boolean {
  return confirmationTimeouts > timeoutsAllowed;
}

/**
 * True once the last place that is sought without an operator was given back for want of an answer: not for any other
 * reason, for which the platform gives priority.
 */
export function hasLetLastPass(
  state: Pick<OnboardingState, 'stage' | 'confirmationTimeouts' | 'priority'>,
): boolean {
  return state.stage === 'WAVE_HELD' && state.priority !== true && isTooSilent(state);
}

/** What follows, once the incident is resolved, for a place that was given back while the run has failed. */
export function afterIncident(
  state: Pick<OnboardingState, 'stage' | 'confirmationTimeouts' | 'priority'>,
): Text {
  return hasLetLastPass(state)
    ? {
        fr: 'Dès que l’incident sera résolu, une personne de l’équipe examinera votre dossier.',
        en: 'Once the incident is resolved, a member of the team will review your onboarding.',
      }
    : {
        fr: 'Dès que l’incident sera résolu, nous chercherons une autre place et vous l’enverrons par courriel.',
        en: 'Once the incident is resolved, we will look for another place and send it to you by email.',
      };
}

/** What follows when a place is given back for want of an answer. */
export type SilenceEnd = 'stays_listed' | 'searched_again' | 'reviewed';

const afterwards: Readonly<Record<SilenceEnd, Text>> = {
  stays_listed: {
    fr: 'Vous garderez votre rang sur la liste d’attente, mais cette date ne vous sera plus proposée.',
    en: 'You will keep your position on the waiting list, but this date will not be offered to you again.',
  },
  searched_again: {
    fr: 'Nous chercherons alors une place une seconde et dernière fois.',
    en: 'We will then look for a place a second and last time.',
  },
  reviewed: {
    fr: 'Une personne de l’équipe examinera alors votre dossier.',
    en: 'A member of the team will then review your onboarding.',
  },
};

/** What silence about a held place leads to. */
export function endOfHold(now: Pick<Snapshot, 'state'>): SilenceEnd {
  return nextSilenceIsReviewed(now) ? 'reviewed' : 'searched_again';
}

/** What silence leads to for the place that awaits the customer's answer; undefined when none does. */
export function silenceEndOf({ state, booking }: Snapshot): SilenceEnd | undefined {
  if (booking?.status === 'OFFERED') return 'stays_listed';
  return booking?.status === 'HELD' ? endOfHold({ state }) : undefined;
}

/** What silence about a held or offered place means: the one sentence of pages and mails. */
export function silenceAboutPlace(limit: string, end: SilenceEnd, territory: string | undefined): Text {
  const then = afterwards[end];
  return {
    fr: `Sans réponse de votre part ${formatLimit(limit, 'fr', territory)}, cette place sera rendue. ${then.fr}`,
    en: `Without an answer from you ${formatLimit(limit, 'en', territory)}, this place will be given back. ${then.en}`,
  };
}
