import { readTimestamp } from './choice-rules.ts';
import type { WaitUntil } from './machine.ts';
import { runtimeError } from './state-error.ts';
import { readSight, type Sight } from './template.ts';

const mostSeconds = 99_999_999;

/** The instant a Wait ends, in milliseconds since 1970; throws States.Runtime when its path holds neither seconds nor an instant. */
export function wakeInstant(until: WaitUntil, sight: Sight, now: number): number {
  if ('seconds' in until) {
    const seconds = typeof until.seconds === 'number' ? until.seconds : readSight(until.seconds, sight);
    if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0 || seconds > mostSeconds) {
      throw runtimeError(
        `A Wait takes whole seconds from 0 to ${mostSeconds}, not ${JSON.stringify(seconds)}`,
      );
    }
    return now + seconds * 1000;
  }
  if (typeof until.timestamp === 'number') return until.timestamp;
  const value = readSight(until.timestamp, sight);
  const instant = readTimestamp(value);
  if (instant === undefined) throw runtimeError(`A Wait takes an instant, not ${JSON.stringify(value)}`);
  return instant;
}
