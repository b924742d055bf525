import { keepPlace } from '../domain/onboarding/transitions/places.ts';
import { eachPage } from '../store/table.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

const pageSize = 100;
/** Pages read in one call: what is left is for the next one. */
const pagesAtMost = 20;

/**
 * Does what has fallen due on held and offered places: reminds their customers, takes offers back and ends holds. The
 * places are found by their due date. Safe to repeat.
 *
 * @param failed is told of each onboarding whose place could not be kept; it stops no other
 * @returns how many places were acted on
 */
export async function keepPlaces(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  failed: (error: unknown, reference: string) => void,
): Promise<number> {
  const until = clock.now().toISOString();
  let kept = 0;
  const pages = eachPage((page) => store.places.due(until, { limit: pageSize, ...page }), {
    most: pagesAtMost,
  });
  for await (const { items } of pages) {
    for (const reference of items) {
      try {
        if (await changeOnboarding(store, reference, (snapshot) => keepPlace(snapshot, clock.now()))) {
          kept += 1;
        }
      } catch (error) {
        failed(error, reference);
      }
    }
  }
  return kept;
}
