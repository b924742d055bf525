import { calendarDateOf, formatDate, formatMinute, isCalendarDate } from '../../../domain/calendar-date.ts';
import { formatInstant, formatLimit } from '../../../domain/paris-time.ts';
import { type Text, typeset } from '../../../domain/text.ts';
import type { View, Viewer } from './view.ts';

/**
 * An instant (ISO 8601): `9 février 2027 à 14 h 02 (heure de Paris)`, with the local time of a customer overseas; staff
 * work by the clock of Paris, and read it without.
 */
export function instantText({ language, viewer }: View, instant: string): string {
  const at = new Date(instant);
  return viewer.kind === 'staff'
    ? typeset(formatMinute(at, language), language)
    : typeset(formatInstant(at, language, territoryOf(viewer)), language);
}

function territoryOf(viewer: Viewer): string | undefined {
  return viewer.kind === 'customer' ? viewer.territory : undefined;
}

/** The day of an instant or of a calendar date. */
export function dayText({ language }: View, day: string): string {
  return typeset(formatDate(day.length === 10 ? day : calendarDateOf(new Date(day)), language), language);
}

/** A calendar date as a day, an instant with its minute. */
export function momentText(view: View, moment: string): string {
  return isCalendarDate(moment) ? dayText(view, moment) : instantText(view, moment);
}

/** A limit, as in the mail about it: `au plus tard le 3 décembre 2026 à 18 h (heure de Paris)`. */
export function limitText({ language, viewer }: View, moment: string): string {
  return typeset(formatLimit(moment, language, territoryOf(viewer)), language);
}

/** A number of days as people say it. */
export function daysText(days: number): Text {
  return { fr: `${days} jour${days > 1 ? 's' : ''}`, en: `${days} day${days === 1 ? '' : 's'}` };
}

const aYear = 365;

/** A period as people say it: whole years when it is some, else days. */
export function periodText(days: number): Text {
  const years = days / aYear;
  if (!Number.isInteger(years)) return { fr: `${days} jours`, en: `${days} days` };
  return years === 1 ? { fr: 'un an', en: 'one year' } : { fr: `${years} ans`, en: `${years} years` };
}
