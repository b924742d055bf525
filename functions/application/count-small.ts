import { smallPoints } from '../domain/waves/large-customers.ts';
import { mayChangeDate } from '../domain/waves/wave.ts';
import { eachItem } from '../store/table.ts';
import type { StoredWave } from '../store/waves.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** Customers of a wave read at once. */
const pageSize = 100;

/**
 * Counts, in waves that an earlier release has stored, the points of customers that are not large: what it keeps for large
 * ones depends on it. A wave in which anything changes meanwhile, or whose list lags behind it, is left for the next call.
 *
 * @returns how many were counted.
 */
export async function countSmall(
  { store }: Pick<ApplicationDependencies, 'store'>,
  calendar: readonly StoredWave[],
): Promise<number> {
  let counted = 0;
  for (const wave of calendar) {
    if (wave.uncounted !== true || wave.kind === 'PREPARATION' || !mayChangeDate(wave)) continue;
    const found = { customers: 0, points: 0, small: 0 };
    const booked = eachItem((page) => store.snapshots.byWave(wave.id, { limit: pageSize, ...page }));
    for await (const { booking } of booked) {
      if (booking?.wave !== wave.id) continue;
      found.customers += 1;
      found.points += booking.points;
      found.small += smallPoints(booking.points);
    }
    const isWhole = found.customers === wave.booked.customers && found.points === wave.booked.points;
    if (isWhole && (await store.waves.putSmall(wave, found.small))) counted += 1;
  }
  return counted;
}
