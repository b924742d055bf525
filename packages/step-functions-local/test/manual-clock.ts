import type { Clock } from '../src/clock.ts';

interface Timer {
  readonly at: number;
  readonly fire: () => void | Promise<void>;
}

/** A clock for tests: it moves by jumps, each timer firing on its own, or runs `timeScale` times as fast as real time. */
export interface ManualClock extends Clock {
  settled(): Promise<void>;
  nextDeadline(): Date | undefined;
  jumpToNext(): Promise<Date | undefined>;
  jumpTo(instant: Date): Promise<void>;
  stop(): void;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A `timeScale` of 0 stands still between jumps. */
export function createClock({ start, timeScale }: { start: Date; timeScale: number }): ManualClock {
  const began = performance.now();
  let moved = start.getTime();
  let timers: Timer[] = [];
  const inFlight = new Set<Promise<unknown>>();
  const now = (): number => moved + (performance.now() - began) * timeScale;

  const track = <T>(work: Promise<T>): Promise<T> => {
    inFlight.add(work);
    const done = (): boolean => inFlight.delete(work);
    work.then(done, done);
    return work;
  };

  const settled = async (): Promise<void> => {
    for (let idle = 0; idle < 2; idle = inFlight.size > 0 ? 0 : idle + 1) {
      await Promise.allSettled([...inFlight]);
      await turn();
    }
  };

  /** The first timer that is due at `limit`, in the order of their instants and then of their setting. */
  const takeDue = (limit: number): Timer | undefined => {
    const first = Math.min(...timers.map(({ at }) => at));
    const timer = first <= limit ? timers.find(({ at }) => at === first) : undefined;
    timers = timers.filter((other) => other !== timer);
    return timer;
  };

  const fireNext = async (limit: number): Promise<Date | undefined> => {
    await settled();
    const timer = takeDue(limit);
    if (timer === undefined) return undefined;
    moved = Math.max(moved, timer.at);
    await track((async () => timer.fire())());
    await settled();
    return new Date(timer.at);
  };

  const tick = timeScale === 0 ? undefined : setInterval(fireDue, 1);
  function fireDue(): void {
    for (let due = takeDue(now()); due !== undefined; due = takeDue(now())) void due.fire();
  }

  return {
    now: () => new Date(now()),
    setTimer(at, fire) {
      const timer = { at: at.getTime(), fire };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    track,
    settled,
    nextDeadline: () => (timers.length === 0 ? undefined : new Date(Math.min(...timers.map(({ at }) => at)))),
    jumpToNext: () => fireNext(Number.POSITIVE_INFINITY),
    async jumpTo(instant) {
      for (let fired = true; fired; ) fired = (await fireNext(instant.getTime())) !== undefined;
      moved = Math.max(moved, instant.getTime());
    },
    stop: () => clearInterval(tick),
  };
}
