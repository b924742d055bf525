import { type Actor, system } from '../domain/onboarding/actor.ts';
import { moveOutOfCancelledWave } from '../domain/onboarding/transitions/cancelled-wave.ts';
import type { Wave } from '../domain/waves/wave.ts';
import { eachPage } from '../store/table.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { inBatches, placementsAtOnce } from './in-batches.ts';

/** Customers of a cancelled wave that are moved at once. */
const movedAtOnce = 50;

/**
 * Sends the customers booked in a cancelled wave back to be placed; safe to repeat. An operator waits for the first
 * ones only: the sweeper moves all others.
 */
export async function moveBooked(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  wave: string,
  actor: Actor,
  which: 'all' | 'first_page' = 'all',
): Promise<void> {
  const pages = eachPage(
    (page) => store.waves.bookedIn(wave, { limit: movedAtOnce, ...page }),
    which === 'all' ? {} : { most: 1 },
  );
  for await (const { items } of pages) {
    await inBatches(items, placementsAtOnce, (reference) =>
      changeOnboarding(store, reference, (snapshot) =>
        moveOutOfCancelledWave(snapshot, wave, actor, clock.now()),
      ),
    );
  }
}

/**
 * Moves the customers that are left in cancelled waves: the request that cancelled a wave may have been interrupted.
 * The sweeper calls it every 15 minutes.
 */
export async function finishCancelled(
  dependencies: Pick<ApplicationDependencies, 'store' | 'clock'>,
  calendar: readonly Wave[],
): Promise<void> {
  for (const { id, kind, state, booked } of calendar) {
    if (state !== 'CANCELLED' || kind === 'PREPARATION' || booked.customers === 0) continue;
    await moveBooked(dependencies, id, system);
  }
}
