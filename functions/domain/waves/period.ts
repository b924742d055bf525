import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { knowsHolidaysOn, publicHolidayOn } from '../working-days.ts';

/** The first day of the month that is `months` after a day's (before it, when negative). */
export function firstOfMonth(day: CalendarDate, months = 0): CalendarDate {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

/** The first days of the months from one day to another. */
export function monthsBetween(from: CalendarDate, to: CalendarDate): readonly CalendarDate[] {
  const months: CalendarDate[] = [];
  for (let month = firstOfMonth(from); month <= to; month = firstOfMonth(month, 1)) months.push(month);
  return months;
}

/** The weeks of a month, Monday to Sunday; a day of another month is left out. */
export function weeksOf(month: CalendarDate): readonly (readonly (CalendarDate | undefined)[])[] {
  const end = firstOfMonth(month, 1);
  const weekday = (new Date(`${month}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: (CalendarDate | undefined)[][] = [];
  for (let monday = addDays(month, -weekday); monday < end; monday = addDays(monday, 7)) {
    const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
    weeks.push(days.map((day) => (day >= month && day < end ? day : undefined)));
  }
  return weeks;
}

/** Why no cutover may be on a day; undefined where it may. */
export function closedOn(
  day: CalendarDate,
  { freezes }: Pick<PlatformConfiguration, 'freezes'>,
): 'freeze' | 'holiday' | undefined {
  if (freezes.some(({ from, to }) => from <= day && day <= to)) return 'freeze';
  return knowsHolidaysOn(day) && publicHolidayOn(day) !== undefined ? 'holiday' : undefined;
}
