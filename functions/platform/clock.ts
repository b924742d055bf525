/** The one clock of the system; injected, so that a trial or a test can walk through months. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
