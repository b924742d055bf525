import { existsSync } from 'node:fs';
import * as z from 'zod';
import { type DataFolder, DataFolderDamagedError } from './data-folder.ts';
import { readKept, replaceFile } from './kept-file.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A clock that never goes back after a restart, because its time is kept with the data. */
interface KeptClock {
  readonly clock: VirtualClock;
  /** Keeps the present time, at most once a simulated second. On a full disk the time before is kept. */
  readonly save: () => void;
}

type KeptClockOptions = Pick<RuntimeOptions, 'dataFolder' | 'from' | 'timeScale' | 'held' | 'until'>;

const keptTime = z.iso.datetime().transform((text) => new Date(text));

/**
 * The time that the folder's clock has reached; undefined for a folder without data.
 *
 * @throws DataFolderDamagedError
 */
export function clockOf(folder: DataFolder): Date | undefined {
  const file = folder.file('clock.json');
  const time = readKept(file, 'it contains no time', (content) =>
    keptTime.parse(JSON.parse(content.toString('utf8'))),
  );
  if (time === undefined && existsSync(folder.file('dynamodb.log'))) {
    throw new DataFolderDamagedError(file, 'it is missing');
  }
  return time;
}

/**
 * Starts the clock at the later of `from` and the time in the data folder.
 *
 * @throws DataFolderDamagedError
 */
export function keptClock(options: KeptClockOptions): KeptClock {
  const { dataFolder, from, timeScale, held = false, until } = options;
  const kept = dataFolder === undefined ? undefined : clockOf(dataFolder);
  const start = new Date(Math.max(from.getTime(), kept?.getTime() ?? 0));
  const clock = createVirtualClock({
    start,
    timeScale,
    held,
    ...(until === undefined ? {} : { end: until }),
  });
  const file = dataFolder?.file('clock.json');
  let saved = 0;
  const write = (): void => {
    const now = clock.now().getTime();
    if (file === undefined || now - saved < 1_000) return;
    replaceFile(file, JSON.stringify(new Date(now)));
    saved = now;
  };
  const save = (): void => {
    try {
      write();
    } catch {
      // The next write tries again.
    }
  };
  // No data without its time.
  write();
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
