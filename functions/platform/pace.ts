import { setTimeout as pause } from 'node:timers/promises';

interface Timer {
  /** Milliseconds since some instant. */
  now(): number;
  pause(milliseconds: number): Promise<unknown>;
}

const realTimer: Timer = { now: () => performance.now(), pause: (milliseconds) => pause(milliseconds) };

/** Lets callers pass at most so many times a second, in equal steps. */
export function createPace(perSecond: number, timer: Timer = realTimer): () => Promise<void> {
  const step = 1_000 / perSecond;
  let next = timer.now();
  return async () => {
    const now = timer.now();
    const at = Math.max(now, next);
    next = at + step;
    if (at > now) await timer.pause(at - now);
  };
}
