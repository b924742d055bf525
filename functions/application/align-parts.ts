import { partReferences } from '../domain/onboarding/parts.ts';
import { wholeOf } from '../domain/onboarding/reference.ts';
import * as parts from '../domain/onboarding/transitions/parts.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { partsOf } from './read-parts.ts';

/**
 * Brings a split onboarding and its parts up to date with each other: parts that have not begun do, each has what it shares
 * with the whole, they end with a whole that has ended, and the whole ends with its last part. Safe to repeat, and to call
 * for either side.
 */
export async function alignParts(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
): Promise<void> {
  const { state: whole } = await store.onboardings.now(wholeOf(reference));
  const references = partReferences(whole);
  if (whole.stage === 'IN_PARTS') {
    for (const number of references.keys()) {
      await store.starts.createPart(parts.startPart(whole, number + 1, clock.now()));
    }
  }
  for (const { state } of await partsOf(store, whole)) {
    await changeOnboarding(store, state.reference, async (snapshot) => {
      // Read after the part: of two calls at the same time, the one that wrote what is older now has to read again.
      const { state: present } = await store.onboardings.now(whole.reference);
      return present.stage === 'CLOSED'
        ? parts.endWithWhole(snapshot, present)
        : parts.followWhole(snapshot, present);
    });
  }
  const all = await partsOf(store, whole);
  await changeOnboarding(store, whole.reference, (snapshot) =>
    parts.endWithLastPart(
      snapshot,
      all.map(({ state }) => state),
    ),
  );
}
