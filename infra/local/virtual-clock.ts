import type { Clock } from '../../functions/platform/clock.ts';
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
  /** Stops real timers, so that the process can exit; pending timers do not fire. */
  stop(): void;
}

/** Node turns a longer delay into 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestRealDelay = 2_147_483_647;

interface Hands {
  readonly now: () => number;
  readonly moveTo: (instant: number) => void;
}

function createHands(start: number, timeScale: number): Hands {
  let anchor = start;
  let realAnchor = performance.now();
  const now = (): number => anchor + (performance.now() - realAnchor) * timeScale;
  return {
    now,
    moveTo: (instant) => {
      anchor = Math.max(now(), instant);
      realAnchor = performance.now();
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

/** `timeScale` is simulated seconds a real second; with 0 the clock moves only by jumps. */
export function createVirtualClock(options: { start: Date; timeScale?: number }): VirtualClock {
  const timeScale = options.timeScale ?? 1;
  if (!(timeScale >= 0)) throw new RangeError(`The time scale must be 0 or more, not ${timeScale}`);
  const hands = createHands(options.start.getTime(), timeScale);
  const timers = new TimerQueue();
  const work = new WorkInFlight();
  let alarm: { readonly cancel: () => void; readonly at: number } | undefined;
  let jumps: Promise<unknown> = Promise.resolve();
  let jumping = false;
  let stopped = false;

  const fire = (timer: Timer): Promise<void> => work.track((async () => timer.fire())());

  const fireDue = (): void => {
    alarm = undefined;
    for (let due = timers.takeDue(hands.now()); due !== undefined; due = timers.takeDue(hands.now())) {
      void fire(due);
    }
    arm();
  };

  const armNow = (at: number): void => {
    let finish = (): void => undefined;
    void work.track(
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
    );
    const handle = setImmediate(() => {
      finish();
      fireDue();
    });
    alarm = {
      at,
      cancel: () => {
        clearImmediate(handle);
        finish();
      },
    };
  };

  function arm(): void {
    const head = timers.first();
    if (stopped || jumping || head?.at === alarm?.at) return;
    alarm?.cancel();
    alarm = undefined;
    if (head === undefined) return;
    const wait = head.at - hands.now();
    if (wait <= 0) armNow(head.at);
    else if (timeScale > 0) armAfter(wait, head.at);
  }

  function armAfter(wait: number, at: number): void {
    const handle = setTimeout(fireDue, Math.min(Math.ceil(wait / timeScale), longestRealDelay));
    alarm = { at, cancel: () => clearTimeout(handle) };
  }

  const jump = <T>(move: () => Promise<T>): Promise<T> => {
    const run = async (): Promise<T> => {
      jumping = true;
      alarm?.cancel();
      alarm = undefined;
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

  return {
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
      alarm?.cancel();
      alarm = undefined;
    },
  };
}
