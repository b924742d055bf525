import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import { leadTimeInDays } from '../waves/date-constraints.ts';
import { inEach } from '../waves/refusal.ts';
import { holdIsOver } from './bookings.ts';
import { anotherDatesAllowed, mayAskForAnotherDate } from './changes-of-date.ts';
import { isSentToReview, type Stage } from './lifecycle.ts';
import type { Booking, Snapshot } from './state.ts';
import { isDecided } from './waits.ts';

/** The message for a customer that may not ask again. */
export const noOtherDate: Text = {
  fr: `Une autre date a déjà été demandée ${anotherDatesAllowed} fois. Confirmez cette date, ou écrivez à votre interlocuteur : l’équipe d’exploitation peut vous déplacer.`,
  en: `Another date has already been requested ${anotherDatesAllowed} times. Confirm this date, or write to your contact: the operations team can move you.`,
};

const changedTooOften: Text = {
  fr: `Vous avez déjà changé de date ${anotherDatesAllowed} fois. Pour en changer encore, écrivez à votre interlocuteur : l’équipe d’exploitation peut vous déplacer.`,
  en: `You have already changed your date ${anotherDatesAllowed} times. To change it again, write to your contact: the operations team can move you.`,
};

function tooLate(cutover: CalendarDate): Text {
  return inEach(
    {
      fr: (date) =>
        `Moins de ${leadTimeInDays} jours vous séparent de votre bascule du ${date} : vous ne pouvez plus changer de date vous-même. Écrivez à votre interlocuteur : l’équipe d’exploitation peut vous déplacer.`,
      en: (date) =>
        `Your cutover of ${date} is less than ${leadTimeInDays} days away: you can no longer change the date yourself. Write to your contact: the operations team can move you.`,
    },
    cutover,
  );
}

/**
 * Why a customer may not choose another date itself [policy]: it has changed its date three times, or gives up a cutover
 * that is less than 35 days away. Undefined while it may, as far as its stage allows.
 */
export function choiceRefusal({ state, booking }: Snapshot, today: CalendarDate): Text | undefined {
  if (
    booking !== undefined &&
    booking.status !== 'OFFERED' &&
    addDays(today, leadTimeInDays) > booking.cutover
  ) {
    return tooLate(booking.cutover);
  }
  if (mayAskForAnotherDate(state)) return undefined;
  return state.stage === 'WAVE_HELD' ? noOtherDate : changedTooOften;
}

/** The stages in which a customer may choose its date itself, and the place that it has there. */
const placesIn: Readonly<Partial<Record<Stage, Booking['status']>>> = {
  WAITING_LIST: 'OFFERED',
  WAVE_HELD: 'HELD',
  WAVE_CONFIRMED: 'CONFIRMED',
};
export const choosableIn: ReadonlySet<string> = new Set(Object.keys(placesIn));

/** True while the customer may choose its date itself, as far as its stage and its place allow. */
export function awaitsChoice({ state, wait, booking }: Snapshot, at: Date): boolean {
  const { stage } = state;
  if (!choosableIn.has(stage) || isDecided(state, wait) || isSentToReview(state)) return false;
  if (booking === undefined) return stage === 'WAITING_LIST';
  return booking.status === placesIn[stage] && !holdIsOver(booking, at);
}
