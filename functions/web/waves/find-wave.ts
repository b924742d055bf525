import { calendarNow } from '../../application/read-placing.ts';
import { WaveNotFoundError } from '../../domain/errors.ts';
import type { StoredWave } from '../../store/waves.ts';
import type { WebDependencies } from '../shared/dependencies.ts';

/** A wave by its id. @throws WaveNotFoundError */
export async function waveById(deps: WebDependencies, id: string): Promise<StoredWave> {
  const found = (await calendarNow(deps)).find((wave) => wave.id === id);
  if (found === undefined) throw new WaveNotFoundError();
  return found;
}
