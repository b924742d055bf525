import type { Store } from '../store/store.ts';

/** The most organisations that are followed upwards: no real group is as deep. */
const deepest = 50;

/** The most onboardings that are read on the way. */
const mostRead = 200;

/**
 * True for an organisation that would be, or is, a parent of its own: its parents are followed upwards as far as their
 * onboardings name them, of whichever scope. Reads one query for each organisation on the way and one item for each of
 * its active onboardings. A ring further up of which the organisation is no part ends the way as well.
 *
 * @param visit is called for each organisation before what its onboardings name is read.
 */
export async function isInRing(
  { starts, dossiers }: Pick<Store, 'starts' | 'dossiers'>,
  siren: string,
  parentSiren: string | undefined,
  visit: (siren: string) => Promise<void> = async () => undefined,
): Promise<boolean> {
  const seen = new Set<string>();
  const above = parentSiren === undefined ? [] : [parentSiren];
  let left = mostRead;
  for (const parent of above) {
    if (parent === siren) return true;
    if (seen.has(parent) || seen.size === deepest) continue;
    seen.add(parent);
    await visit(parent);
    const active = (await starts.actives(parent)).slice(0, left);
    left -= active.length;
    const intakes = await Promise.all(active.map(({ reference }) => dossiers.intake(reference)));
    above.push(...new Set(intakes.flatMap((intake) => intake.parentSiren ?? [])));
  }
  return false;
}
