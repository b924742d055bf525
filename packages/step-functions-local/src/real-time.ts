/** Node turns a longer delay into 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestDelay = 2_147_483_647;

/** Fires once after so many milliseconds of real time; the returned function cancels it. It keeps no process alive. */
export function afterRealTime(milliseconds: number, fire: () => void): () => void {
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const delay = Math.min(left, longestDelay);
    left -= delay;
    timer = setTimeout(left > 0 ? arm : fire, delay).unref();
  };
  arm();
  return () => clearTimeout(timer);
}
