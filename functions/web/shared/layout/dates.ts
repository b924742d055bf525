import {
  calendarDateOf,
  formatDate,
  formatInstant,
  formatLimit,
  isCalendarDate,
} from '../../../domain/calendar-date.ts';
import { type Text, typeset } from '../../../domain/text.ts';
import type { View } from './view.ts';

/** An instant (ISO 8601) as people in France read it: `9 février 2027 à 14 h 02`. */
export function instantText({ language }: View, instant: string): string {
  return typeset(formatInstant(new Date(instant), language), language);
}

/** The day of an instant or of a calendar date. */
export function dayText({ language }: View, day: string): string {
  return typeset(formatDate(day.length === 10 ? day : calendarDateOf(new Date(day)), language), language);
}

/** A calendar date as a day, an instant with its minute. */
export function momentText(view: View, moment: string): string {
  return isCalendarDate(moment) ? dayText(view, moment) : instantText(view, moment);
}

/** A limit, as in the mail about it: `au plus tard le 3 décembre 2026 à 18 h`. */
export function limitText({ language }: View, moment: string): string {
  return typeset(formatLimit(moment, language), language);
}

const aYear = 365;

/** A period as people say it: whole years when it is some, else days. */
export function periodText(days: number): Text {
  const years = days / aYear;
  if (!Number.isInteger(years)) return { fr: `${days} jours`, en: `${days} days` };
  return years === 1 ? { fr: 'un an', en: 'one year' } : { fr: `${years} ans`, en: `${years} years` };
}
