import { describe, expect, it } from 'vitest';
import {
  addDays,
  calendarDateOf,
  daysBetween,
  formatDate,
  instantAt,
  isCalendarDate,
} from '../../functions/domain/calendar-date.ts';

describe('a calendar date', () => {
  it.each(['2027-02-28', '2028-02-29', '2026-12-31'])('exists: %s', (date) => {
    expect(isCalendarDate(date)).toBe(true);
  });

  it.each([
    '2027-02-29',
    '2027-02-31',
    '2027-13-01',
    '2027-2-1',
    '',
    '2027-02-01T00:00',
    '０２７-01-01',
    '0000-01-01',
    '2200-01-01',
  ])('does not exist: "%s"', (date) => {
    expect(isCalendarDate(date)).toBe(false);
  });

  it('is counted in whole days across both changes of the clocks', () => {
    expect(addDays('2027-03-27', 2)).toBe('2027-03-29');
    expect(addDays('2027-11-01', -2)).toBe('2027-10-30');
    expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
    expect(daysBetween('2027-11-01', '2027-10-30')).toBe(-2);
  });

  it('is the day in Paris, not in Greenwich', () => {
    expect(calendarDateOf(new Date('2026-11-23T22:59:59Z'))).toBe('2026-11-23');
    expect(calendarDateOf(new Date('2026-11-23T23:00:00Z'))).toBe('2026-11-24');
    expect(calendarDateOf(new Date('2027-07-01T22:00:00Z'))).toBe('2027-07-02');
  });
});

describe('the instant of a wall-clock time in Paris', () => {
  it.each([
    ['winter', '2026-11-23', '09:00', '2026-11-23T08:00:00.000Z'],
    ['summer', '2027-06-29', '18:00', '2027-06-29T16:00:00.000Z'],
    ['midnight', '2027-01-01', '00:00', '2026-12-31T23:00:00.000Z'],
    ['just before summer time', '2027-03-28', '01:59', '2027-03-28T00:59:00.000Z'],
    ['a skipped time, as long after the change', '2027-03-28', '02:30', '2027-03-28T01:30:00.000Z'],
    ['the first minute of summer time', '2027-03-28', '03:00', '2027-03-28T01:00:00.000Z'],
    ['just before the repeated hour', '2027-10-31', '01:59', '2027-10-30T23:59:00.000Z'],
    ['a repeated time, its first occurrence', '2027-10-31', '02:30', '2027-10-31T00:30:00.000Z'],
    ['just after the repeated hour', '2027-10-31', '03:00', '2027-10-31T02:00:00.000Z'],
  ])('is right in %s', (_what, date, time, instant) => {
    expect(instantAt(date, time).toISOString()).toBe(instant);
  });

  it.each([
    ['2027-02-31', '10:00'],
    ['2027-02-01', '24:00'],
    ['2027-02-01', '9:00'],
    ['2027-02-01', '09:60'],
  ])('is refused for %s %s', (date, time) => {
    expect(() => instantAt(date, time)).toThrow(RangeError);
  });
});

describe('a date as people read it', () => {
  it.each([
    ['2027-02-09', '9 février 2027', '9 February 2027'],
    ['2027-03-01', '1er mars 2027', '1 March 2027'],
    ['2027-12-11', '11 décembre 2027', '11 December 2027'],
  ])('writes %s', (date, french, english) => {
    expect(formatDate(date, 'fr')).toBe(french);
    expect(formatDate(date, 'en')).toBe(english);
  });
});
