import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../functions/domain/calendar-date.ts';
import { holidayYears, publicHolidays } from '../../functions/domain/holidays.ts';
import {
  addWorkingDays,
  HolidaysUnknownError,
  isWorkingDay,
  publicHolidayOn,
  workingDaysBetween,
} from '../../functions/domain/working-days.ts';
import { readGeneratedHolidays, renderHolidays } from '../../tools/checks/generate-holidays.ts';

describe('public holidays', () => {
  it('are generated and up to date', () => {
    expect(readGeneratedHolidays()).toBe(renderHolidays());
  });

  it('are the eleven of the labour code, every year, in date order', () => {
    const years = holidayYears.last - holidayYears.first + 1;
    const dates = publicHolidays.map((holiday) => holiday.date);
    expect(dates).toHaveLength(11 * years);
    expect(dates.toSorted()).toEqual(dates);
    expect(new Set(dates).size).toBe(dates.length);
  });

  it('hold the movable ones, and not those of Alsace-Moselle', () => {
    expect(publicHolidayOn('2027-03-29')).toEqual({ fr: 'Lundi de Pâques', en: 'Easter Monday' });
    expect(publicHolidayOn('2027-05-17')?.fr).toBe('Lundi de Pentecôte');
    expect(publicHolidayOn('2027-03-26')).toBeUndefined();
    expect(publicHolidayOn('2027-12-26')).toBeUndefined();
  });

  it.each(['2021-12-31', '2036-01-01'])('are not guessed for %s', (date) => {
    expect(() => publicHolidayOn(date)).toThrow(HolidaysUnknownError);
  });
});

describe('working days', () => {
  it.each([
    ['a Monday', '2026-11-23', true],
    ['a Saturday', '2026-11-28', false],
    ['a Sunday', '2026-11-29', false],
    ['Armistice Day, a Wednesday', '2026-11-11', false],
    ['a Saturday of a year without known holidays', '2040-07-14', false],
    ['a holiday of such a year, which nobody knows', '2040-11-01', true],
  ])('%s', (_what, date, working) => {
    expect(isWorkingDay(date)).toBe(working);
  });

  it('are counted after the first day, up to and including the last', () => {
    expect(workingDaysBetween('2026-11-23', '2026-11-30')).toBe(5);
    expect(workingDaysBetween('2026-11-23', '2026-11-23')).toBe(0);
    expect(workingDaysBetween('2026-11-10', '2026-11-12')).toBe(1);
    expect(workingDaysBetween('2026-11-30', '2026-11-23')).toBe(-5);
    expect(workingDaysBetween('2026-11-29', '2026-11-28')).toBe(0);
  });

  it('are added over week-ends and holidays', () => {
    expect(addWorkingDays('2026-11-23', 5)).toBe('2026-11-30');
    expect(addWorkingDays('2026-11-10', 1)).toBe('2026-11-12');
    expect(addWorkingDays('2026-11-12', -1)).toBe('2026-11-10');
    expect(addWorkingDays('2026-11-28', 0)).toBe('2026-11-28');
  });

  it('added and then counted give the same number back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 60 }), (offset, days) => {
        const from = addDays('2022-06-01', offset);
        const to = addWorkingDays(from, days);
        expect(workingDaysBetween(from, to)).toBe(days);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });
});
