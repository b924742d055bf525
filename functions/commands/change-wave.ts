import { calendarDateOf, formatDate } from '../domain/calendar-date.ts';
import { ConcurrentChangeError, InvalidInputError, WaveChangeRefusedError } from '../domain/errors.ts';
import { lifecycle } from '../domain/lifecycle.ts';
import { midSentence, type Text } from '../domain/text.ts';
import { type CalendarProblem, calendarProblems } from '../domain/waves/calendar-problems.ts';
import {
  type CapacityVector,
  componentLabels,
  componentsAbove,
  noCapacity,
} from '../domain/waves/capacity.ts';
import {
  isThrough,
  mayChangeCapacity,
  mayChangeDate,
  takesDayOf,
  untimely,
  type Wave,
  type WaveTransitionName,
  waveId,
  waveStateAfter,
  waveStateLabels,
} from '../domain/waves/wave.ts';
import { decidedWait } from '../store/decisions.ts';
import type { Now } from '../store/onboarding-state.ts';
import { type Actor, businessStage, type Transition, waitIdOf } from '../store/onboardings.ts';
import type { StoredWave } from '../store/waves.ts';
import type { CommandDependencies } from './dependencies.ts';
import { offerPlaces } from './offer-places.ts';
import { outOfCancelledWave } from './placing.ts';
import { placementsAtOnce, sideBySide } from './side-by-side.ts';
import { withoutOffer } from './wave-answers.ts';

/** What an operator may change of a wave. */
export interface WaveChange {
  readonly capacity?: CapacityVector;
  readonly cutover?: string;
  readonly transition?: WaveTransitionName;
  /** Cancelling a wave moves those booked in it: only with this said. */
  readonly moveBooked?: boolean;
}

const changeAttempts = 8;

const dateTaken = {
  fr: 'Ce site a déjà une vague à cette date. Choisissez une autre date.',
  en: 'This site has a wave on this date already. Choose another date.',
};

/** What no other calendar would mend: the request itself is wrong. */
const wrongByItself: readonly CalendarProblem['code'][] = [
  'UNKNOWN_SITE',
  'CUTOVER_IN_FREEZE',
  'CUTOVER_ON_HOLIDAY',
  'HOLIDAYS_UNKNOWN',
];

function calendarNow({ store, platform }: CommandDependencies): Promise<readonly Wave[]> {
  return store.waves.calendar(
    platform.sites.map(({ code }) => code),
    { consistent: true },
  );
}

/** A wave is for days to come. */
function refusePast({ cutover }: Pick<Wave, 'cutover'>, today: string): void {
  if (cutover >= today) return;
  const [fr, en] = [formatDate(cutover, 'fr'), formatDate(cutover, 'en')];
  const message = {
    fr: `Le ${fr} est passé : choisissez aujourd’hui ou un jour à venir.`,
    en: `${en} has passed: choose today or a day to come.`,
  };
  throw new InvalidInputError([{ field: 'cutover', code: 'in_the_past', message }]);
}

/** What stands against a wave at its site and date, whatever it replaces there. */
function refuseUnsoundDate(
  { platform, clock }: CommandDependencies,
  calendar: readonly Wave[],
  wave: Wave,
): void {
  refusePast(wave, calendarDateOf(clock.now()));
  const others = calendar.filter(({ id }) => id !== wave.id);
  const problems = calendarProblems([...others, wave], platform).filter((found) => found.wave === wave.id);
  const wrong = problems.filter(({ code }) => wrongByItself.includes(code));
  if (wrong.length > 0) {
    // One for each field: another day mends whatever is wrong with this one.
    const byField = new Map(wrong.toReversed().map((problem) => [problem.field, problem]));
    throw new InvalidInputError(
      [...byField.values()].map(({ field, code, text }) => ({
        field,
        code: code.toLowerCase(),
        message: text,
      })),
    );
  }
  const [problem] = problems;
  if (problem !== undefined) throw new WaveChangeRefusedError(problem.text);
  if (others.some((other) => takesDayOf(wave, other))) throw new WaveChangeRefusedError(dateTaken);
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

/** A wave neither begins before its day nor takes bookings after it. */
function refuseUntimely({ cutover }: Wave, transition: WaveTransitionName, today: string): void {
  const found = untimely(transition, { cutover }, today);
  if (found === undefined) return;
  const [fr, en] = [formatDate(cutover, 'fr'), formatDate(cutover, 'en')];
  throw new WaveChangeRefusedError(
    found === 'early'
      ? {
          fr: `Cette vague commence le ${fr} : elle ne démarre pas avant. Pour arrêter les réservations, figez-la.`,
          en: `This wave begins on ${en}: it does not start before. To stop bookings, freeze it.`,
        }
      : {
          fr: `La date de cette vague, le ${fr}, est passée : elle ne prend plus de réservation. Annulez-la ou créez-en une autre.`,
          en: `The date of this wave, ${en}, has passed: it takes no booking any more. Cancel it, or create another.`,
        },
  );
}

/** Those in a wave who are not through their cutover: nothing would come for them once the wave has ended. */
export async function inTheWayOfItsEnd(
  { store }: CommandDependencies,
  wave: string,
): Promise<readonly Now[]> {
  const references = await store.waves.bookedIn(wave);
  const found = await Promise.all(references.map((reference) => store.onboardings.now(reference)));
  return found.filter(({ state, booking }) => booking?.wave === wave && !isThrough(state));
}

async function refuseStranding(dependencies: CommandDependencies, wave: Wave): Promise<void> {
  const left = (await inTheWayOfItsEnd(dependencies, wave.id)).map(({ state }) => state.reference);
  if (left.length === 0) return;
  throw new WaveChangeRefusedError({
    fr: `La bascule de ${left.length} client(s) de cette vague n’est pas enregistrée : ${left.join(', ')}. Enregistrez-la ou replacez-les d’abord.`,
    en: `The cutover of ${left.length} customer(s) of this wave is not recorded: ${left.join(', ')}. Record it, or have them placed elsewhere first.`,
  });
}

/** What has ended keeps its capacity, and what has begun its date. */
function refuseTooLate(wave: Wave, change: WaveChange): void {
  const label = waveStateLabels[wave.state];
  const refused = (what: Text) =>
    new WaveChangeRefusedError({
      fr: `${what.fr} de cette vague ne change plus (« ${label.fr} »). Ajoutez une autre vague.`,
      en: `${what.en} of this wave changes no more (“${label.en}”). Add another wave.`,
    });
  if (change.capacity !== undefined && !mayChangeCapacity(wave)) {
    throw refused({ fr: 'La capacité', en: 'The capacity' });
  }
  if (change.cutover !== undefined && change.cutover !== wave.cutover && !mayChangeDate(wave)) {
    throw refused({ fr: 'La date', en: 'The date' });
  }
}

/** Those booked are never voided by a change: it is refused and says whom it would touch. */
function refuseHarm(wave: StoredWave, after: Wave, change: WaveChange): void {
  const over = componentsAbove(wave.booked, after.capacity);
  if (over.length > 0) {
    const names = over.map((name) => midSentence(componentLabels[name]));
    throw new WaveChangeRefusedError({
      fr: `La capacité demandée est inférieure à ce qui est réservé (${names.map(({ fr }) => fr).join(', ')}). Déplacez d’abord des clients.`,
      en: `The capacity asked for is below what is booked (${names.map(({ en }) => en).join(', ')}). Move customers first.`,
    });
  }
  const { customers } = wave.booked;
  if (customers === 0) return;
  if (after.cutover !== wave.cutover) {
    throw new WaveChangeRefusedError({
      fr: `${customers} client(s) ont réservé cette date. Annulez la vague pour les replacer, puis créez-en une autre.`,
      en: `${customers} customer(s) have booked this date. Cancel the wave to place them anew, then create another.`,
    });
  }
  if (after.state === 'CANCELLED' && wave.kind === 'PREPARATION') {
    throw new WaveChangeRefusedError({
      fr: `${customers} client(s) ont une place dans cette préparation. Figez la vague au lieu de l’annuler.`,
      en: `${customers} customer(s) have a seat in this preparation. Freeze the wave instead of cancelling it.`,
    });
  }
  if (after.state === 'CANCELLED' && change.moveBooked !== true) {
    throw new WaveChangeRefusedError({
      fr: `${customers} client(s) seront replacés ailleurs. Confirmez avec « moveBooked ».`,
      en: `${customers} customer(s) will be placed elsewhere. Confirm with "moveBooked".`,
    });
  }
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
    if (change.transition !== undefined) {
      refuseUntimely(wave, change.transition, calendarDateOf(dependencies.clock.now()));
    }
    refuseTooLate(wave, change);
    refuseHarm(wave, after, change);
    if (change.transition === 'finish') await refuseStranding(dependencies, wave);
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

function movedOut(now: Now, who: Actor, at: Date): Transition | undefined {
  const { state, booking, wait } = now;
  const stage = businessStage(state);
  if (booking === undefined || booking.status === 'TO_MOVE') return undefined;
  // What was decided first stands, and leaves the wave by itself: a decline when it closes, a go when it hands over.
  if (wait?.decision !== undefined && wait.id === waitIdOf(wait.kind, state)) return undefined;
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
