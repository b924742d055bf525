/** A day in Europe/Paris, written `YYYY-MM-DD`; comparing two as strings compares the days. */
export type CalendarDate = string;

/** Both ends belong to the range. */
export interface DateRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

const dayInMilliseconds = 86_400_000;
const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day that exists: `2027-02-28` is one, `2027-02-31` is not. */
export function isCalendarDate(value: string): value is CalendarDate {
  if (!shape.test(value)) return false;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
}

/** The day `days` after `date` (before it, when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayInMilliseconds).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayInMilliseconds);
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
