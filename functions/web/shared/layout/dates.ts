import { calendarDateOf, formatDate, isCalendarDate } from '../../../domain/calendar-date.ts';
import type { Text } from '../../../domain/text.ts';
import type { View } from './view.ts';

const hours = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  hour: '2-digit',
  minute: '2-digit',
});

/** An instant (ISO 8601) as people in France read it: `9 février 2027 à 14:02`. */
export function instantText(view: View, instant: string): string {
  const at = new Date(instant);
  const date = formatDate(calendarDateOf(at), view.language);
  return `${date}${view.t({ fr: ' à ', en: ' at ' })}${hours.format(at)}`;
}

/** The day of an instant or of a calendar date. */
export function dayText(view: View, day: string): string {
  return formatDate(day.length === 10 ? day : calendarDateOf(new Date(day)), view.language);
}

/** A calendar date as a day, an instant with its minute. */
export function momentText(view: View, moment: string): string {
  return isCalendarDate(moment) ? dayText(view, moment) : instantText(view, moment);
}

const aYear = 365;

/** A period as people say it: whole years when it is some, else days. */
export function periodText(days: number): Text {
  const years = days / aYear;
  if (!Number.isInteger(years)) return { fr: `${days} jours`, en: `${days} days` };
  return years === 1 ? { fr: 'un an', en: 'one year' } : { fr: `${years} ans`, en: `${years} years` };
}
