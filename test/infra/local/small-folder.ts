import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { type Runtime, startRuntime } from '../../../infra/local/runtime.ts';

/** Opens a data folder as the scripts do, without the demonstration, and closes it again. */
export async function inFolder<T>(path: string, act: (runtime: Runtime) => Promise<T>): Promise<T> {
  const dataFolder = openDataFolder(path);
  try {
    const runtime = await startRuntime({
      ...{ dataFolder, from: new Date('2026-11-23T08:00:00Z'), timeScale: 0, platform: samplePlatform },
      calendar: sampleCalendar(samplePlatform),
      registryFile: new URL('../../../examples/registry.json', import.meta.url).pathname,
    });
    try {
      return await act(runtime);
    } finally {
      await runtime.close();
    }
  } finally {
    dataFolder.close();
  }
}
