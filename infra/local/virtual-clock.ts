import type { Clock } from '../../functions/platform/clock.ts';
import { createAlarm } from './alarm.ts';
import { type Timer, TimerQueue } from './timer-queue.ts';

/** Returns the end of the pending work of a part of the system, if there is any. */
export type BusySource = () => Promise<unknown> | undefined;

/**
 * The clock of the local runtime: it starts at a given instant, runs at a given speed, jumps on request and never goes
 * back. Timers are absolute instants, so months can pass in a second without losing one.
 *
 * Work that calls `settled`, `jumpTo` or `jumpToNext` must not itself be tracked, because it would wait for itself.
 */
export interface VirtualClock extends Clock {
  /** Fires once when `at` is reached; the returned function cancels it. */
  setTimer(at: Date, fire: () => void | Promise<void>): () => void;
  /** Tracks pending work and returns its promise. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Waits for this source too before time moves on; the returned function removes it. */
  addBusySource(source: BusySource): () => void;
  /** Resolves when no tracked work is pending, including work started by it. */
  settled(): Promise<void>;
  nextDeadline(): Date | undefined;
  /** Moves to the instant of the next timer, fires that timer and waits until all work is settled. */
  jumpToNext(): Promise<Date | undefined>;
  /** Fires all timers up to `instant` in order, settling after each, and stops there. */
  jumpTo(instant: Date): Promise<void>;
  /** Lets a clock run that was held. */
  run(): void;
  /** Stops real timers, so that the process can exit; pending timers do not fire. */
  stop(): void;
}

interface Hands {
  readonly now: () => number;
  readonly moveTo: (instant: number) => void;
  /** Runs so many times as fast as real time from now on, up to `end`. */
  readonly runAt: (timeScale: number) => void;
}

function createHands(start: number, end: number): Hands {
  let timeScale = 0;
  let anchor = start;
  let realAnchor = performance.now();
  const now = (): number =>
    Math.max(anchor, Math.min(end, anchor + (performance.now() - realAnchor) * timeScale));
  const moveTo = (instant: number): void => {
    anchor = Math.max(now(), instant);
    realAnchor = performance.now();
  };
  return {
    now,
    moveTo,
    runAt: (wanted) => {
      moveTo(now());
      timeScale = wanted;
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class WorkInFlight {
  readonly #tracked = new Set<Promise<unknown>>();
  readonly #sources = new Set<BusySource>();

  track<T>(work: Promise<T>): Promise<T> {
    this.#tracked.add(work);
    const done = (): void => {
      this.#tracked.delete(work);
    };
    // The caller handles failures; here only the end matters.
    work.then(done, done);
    return work;
  }

  addSource(source: BusySource): () => void {
    this.#sources.add(source);
    return () => this.#sources.delete(source);
  }

  async settled(): Promise<void> {
    for (;;) {
      let waiting = this.#list();
      if (waiting.length === 0) {
        // Completed work may have queued a callback that starts more work.
        await turn();
        waiting = this.#list();
        if (waiting.length === 0) return;
      }
      await Promise.allSettled(waiting);
    }
  }

  #list(): Promise<unknown>[] {
    const busy = [...this.#tracked];
    for (const source of this.#sources) {
      const work = source();
      if (work !== undefined) busy.push(work);
    }
    return busy;
  }
}

interface VirtualClockOptions {
  readonly start: Date;
  /** Simulated seconds a real second, 1 by default; 0 stands still and moves only by jumps. */
  readonly timeScale?: number;
  /** Stands still until `run` is called. */
  readonly held?: boolean;
  /** The clock runs up to here; only a jump goes farther. */
  readonly end?: Date;
}

export function createVirtualClock(options: VirtualClockOptions): VirtualClock {
  const { timeScale = 1, held = false } = options;
  if (!(timeScale >= 0)) throw new RangeError(`The time scale must be 0 or more, not ${timeScale}`);
  const end = options.end?.getTime() ?? Number.POSITIVE_INFINITY;
  const hands = createHands(options.start.getTime(), end);
  let running = false;
  const timers = new TimerQueue();
  const work = new WorkInFlight();
  let jumps: Promise<unknown> = Promise.resolve();
  let jumping = false;
  let stopped = false;

  const fire = (timer: Timer): Promise<void> => work.track((async () => timer.fire())());

  /** One timer a turn: on a fast clock the next one is always due, and requests must be answered in between. */
  const fireDue = (): void => {
    const due = timers.takeDue(hands.now());
    if (due !== undefined) void fire(due);
    arm();
  };
  const alarm = createAlarm(fireDue, (pending) => work.track(pending));

  function arm(): void {
    const head = timers.first();
    if (stopped || jumping || head?.at === alarm.at()) return;
    alarm.cancel();
    if (head === undefined) return;
    const wait = head.at - hands.now();
    if (wait <= 0) alarm.ringNow(head.at);
    else if (running && head.at <= end) alarm.ringAfter(wait / timeScale, head.at);
  }

  const jump = <T>(move: () => Promise<T>): Promise<T> => {
    const run = async (): Promise<T> => {
      jumping = true;
      alarm.cancel();
      try {
        await work.settled();
        return await move();
      } finally {
        jumping = false;
        arm();
      }
    };
    const result = jumps.then(run, run);
    jumps = result;
    return result;
  };

  const fireNext = async (limit: number): Promise<Date | undefined> => {
    const timer = timers.takeDue(limit);
    if (timer === undefined) return undefined;
    hands.moveTo(timer.at);
    await fire(timer);
    await work.settled();
    return new Date(timer.at);
  };

  const run = (): void => {
    running = timeScale > 0;
    hands.runAt(timeScale);
    arm();
  };
  if (!held) run();

  return {
    run,
    now: () => new Date(hands.now()),
    setTimer(at, callback) {
      const timer = timers.add(at.getTime(), callback);
      arm();
      return () => {
        timers.cancel(timer);
        arm();
      };
    },
    track: (promise) => work.track(promise),
    addBusySource: (source) => work.addSource(source),
    settled: () => work.settled(),
    nextDeadline: () => {
      const head = timers.first();
      return head === undefined ? undefined : new Date(head.at);
    },
    jumpToNext: () => jump(() => fireNext(Number.POSITIVE_INFINITY)),
    jumpTo: (instant) =>
      jump(async () => {
        for (let fired = true; fired; ) fired = (await fireNext(instant.getTime())) !== undefined;
        hands.moveTo(instant.getTime());
      }),
    stop: () => {
      stopped = true;
      alarm.cancel();
    },
  };
}
