import { WaveNotFoundError } from '../domain/errors.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { StoredWave } from '../store/waves.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * A wave by its id, which begins with its site.
 *
 * @throws WaveNotFoundError
 * @throws UnreadableItemError when another release has written it.
 */
export async function findWave(
  { store, platform }: Pick<ApplicationDependencies, 'store' | 'platform'>,
  id: string,
): Promise<StoredWave> {
  for (const site of siteCodes(platform)) {
    if (!id.startsWith(`${site}-`) && !id.startsWith(`prep-${site}-`)) continue;
    try {
      return await store.waves.get(site, id);
    } catch (error) {
      // The name of a site may begin with that of another.
      if (!(error instanceof WaveNotFoundError)) throw error;
    }
  }
  throw new WaveNotFoundError();
}
