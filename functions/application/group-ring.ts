import type { Store } from '../store/store.ts';

/** The most parents that are followed upwards: no real group is as deep. */
const deepest = 50;

/** The parents above an organisation, as far as their onboardings name them. */
interface Ancestry {
  /** The organisation would be, or is, a parent of its own. */
  readonly isRing: boolean;
  /** The first parent upwards that has no active onboarding: once started, it may name a parent too. */
  readonly unstarted?: string;
}

/** Follows the parents of an organisation upwards, by two reads for each active onboarding on the way. */
export async function ancestryOf(
  { starts, dossiers }: Pick<Store, 'starts' | 'dossiers'>,
  siren: string,
  parentSiren: string | undefined,
): Promise<Ancestry> {
  const seen = new Set<string>();
  let parent = parentSiren;
  // A ring further up of which the organisation is no part ends the way as well.
  while (parent !== undefined && !seen.has(parent) && seen.size < deepest) {
    if (parent === siren) return { isRing: true };
    seen.add(parent);
    const reference = await starts.active(parent);
    if (reference === undefined) return { isRing: false, unstarted: parent };
    ({ parentSiren: parent } = await dossiers.intake(reference));
  }
  return { isRing: false };
}
