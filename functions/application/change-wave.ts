import { ConcurrentChangeError } from '../domain/errors.ts';
import { type Actor, system } from '../domain/onboarding/actor.ts';
import { moveOutOfCancelledWave } from '../domain/onboarding/transitions/moves.ts';
import { noCapacity } from '../domain/waves/capacity.ts';
import { type Wave, waveId, waveStateAfter } from '../domain/waves/wave.ts';
import { eachPage } from '../store/table.ts';
import type { StoredWave } from '../store/waves.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { inBatches, placementsAtOnce } from './in-batches.ts';
import { offerPlaces } from './offer-places.ts';
import { calendarNow } from './read-placing.ts';
import { refuseChange, refuseUnsoundDate, type WaveChange } from './wave-refusals.ts';

const changeAttempts = 8;

/** The data of a wave to create: it has no id and no bookings yet. */
export type NewWave = Omit<Wave, 'id' | 'booked'>;

/**
 * Adds a wave to the calendar and offers its places to those who wait for one.
 *
 * @throws InvalidInputError when its date is in a freeze, on a holiday or in a year without known holidays, or its site
 * is unknown.
 * @throws WaveChangeRefusedError when the calendar has no place for it: the date is taken, or a pilot has to come first.
 * @throws ConcurrentChangeError when the calendar kept changing meanwhile.
 */
export async function createWave(dependencies: ApplicationDependencies, asked: NewWave): Promise<Wave> {
  for (let attempt = 1; attempt <= changeAttempts; attempt += 1) {
    const calendar = await calendarNow(dependencies);
    const wave: Wave = { ...asked, id: waveId(asked, calendar), booked: noCapacity };
    refuseUnsoundDate(dependencies, calendar, wave);
    // Another wave with this id was created meanwhile, probably on the same day: read the calendar again.
    if (!(await dependencies.store.waves.create(wave))) continue;
    await offerPlaces(dependencies);
    return wave;
  }
  throw new ConcurrentChangeError();
}

function changed(wave: StoredWave, change: WaveChange): Wave {
  return {
    ...wave,
    capacity: change.capacity ?? wave.capacity,
    cutover: change.cutover ?? wave.cutover,
    state: change.transition === undefined ? wave.state : waveStateAfter(change.transition, wave.state),
  };
}

/**
 * Changes a wave: its capacity, its date while it has no bookings, its state.
 *
 * @throws WaveNotFoundError, WaveTransitionError, WaveChangeRefusedError, InvalidInputError
 * @throws ConcurrentChangeError when it kept changing meanwhile.
 */
export async function changeWave(
  dependencies: ApplicationDependencies,
  site: string,
  id: string,
  change: WaveChange,
  actor: Actor,
): Promise<Wave> {
  const { store } = dependencies;
  for (let attempt = 1; attempt <= changeAttempts; attempt += 1) {
    const wave = await store.waves.get(site, id);
    const after = changed(wave, change);
    await refuseChange(dependencies, wave, after, change);
    if (after.cutover !== wave.cutover) {
      refuseUnsoundDate(dependencies, await calendarNow(dependencies), after);
    }
    if (!(await store.waves.replace(wave, after))) continue;
    if (after.state === 'CANCELLED') await moveBooked(dependencies, id, actor, 'first_page');
    await offerPlaces(dependencies);
    return after;
  }
  throw new ConcurrentChangeError();
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

/** Customers of a cancelled wave that are moved at once. */
const movedAtOnce = 50;

/**
 * Sends the customers booked in a cancelled wave back to be placed; safe to repeat. An operator waits for the first
 * ones only: the sweeper moves all others.
 */
async function moveBooked(
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
