import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { RuntimeOptions } from './runtime-options.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A clock that never goes back after a restart, because its time is kept with the data. */
interface KeptClock {
  readonly clock: VirtualClock;
  /** Keeps the present time, at most once a simulated second. */
  readonly save: () => void;
}

type KeptClockOptions = Pick<RuntimeOptions, 'dataFolder' | 'from' | 'timeScale' | 'held' | 'until'>;

/** Starts the clock at the later of `from` and the time in the data folder. */
export function keptClock(options: KeptClockOptions): KeptClock {
  const file = options.dataFolder?.file('clock.json');
  const kept =
    file !== undefined && existsSync(file) ? Date.parse(JSON.parse(readFileSync(file, 'utf8'))) : 0;
  const start = new Date(Math.max(options.from.getTime(), kept));
  const { timeScale, held = false, until } = options;
  const clock = createVirtualClock({
    start,
    timeScale,
    held,
    ...(until === undefined ? {} : { end: until }),
  });
  let saved = 0;
  const save = (): void => {
    const now = clock.now().getTime();
    if (file === undefined || now - saved < 1_000) return;
    saved = now;
    writeFileSync(`${file}.new`, JSON.stringify(new Date(now)));
    renameSync(`${file}.new`, file);
  };
  return {
    // Also keeps a jump over days without writes.
    clock: {
      ...clock,
      jumpTo: async (instant) => {
        await clock.jumpTo(instant);
        save();
      },
      jumpToNext: async () => {
        const reached = await clock.jumpToNext();
        save();
        return reached;
      },
    } satisfies VirtualClock,
    save,
  };
}
