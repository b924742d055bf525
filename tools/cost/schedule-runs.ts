import { daysPerMonth } from './assumptions.ts';

/** The times of a schedule are written in a way that nobody has taught the cost to read. */
export class UnreadScheduleError extends Error {
  override readonly name = 'UnreadScheduleError';
}

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };

/**
 * Calls in a month of a schedule, of the forms that the stack uses: `rate(15 minutes)` and `cron(0 8,18 * * ? *)`.
 *
 * @throws UnreadScheduleError
 */
export function runsPerMonth(expression: string): number {
  const [, every, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (every !== undefined && unit !== undefined) {
    return (daysPerMonth * 1_440) / (Number(every) * (minutesOf[unit] ?? 1));
  }
  const [, minutes, hours] = /^cron\((\d+(?:,\d+)*) (\d+(?:,\d+)*) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minutes !== undefined && hours !== undefined) {
    return daysPerMonth * minutes.split(',').length * hours.split(',').length;
  }
  throw new UnreadScheduleError(`How often "${expression}" comes in a month is not known`);
}
