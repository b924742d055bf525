import { ConcurrentChangeError } from '../domain/errors.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { isDecided } from '../domain/onboarding/waits.ts';
import { noCapacity } from '../domain/waves/capacity.ts';
import { type Wave, waveId, waveStateAfter } from '../domain/waves/wave.ts';
import { decidedWait } from '../store/decisions.ts';
import type { Actor, Transition } from '../store/onboardings.ts';
import type { StoredWave } from '../store/waves.ts';
import type { CommandDependencies } from './dependencies.ts';
import { offerPlaces } from './offer-places.ts';
import { outOfCancelledWave } from './placing.ts';
import { placementsAtOnce, sideBySide } from './side-by-side.ts';
import { withoutOffer } from './wave-answers.ts';
import { refuseChange, refuseUnsoundDate, type WaveChange } from './wave-refusals.ts';

const changeAttempts = 8;

function calendarNow({ store, platform }: CommandDependencies): Promise<readonly Wave[]> {
  return store.waves.calendar(
    platform.sites.map(({ code }) => code),
    { consistent: true },
  );
}

/** A wave as it is asked for: its id is given to it, and nobody is booked in it. */
export type NewWave = Omit<Wave, 'id' | 'booked'>;

/**
 * Adds a wave to the calendar and offers its places to those who wait for one.
 *
 * @throws InvalidInputError when it stands on a freeze, on a holiday or in years without known ones, or at no known site.
 * @throws WaveChangeRefusedError when the calendar has no place for it: the date is taken, or a pilot has to come first.
 * @throws ConcurrentChangeError when the calendar kept changing meanwhile.
 */
export async function createWave(dependencies: CommandDependencies, asked: NewWave): Promise<Wave> {
  for (let attempt = 1; attempt <= changeAttempts; attempt += 1) {
    const calendar = await calendarNow(dependencies);
    const wave: Wave = { ...asked, id: waveId(asked, calendar), booked: noCapacity };
    refuseUnsoundDate(dependencies, calendar, wave);
    // Somebody added one meanwhile, to all appearances on this very day: look again.
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
 * Changes a wave: its capacity, its date while nobody is booked, its state.
 *
 * @throws WaveNotFoundError, WaveTransitionError, WaveChangeRefusedError, InvalidInputError
 * @throws ConcurrentChangeError when it kept changing meanwhile.
 */
export async function changeWave(
  dependencies: CommandDependencies,
  site: string,
  id: string,
  change: WaveChange,
  who: Actor,
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
    if (after.state === 'CANCELLED') await moveBooked(dependencies, id, who);
    await offerPlaces(dependencies);
    return after;
  }
  throw new ConcurrentChangeError();
}

/** Sends everybody booked in a cancelled wave back to be placed; safe to repeat, and repeated by the gates. */
export async function moveBooked(
  { store, clock }: CommandDependencies,
  wave: string,
  who: Actor,
): Promise<void> {
  await sideBySide(await store.waves.bookedIn(wave), placementsAtOnce, (reference) =>
    store.onboardings.change<void>(reference, async (now) => {
      if (now.booking?.wave !== wave) return { result: undefined };
      const transition = movedOut(now, who, clock.now());
      return transition === undefined ? { result: undefined } : { result: undefined, transition };
    }),
  );
}

const outcomes = { WAVE_HELD: 'ANOTHER_DATE', WAVE_CONFIRMED: 'MOVED', GO_NO_GO: 'MOVED' } as const;

function movedOut(now: Snapshot, who: Actor, at: Date): Transition | undefined {
  const { state, booking } = now;
  const stage = state.stage;
  if (booking === undefined || booking.status === 'TO_MOVE') return undefined;
  // What was decided first stands, and leaves the wave by itself: a decline when it closes, a go when it hands over.
  if (isDecided(now.state, now.wait)) return undefined;
  if (booking.status === 'OFFERED') return withoutOffer(now, 'WAVE_CANCELLED', who);
  if (stage !== 'WAVE_HELD' && stage !== 'WAVE_CONFIRMED' && stage !== 'GO_NO_GO') return undefined;
  const kind = lifecycle[stage].wait;
  return {
    ...outOfCancelledWave(state, booking, who),
    ...(kind === undefined
      ? {}
      : {
          wait: decidedWait(
            now,
            [kind],
            { fr: 'Déplacer la vague', en: 'Moving the wave' },
            outcomes[stage],
            at,
          ),
        }),
    messages: [{ kind: 'wake' }],
  };
}
