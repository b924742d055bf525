import { countSmall } from '../../application/count-small.ts';
import { keepPlaces } from '../../application/keep-places.ts';
import { finishCancelled } from '../../application/move-booked.ts';
import { calendarNow } from '../../application/read-placing.ts';
import type { Stage } from '../../domain/onboarding/lifecycle.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Sweep, SweepDependencies } from './sweep.ts';

/** Does what is due on held and offered places; one that fails does not stop the others. */
export async function walkPlaces(
  dependencies: Pick<SweepDependencies, 'store' | 'clock' | 'logger'>,
  sweep: Sweep,
): Promise<void> {
  const count = await keepPlaces(dependencies, (error, reference) => sweep.fail(error, 'places', reference));
  if (count > 0) dependencies.logger.log('places_kept', { count });
}

/**
 * Moves the customers of cancelled waves whose cancellation was interrupted, and counts in the waves of an earlier release
 * what it did not count.
 */
export async function walkCalendar(
  dependencies: Pick<SweepDependencies, 'store' | 'clock' | 'platform' | 'logger'>,
): Promise<void> {
  const calendar = await calendarNow(dependencies);
  await finishCancelled(dependencies, calendar);
  const count = await countSmall(dependencies, calendar);
  if (count > 0) dependencies.logger.log('waves_counted', { count });
}

const placed: ReadonlySet<Stage> = new Set(['WAVE_HELD', 'WAITING_LIST']);

/** Lists held and offered places by due date that an earlier release stored without one. */
export async function listPlaces(
  { store }: Pick<SweepDependencies, 'store'>,
  onboardings: readonly OnboardingState[],
): Promise<void> {
  const withPlace = onboardings.filter(({ stage, wave }) => placed.has(stage) && wave !== undefined);
  await store.places.list(withPlace.map(({ reference }) => reference));
}
