import { addDays, type CalendarDate } from '../../domain/calendar-date.ts';
import { day } from '../../domain/time.ts';
import { type CapacityVector, noCapacity, room } from '../../domain/waves/capacity.ts';
import type { Wave } from '../../domain/waves/wave.ts';

/** Days ahead in which customers who are ready now expect to find a place. */
const horizon = 120;
/** Percent of their capacity that should be free. */
const leastRoom = 20;
/** Step Functions redrives a run for 14 days after its end: https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const redriveDays = 14;
/** Days before the end of that time from which operators are warned. */
const noticeDays = 4;

function sum(vectors: readonly CapacityVector[]): CapacityVector {
  return vectors.reduce(
    (a, b) => ({
      customers: a.customers + b.customers,
      points: a.points + b.points,
      complex: a.complex + b.complex,
    }),
    noCapacity,
  );
}

/**
 * True when the open waves of the next 120 days, all sites together, have less than 20 % of their customers or of their
 * points left, or when there is no open wave at all. Preparation waves count customers only and are left out.
 */
export function isCapacityLow(waves: readonly Wave[], today: CalendarDate): boolean {
  const last = addDays(today, horizon);
  const open = waves.filter(
    ({ kind, state, cutover }) =>
      kind !== 'PREPARATION' && state === 'OPEN' && cutover > today && cutover <= last,
  );
  const capacity = sum(open.map((wave) => wave.capacity));
  const left = room(capacity, sum(open.map(({ booked }) => booked)));
  return (['customers', 'points'] as const).some(
    (part) => left[part] * 100 < capacity[part] * leastRoom || capacity[part] === 0,
  );
}

/** True in the last four days in which a run that ended at `failedAt` (an instant, ISO 8601) can be redriven. */
export function isRedriveClosing(failedAt: string, now: Date): boolean {
  const age = (now.getTime() - Date.parse(failedAt)) / day;
  return age >= redriveDays - noticeDays && age < redriveDays;
}
