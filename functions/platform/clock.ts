/** The one clock of the system; injected, so that a trial or a test can walk through months. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Setting of a function: seconds by which its clock differs from the real one. For trials on an emulator only. */
export const clockOffsetSetting = 'CLOCK_OFFSET_SECONDS';

/** A function that works for real people was told another time than the real one. */
export class ClockOffsetRefusedError extends Error {
  override readonly name = 'ClockOffsetRefusedError';
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

function onEmulator(endpoint: string | undefined): boolean {
  return endpoint !== undefined && URL.canParse(endpoint) && loopback.has(new URL(endpoint).hostname);
}

/**
 * The clock of a deployed function: the real one. Only where all of AWS is an emulator on this very machine may a
 * setting move it, so that a trial can walk through months.
 *
 * @throws ClockOffsetRefusedError when a setting moves it anywhere else, or is no whole number of seconds.
 */
export function clockFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Clock {
  const setting = environment[clockOffsetSetting];
  if (setting === undefined) return systemClock;
  if (!onEmulator(environment['AWS_ENDPOINT_URL'])) {
    throw new ClockOffsetRefusedError(`${clockOffsetSetting} is for an emulator on a loopback address only`);
  }
  if (!/^-?\d{1,10}$/.test(setting)) {
    throw new ClockOffsetRefusedError(`${clockOffsetSetting} is no whole number of seconds`);
  }
  const milliseconds = Number(setting) * 1_000;
  return { now: () => new Date(Date.now() + milliseconds) };
}
