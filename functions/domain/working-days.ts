import { addDays, type CalendarDate } from './calendar-date.ts';
import { holidayYears, publicHolidays } from './holidays.ts';
import type { Text } from './text.ts';

/** A question about a day in a year whose public holidays have not been generated. */
export class HolidaysUnknownError extends Error {
  override readonly name = 'HolidaysUnknownError';

  constructor(date: CalendarDate) {
    super(`Public holidays are known from ${holidayYears.first} to ${holidayYears.last}, not on ${date}`);
  }
}

const holidayNames: ReadonlyMap<CalendarDate, Text> = new Map(
  publicHolidays.map((holiday) => [holiday.date, holiday.name]),
);

/** Whether the public holidays of a day's year have been generated. */
export function knowsHolidaysOn(date: CalendarDate): boolean {
  const year = Number(date.slice(0, 4));
  return year >= holidayYears.first && year <= holidayYears.last;
}

/**
 * The name of the French public holiday on a day, undefined on any other day.
 * @throws HolidaysUnknownError outside the generated years: silence would read as "not a holiday".
 */
export function publicHolidayOn(date: CalendarDate): Text | undefined {
  if (!knowsHolidaysOn(date)) throw new HolidaysUnknownError(date);
  return holidayNames.get(date);
}

/**
 * Monday to Friday, French public holidays excepted. Working days decide when people are reminded and when gates are
 * kept: in a year without generated holidays only weekends are left out, which is better than neither.
 */
export function isWorkingDay(date: CalendarDate): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidayNames.has(date);
}

/**
 * The working day reached after counting `days` working days from `date`, which itself is not counted
 * (backwards when negative). Zero answers `date` as it is, working day or not.
 */
export function addWorkingDays(date: CalendarDate, days: number): CalendarDate {
  const step = Math.sign(days);
  let left = Math.abs(days);
  let day = date;
  while (left > 0) {
    day = addDays(day, step);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** The day itself if it is a working day, or else the last one before it. */
export function workingDayOnOrBefore(date: CalendarDate): CalendarDate {
  return isWorkingDay(date) ? date : addWorkingDays(date, -1);
}

/** Working days after `from` up to and including `to`; the same count, negative, when `to` comes first. */
export function workingDaysBetween(from: CalendarDate, to: CalendarDate): number {
  if (to < from) return 0 - workingDaysBetween(to, from);
  let count = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) count += 1;
  }
  return count;
}
