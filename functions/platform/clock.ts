/** The clock of the system; injected, so that a trial or a test can pass through months. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Environment variable with the clock offset in seconds. For trials on an emulator only. */
export const clockOffsetSetting = 'CLOCK_OFFSET_SECONDS';

/** A clock offset was set outside an emulator. */
export class ClockOffsetRefusedError extends Error {
  override readonly name = 'ClockOffsetRefusedError';
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

function onEmulator(endpoint: string | undefined): boolean {
  return endpoint !== undefined && URL.canParse(endpoint) && loopback.has(new URL(endpoint).hostname);
}

/**
 * The clock of a deployed function, which is the real clock. An offset is accepted only if AWS is an emulator on the
 * same machine, so that a trial can pass through months.
 *
 * @throws ClockOffsetRefusedError when the offset is set elsewhere, or is not a whole number of seconds.
 */
export function clockFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Clock {
  const setting = environment[clockOffsetSetting];
  if (setting === undefined) return systemClock;
  if (!onEmulator(environment['AWS_ENDPOINT_URL'])) {
    throw new ClockOffsetRefusedError(`${clockOffsetSetting} is for an emulator on a loopback address only`);
  }
  if (!/^-?\d{1,10}$/.test(setting)) {
    throw new ClockOffsetRefusedError(`${clockOffsetSetting} is not a whole number of seconds`);
  }
  const milliseconds = Number(setting) * 1_000;
  return { now: () => new Date(Date.now() + milliseconds) };
}
