import { WaveNotFoundError } from '../../domain/errors.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import type { StoredWave } from '../../store/waves.ts';
import type { WebDependencies } from '../shared/dependencies.ts';

/** Every wave of the platform's sites. */
export function calendarOf({ store, platform }: WebDependencies): Promise<readonly StoredWave[]> {
  return store.waves.calendar(siteCodes(platform), { consistent: true });
}

/** A wave by its id. @throws WaveNotFoundError */
export async function waveById(deps: WebDependencies, id: string): Promise<StoredWave> {
  const found = (await calendarOf(deps)).find((wave) => wave.id === id);
  if (found === undefined) throw new WaveNotFoundError();
  return found;
}
