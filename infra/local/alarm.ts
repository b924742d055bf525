/** Node turns a longer delay into 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestRealDelay = 2_147_483_647;

/** Wakes a clock for its next timer: the only real timer of the clock. */
export interface Alarm {
  /** Simulated instant for which it is set, in milliseconds since 1970. */
  at(): number | undefined;
  /** Rings in the next turn; until then it counts as pending work. */
  ringNow(at: number): void;
  /** Rings after so many real milliseconds; earlier if they are more than Node can wait. */
  ringAfter(delay: number, at: number): void;
  cancel(): void;
}

/** Calls `ring` when it rings; it is no longer set by then. `track` receives what it makes pending. */
export function createAlarm(ring: () => void, track: (pending: Promise<void>) => unknown): Alarm {
  let set: { readonly at: number; readonly cancel: () => void } | undefined;

  const ringOnce = (): void => {
    set = undefined;
    ring();
  };

  return {
    at: () => set?.at,
    ringNow: (at) => {
      let finish = (): void => undefined;
      void track(
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
      );
      const handle = setImmediate(() => {
        finish();
        ringOnce();
      });
      set = {
        at,
        cancel: () => {
          clearImmediate(handle);
          finish();
        },
      };
    },
    ringAfter: (delay, at) => {
      const handle = setTimeout(ringOnce, Math.min(Math.ceil(delay), longestRealDelay));
      set = { at, cancel: () => clearTimeout(handle) };
    },
    cancel: () => {
      set?.cancel();
      set = undefined;
    },
  };
}
