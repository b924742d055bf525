import { ConcurrentChangeError, WaveChangedError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { isSameCapacity, noCapacity } from '../domain/waves/capacity.ts';
import { type Growth, mayGrow } from '../domain/waves/growth.ts';
import { type Wave, waveId, waveStateAfter } from '../domain/waves/wave.ts';
import type { WaveAct } from '../store/wave-events.ts';
import type { StoredWave } from '../store/waves.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { moveBooked } from './move-booked.ts';
import { offerPlaces, whileWaited } from './offer-places.ts';
import { calendarNow } from './read-placing.ts';
import { checkGrowth } from './wave-growth.ts';
import {
  refuseChange,
  refuseUnbookable,
  refuseUnsoundDate,
  refuseUseless,
  refuseWithoutPilot,
  refuseWithoutReason,
  type WaveChange,
} from './wave-refusals.ts';

const changeAttempts = 8;

/** The data of a wave to create: it has no id and no bookings yet. */
export type NewWave = Omit<Wave, 'id' | 'booked'>;

/** A wave as it would be, and its growth where a reason answers for that. */
export interface CheckedWave {
  readonly wave: Wave;
  readonly growth?: Growth | undefined;
}

/**
 * The wave that would be added, without adding it.
 *
 * @throws what `createWave` throws.
 */
export async function checkNewWave(
  dependencies: ApplicationDependencies,
  asked: NewWave,
  growthReason?: string,
): Promise<CheckedWave> {
  const calendar = await calendarNow(dependencies);
  const wave: Wave = { ...asked, id: waveId(asked, calendar), booked: noCapacity };
  refuseUnsoundDate(dependencies, calendar, wave);
  refuseUnbookable(dependencies, wave);
  return { wave, growth: await checkGrowth(dependencies, calendar, wave, growthReason) };
}

/** The act as the history keeps it: with the reason for a growth only where there is one to answer for. */
function actFor({ growthReason, ...act }: WaveAct, { growth }: CheckedWave): WaveAct {
  return growth === undefined ? act : { ...act, growthReason };
}

/**
 * Adds a wave to the calendar and offers its places to those who wait for one.
 *
 * @throws InvalidInputError when its date is in a freeze, on a holiday or in a year without known holidays, its site is
 * unknown, or it is to be open although no one could ever be placed in it.
 * @throws WaveChangeRefusedError when the calendar has no place for it: the date is taken, a pilot has to come first, or
 * it is more than half as large again as the wave before it and the act gives no reason for that.
 * @throws ConcurrentChangeError when the calendar kept changing meanwhile.
 */
export async function createWave(
  dependencies: ApplicationDependencies,
  asked: NewWave,
  act: WaveAct,
): Promise<StoredWave> {
  for (let attempt = 1; attempt <= changeAttempts; attempt += 1) {
    const checked = await checkNewWave(dependencies, asked, act.growthReason);
    const { wave } = checked;
    // Another wave with this id was created meanwhile, probably on the same day: read the calendar again.
    if (!(await dependencies.store.waves.create(wave, actFor(act, checked)))) continue;
    await offerPlaces(dependencies, whileWaited);
    return { ...wave, version: 1 };
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

function sameFacts(one: Wave, other: Wave): boolean {
  return (
    one.state === other.state && one.cutover === other.cutover && isSameCapacity(one.capacity, other.capacity)
  );
}

/**
 * The wave as a change would leave it, without changing it.
 *
 * @throws what `changeWave` throws.
 */
export async function checkWaveChange(
  dependencies: ApplicationDependencies,
  wave: StoredWave,
  change: WaveChange,
): Promise<CheckedWave> {
  const after = changed(wave, change);
  await refuseChange(dependencies, wave, after, change);
  const calendar = mayGrow(wave, after) ? await calendarNow(dependencies) : [];
  if (after.cutover !== wave.cutover) {
    refuseUnsoundDate(dependencies, calendar, after);
    refuseWithoutPilot(dependencies, calendar, after);
  }
  refuseUseless(dependencies, wave, after, change);
  refuseWithoutReason(wave, after, change);
  return { wave: after, growth: await checkGrowth(dependencies, calendar, after, change.growthReason) };
}

/**
 * Changes a wave: its capacity, its date while it has no bookings, its state.
 *
 * @throws WaveNotFoundError, WaveTransitionError, WaveChangeRefusedError, InvalidInputError
 * @throws WaveChangedError when it no longer has the version that the change names.
 * @throws ConcurrentChangeError when it kept changing meanwhile.
 */
export async function changeWave(
  dependencies: ApplicationDependencies,
  site: string,
  id: string,
  change: WaveChange,
  actor: Actor,
): Promise<StoredWave> {
  const { store } = dependencies;
  const { version, reason, growthReason } = change;
  for (let attempt = 1; attempt <= changeAttempts; attempt += 1) {
    const wave = await store.waves.get(site, id);
    if (version !== undefined && version !== wave.version) throw new WaveChangedError();
    const checked = await checkWaveChange(dependencies, wave, change);
    const after = checked.wave;
    // A repeated request changes nothing more, and leaves no second entry in the history.
    const isSame = sameFacts(wave, after);
    const act = actFor({ actor, reason, growthReason }, checked);
    if (!isSame && !(await store.waves.replace(wave, after, act))) continue;
    if (after.state === 'CANCELLED') await moveBooked(dependencies, id, actor, 'first_page');
    await offerPlaces(dependencies, whileWaited);
    return { ...after, version: isSame ? wave.version : wave.version + 1 };
  }
  throw new ConcurrentChangeError();
}
