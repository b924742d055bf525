import type { Language } from './text.ts';
import { day, hour } from './time.ts';

/** A day in Europe/Paris, written `YYYY-MM-DD`; comparing two as strings compares the days. */
export type CalendarDate = string;

/** Both ends belong to the range. */
export interface DateRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Beyond these years a date is a slip of the hand: nothing here was planned before 1900, or will be for 2200. */
const shape = /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/;

/** True for a day that exists, of the years 1900 to 2199: `2027-02-28` is one, `2027-02-31` is not. */
export function isCalendarDate(value: string): value is CalendarDate {
  if (!shape.test(value)) return false;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
}

/** The day `days` after `date` (before it, when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day);
}

const parisDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Europe/Paris at an instant. */
export function calendarDateOf(instant: Date): CalendarDate {
  return parisDay.format(instant);
}

const parisWallClock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** What clocks in Paris show at an instant, as `2027-03-28T03:30`. */
function wallClockOf(instant: number): string {
  const parts = new Map(parisWallClock.formatToParts(instant).map((part) => [part.type, part.value]));
  const date = (['year', 'month', 'day'] as const).map((part) => parts.get(part)).join('-');
  return `${date}T${parts.get('hour')}:${parts.get('minute')}`;
}

/** Metropolitan France has known only these two since 1976: summer time, then winter time. */
const parisOffsetsInHours = [2, 1] as const;

/**
 * The instant at which clocks in Paris show `time` (`HH:MM`) on `date`.
 * A time that comes twice (end of summer time) means its first occurrence; one that the change to summer time
 * skips means as long after the change as it would have been: 02:30 becomes 03:30. This is what calendars do
 * with such times (RFC 5545, 3.3.5).
 * @throws RangeError when the day does not exist or the time is not `HH:MM`.
 */
export function instantAt(date: CalendarDate, time: string): Date {
  if (!isCalendarDate(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    throw new RangeError('A wall-clock time needs a day that exists and a time written HH:MM');
  }
  const asIfUtc = Date.parse(`${date}T${time}:00Z`);
  for (const hours of parisOffsetsInHours) {
    const instant = asIfUtc - hours * hour;
    if (wallClockOf(instant) === `${date}T${time}`) return new Date(instant);
  }
  // Only a skipped time gets here; before that change Paris keeps winter time.
  return new Date(asIfUtc - hour);
}

const longDate: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  fr: new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }),
};

/** A day as people read it: `9 février 2027`, `9 February 2027`; French writes the first as `1er`. */
export function formatDate(date: CalendarDate, language: Language): string {
  const written = longDate[language].format(Date.parse(`${date}T00:00:00Z`));
  return language === 'fr' ? written.replace(/^1(?=\s)/, '1er') : written;
}

/** A time of day, `HH:MM`, as people read it: `9 h 13`, `18 h`; `09:13` in English. */
export function formatTime(time: string, language: Language): string {
  if (language === 'en') return time;
  const [hours = '', minutes = ''] = time.split(':');
  return minutes === '00' ? `${Number(hours)} h` : `${Number(hours)} h ${minutes}`;
}

/** An instant as staff read it, who know whose clock it is: `9 février 2027 à 14 h 02`, `9 February 2027 at 14:02`. */
export function formatMinute(instant: Date, language: Language): string {
  const date = formatDate(calendarDateOf(instant), language);
  const time = wallClockOf(instant.getTime()).slice(-5);
  return `${date}${language === 'fr' ? ' à ' : ' at '}${formatTime(time, language)}`;
}
