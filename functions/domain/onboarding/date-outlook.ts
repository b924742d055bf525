import { type CalendarDate, calendarDateOf, formatDate } from '../calendar-date.ts';
import { midSentence, type Text } from '../text.ts';
import { isAskedAgain } from './asked-again.ts';
import { hasToLeave, holdIsOver } from './bookings.ts';
import { seeksAnotherDate } from './cutover.ts';
import { hasConfirmedWave, type Stage } from './lifecycle.ts';
import { reasonOf } from './outcome-reasons.ts';
import type { Booking, Snapshot } from './state.ts';
import { isDecided } from './waits.ts';

/** How firm a date is: offered or held until it is answered, kept while something is decided, confirmed, done. */
export const dateStatuses = ['offered', 'held', 'kept', 'confirmed', 'done'] as const;
export type DateStatus = (typeof dateStatuses)[number];

/** The date of a cutover, or else the reason why there is none: always one of the two. */
export type DateOutlook =
  | {
      readonly date: CalendarDate;
      readonly status: DateStatus;
      /** Instant until which it is to be answered. */
      readonly until?: string | undefined;
    }
  | { readonly reason: Text };

/** True for an onboarding that ended with its cutover done. */
export function isCompleted({ stage, outcome }: Snapshot['state']): boolean {
  return stage === 'CLOSED' && outcome === 'HANDED_OVER';
}

/** The day of the cutover, while its place is kept; that of a place that has to be left is no date any more. */
export function dateOf({ state, booking }: Snapshot): CalendarDate | undefined {
  const handedOver = state.stage === 'HANDED_OVER' || state.stage === 'CUT_OVER' || isCompleted(state);
  if (handedOver) return state.cutover ?? booking?.cutover;
  if (state.stage === 'CLOSED' || booking === undefined) return undefined;
  return hasToLeave(booking) ? undefined : booking.cutover;
}

function statusOf({ state, booking }: Snapshot): DateStatus {
  if (state.stage === 'CUT_OVER' || state.stage === 'CLOSED') return 'done';
  if (state.stage === 'HANDED_OVER') return 'confirmed';
  if (booking?.status === 'OFFERED') return 'offered';
  if (booking?.status === 'HELD' && state.stage === 'WAVE_HELD') return 'held';
  return hasConfirmedWave(state) && booking?.status === 'CONFIRMED' ? 'confirmed' : 'kept';
}

const incident: Text = {
  fr: 'un incident technique est à résoudre d’abord.',
  en: 'a technical incident has to be resolved first.',
};
const fromAnswers: Text = {
  fr: 'elle se calcule à partir de vos réponses, que vous n’avez pas encore envoyées.',
  en: 'it is worked out from your answers, which you have not submitted yet.',
};
const searching: Text = {
  fr: 'nous la cherchons dans le calendrier des vagues.',
  en: 'we are looking for one in the calendar of waves.',
};

function onWaitingList({ state }: Snapshot): Text {
  const reason = reasonOf(state);
  return reason === undefined
    ? {
        fr: 'aucune vague possible n’a de place pour le moment.',
        en: 'no possible wave has room at the moment.',
      }
    : midSentence(reason);
}

function inReview({ state }: Snapshot): Text {
  if (state.reviewKind === 'qualification') {
    return {
      fr: 'une personne vérifie votre organisme ; la date se calcule ensuite à partir de vos réponses.',
      en: 'a person is verifying your organisation; the date is then worked out from your answers.',
    };
  }
  if (state.reviewKind === 'placement') {
    return {
      fr: 'aucune vague ne convient ; une personne de l’équipe en cherche une avec vous.',
      en: 'no wave fits; a member of the team is looking for one with you.',
    };
  }
  return {
    fr: 'une personne examine vos réponses ; la date dépend de sa décision.',
    en: 'a person is reviewing your answers; the date depends on that decision.',
  };
}

function whileAnswering({ state }: Snapshot): Text {
  if (state.talk !== undefined) {
    return {
      fr: 'vous avez souhaité en parler d’abord ; elle se calcule ensuite à partir de vos réponses.',
      en: 'you asked to talk first; it is then worked out from your answers.',
    };
  }
  return isAskedAgain(state)
    ? {
        fr: 'nous attendons les réponses que nous vous avons demandé de revoir.',
        en: 'we are waiting for the answers that we asked you to look at again.',
      }
    : fromAnswers;
}

const reasons: Readonly<Record<Stage, (now: Snapshot) => Text>> = {
  REGISTERED: () => fromAnswers,
  QUALIFYING: () => fromAnswers,
  IN_REVIEW: inReview,
  INVITED: whileAnswering,
  ANSWERING: whileAnswering,
  SUBMITTED: ({ state }) =>
    seeksAnotherDate(state)
      ? {
          fr: 'votre bascule n’a pas pu se faire comme prévu ; nous cherchons votre prochaine place en priorité.',
          en: 'your cutover could not be completed as planned; we are looking for your next place with priority.',
        }
      : {
          fr: 'nous appliquons les règles à vos réponses ; la date suit.',
          en: 'we are applying the rules to your answers; the date comes next.',
        },
  IN_PARTS: () => ({
    fr: 'votre migration se fait en plusieurs parties ; chacune a sa date, indiquée ci-dessous.',
    en: 'your migration takes place in several parts; each has a date of its own, shown below.',
  }),
  PREPARING: () => ({
    fr: 'votre niveau de préparation ne permet pas encore de réserver une vague de migration.',
    en: 'your readiness tier does not allow a migration wave to be booked yet.',
  }),
  WAITING_LIST: onWaitingList,
  WAVE_HELD: () => searching,
  WAVE_CONFIRMED: () => searching,
  GO_NO_GO: () => searching,
  HANDED_OVER: () => ({
    fr: 'l’équipe d’exploitation la fixe avec vous.',
    en: 'the operations team is setting it with you.',
  }),
  CUT_OVER: () => ({ fr: 'la bascule est faite.', en: 'the cutover is done.' }),
  CLOSED: () => ({ fr: 'le dossier est clos.', en: 'the onboarding is closed.' }),
};

/** The day is over without a result: it is no date to wait for any more. */
function overdue(date: CalendarDate): Text {
  return {
    fr: `la bascule était prévue le ${formatDate(date, 'fr')}, et son résultat n’est pas encore enregistré.`,
    en: `the cutover was planned for ${formatDate(date, 'en')}, and its result has not been recorded yet.`,
  };
}

/** The time to answer is over, or the answer was no: the place is given back within minutes. */
function givenBack({ state, wait }: Snapshot, booking: Booking, at: Date): Text | undefined {
  const { cutover, status } = booking;
  if (status !== 'HELD' && status !== 'OFFERED') return undefined;
  if (isDecided(state, wait)) {
    return wait?.decision === 'DECLINED'
      ? { fr: 'vous avez renoncé à la place réservée.', en: 'you declined the place that was held.' }
      : undefined;
  }
  if (!holdIsOver(booking, at)) return undefined;
  return {
    fr: `le délai de réponse pour la place du ${formatDate(cutover, 'fr')} est dépassé.`,
    en: `the time to answer about the place of ${formatDate(cutover, 'en')} is over.`,
  };
}

/** The date of the cutover or the reason why there is none, in every stage: pages and API say the same. */
export function dateOutlook(now: Snapshot, at: Date): DateOutlook {
  const { state, wait, booking } = now;
  const date = dateOf(now);
  if (date === undefined) {
    const stopped = state.run.status === 'failed' && state.stage !== 'CLOSED';
    return { reason: stopped ? incident : reasons[state.stage](now) };
  }
  const gone = booking === undefined ? undefined : givenBack(now, booking, at);
  if (gone !== undefined) return { reason: gone };
  const status = statusOf(now);
  if (status !== 'done' && date < calendarDateOf(at)) return { reason: overdue(date) };
  if (status !== 'held' && status !== 'offered') return { date, status };
  return isDecided(state, wait) ? { date, status: 'kept' } : { date, status, until: booking?.holdUntil };
}
