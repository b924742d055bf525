import { daysPerMonth } from './assumptions.ts';

/** The schedule expression has an unsupported form. */
export class UnreadScheduleError extends Error {
  override readonly name = 'UnreadScheduleError';
}

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };

/**
 * Calls a month of a schedule in one of the forms that the stack uses: `rate(15 minutes)` and `cron(0 8,18 * * ? *)`.
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
  throw new UnreadScheduleError(`Unsupported schedule expression "${expression}"`);
}
