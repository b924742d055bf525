import { ConcurrentChangeError } from '../domain/errors.ts';
import { ConditionFailedError } from './table.ts';

const changeAttempts = 12;
/**
 * A lost place is no conflict of two changes: each time, a wave has become full since the calendar was read, so there
 * are at most as many as a calendar has waves. Many customers who want the same first wave lose one after the other.
 */
const lostPlaces = 200;

/** Another change was stored between the read and the write: read and decide again. */
function isConflict(error: unknown): boolean {
  return error instanceof ConcurrentChangeError || error instanceof ConditionFailedError;
}

/** The concurrent changes that one change has met so far. */
export interface Conflicts {
  readonly changes: number;
  readonly places: number;
}

/** Counts a concurrent change; rethrows the error if another try would not help. */
export function afterConflict(error: unknown, { changes, places }: Conflicts): Conflicts {
  if (!isConflict(error)) throw error;
  const place = error instanceof ConditionFailedError && error.guard === 'room';
  const met = place ? { changes, places: places + 1 } : { changes: changes + 1, places };
  if (met.changes >= changeAttempts || met.places > lostPlaces) throw error;
  return met;
}
