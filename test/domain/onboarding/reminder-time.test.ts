import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDateOf, instantAt } from '../../../functions/domain/calendar-date.ts';
import {
  isReminderTime,
  mayReminderLeave,
  nextReminderJob,
  reminderHorizon,
  reminderInstant,
  reminderLeavesAt,
} from '../../../functions/domain/onboarding/reminder-time.ts';
import { isWorkingDay } from '../../../functions/domain/working-days.ts';

/** Any minute of fourteen months, with both changes of the clocks, Christmas, Easter and the days of May in it. */
const instant = fc
  .integer({
    min: Date.parse('2026-10-01T00:00:00Z') / 60_000,
    max: Date.parse('2027-12-01T00:00:00Z') / 60_000,
  })
  .map((minutes) => new Date(minutes * 60_000));

describe('the hours of reminders', () => {
  it.each([
    ['a Friday morning', '2026-11-27T08:00:00Z', true],
    ['just before nine', '2026-11-27T07:59:59Z', false],
    ['just before a quarter to five', '2026-11-27T15:44:59Z', true],
    ['a quarter to five', '2026-11-27T15:45:00Z', false],
    ['a Saturday', '2026-11-28T10:00:00Z', false],
    ['Christmas', '2026-12-25T10:00:00Z', false],
    ['nine in summer time', '2027-06-01T07:00:00Z', true],
    ['nine of winter time in summer', '2027-06-01T15:30:00Z', false],
    ['the Monday after the clocks went forward', '2027-03-29T07:00:00Z', false],
    ['the Tuesday after them, Easter Monday being past', '2027-03-30T07:00:00Z', true],
  ])('hold or not on %s', (_when, at, holds) => {
    expect(isReminderTime(new Date(at))).toBe(holds);
  });

  it('leave a quarter of an hour for what is decided last', () => {
    expect(mayReminderLeave(new Date('2026-11-27T15:59:59Z'))).toBe(true);
    expect(mayReminderLeave(new Date('2026-11-27T16:00:00Z'))).toBe(false);
  });

  it('give what falls due on a working day that day, anything else on the working day before', () => {
    fc.assert(
      fc.property(instant, (due) => {
        const given = reminderInstant(due);
        const [day, dueDay] = [calendarDateOf(given), calendarDateOf(due)];
        expect(isReminderTime(given)).toBe(true);
        expect(day <= dueDay).toBe(true);
        for (let next = addDays(day, 1); next <= dueDay; next = addDays(next, 1)) {
          expect(isWorkingDay(next)).toBe(false);
        }
      }),
    );
  });

  it('bring forward exactly what would fall due before they open again', () => {
    fc.assert(
      fc.property(instant, (due) => {
        const given = reminderInstant(due);
        expect(reminderHorizon(given) > due).toBe(true);
        expect(reminderHorizon(given) <= instantAt(calendarDateOf(reminderLeavesAt(given)), '09:00')).toBe(
          true,
        );
      }),
    );
  });

  it('come again after any instant', () => {
    fc.assert(
      fc.property(instant, (at) => {
        for (const next of [reminderLeavesAt(at), nextReminderJob(at)]) {
          expect(next > at).toBe(true);
          expect(isReminderTime(next)).toBe(true);
        }
      }),
    );
  });
});
