import { calendarDateOf, formatDate } from '../domain/calendar-date.ts';
import { InvalidInputError, WaveChangeRefusedError } from '../domain/errors.ts';
import type { FieldProblem } from '../domain/input/field-problem.ts';
import { fieldProblem } from '../domain/input/problem-texts.ts';
import { isThrough } from '../domain/onboarding/cutover.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { formatNumber, midSentence, type Text } from '../domain/text.ts';
import { bookingProblems, emptyProblems } from '../domain/waves/booking-problems.ts';
import { type CalendarProblem, calendarProblems } from '../domain/waves/calendar-problems.ts';
import { type CapacityVector, componentLabels, componentsAbove } from '../domain/waves/capacity.ts';
import {
  mayChangeCapacity,
  mayChangeDate,
  takesDayOf,
  untimely,
  type Wave,
  type WaveTransitionName,
  waveStateLabels,
} from '../domain/waves/wave.ts';
import type { PageRequest } from '../store/lists.ts';
import { eachPage, type Page } from '../store/table.ts';
import type { StoredWave } from '../store/waves.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** What an operator may change of a wave. */
export interface WaveChange {
  readonly capacity?: CapacityVector;
  readonly cutover?: string;
  readonly transition?: WaveTransitionName;
  /** Confirms that cancelling the wave moves the customers booked in it. */
  readonly moveBooked?: boolean;
  /** Kept in the history of the wave. */
  readonly reason?: string;
  /** Why the wave may grow more than the rule admits; kept in the history where it does. */
  readonly growthReason?: string;
  /** The version of the wave that the change is based on. */
  readonly version?: number;
}

export const dateTaken = {
  fr: 'Ce site a déjà une vague à cette date. Choisissez une autre date.',
  en: 'This site already has a wave on this date. Choose another date.',
};

/** Problems of the request itself: no change of the calendar would solve them. */
const wrongByItself: readonly CalendarProblem['code'][] = [
  'UNKNOWN_SITE',
  'CUTOVER_IN_FREEZE',
  'CUTOVER_ON_HOLIDAY',
  'HOLIDAYS_UNKNOWN',
];

/** The problem of a cutover date in the past. */
function pastProblem({ cutover }: Pick<Wave, 'cutover'>, today: string): FieldProblem | undefined {
  if (cutover >= today) return undefined;
  const [fr, en] = [formatDate(cutover, 'fr'), formatDate(cutover, 'en')];
  const message = {
    fr: `Le ${fr} est passé : choisissez aujourd’hui ou un jour à venir.`,
    en: `${en} has passed: choose today or a future day.`,
  };
  return { field: 'cutover', code: 'in_the_past', message };
}

/** Refuses a wave whose site or date is not possible beside the other waves of the calendar. */
export function refuseUnsoundDate(
  { platform, clock }: ApplicationDependencies,
  calendar: readonly Wave[],
  wave: Wave,
): void {
  const moved = calendar.some(({ id }) => id === wave.id);
  const others = calendar.filter(({ id }) => id !== wave.id);
  const problems = calendarProblems([...others, wave], platform).filter((found) => found.wave === wave.id);
  const past = pastProblem(wave, calendarDateOf(clock.now()));
  const wrong = [
    ...(past === undefined ? [] : [past]),
    ...problems
      .filter(({ code }) => wrongByItself.includes(code))
      .map(({ field, code, text }) => ({ field, code: code.toLowerCase(), message: text })),
  ];
  if (wrong.length > 0) {
    // One problem per field: another date solves all problems of this one.
    const byField = new Map(wrong.toReversed().map((one) => [one.field, one]));
    throw new InvalidInputError([...byField.values()]);
  }
  const [problem] = problems;
  if (problem !== undefined)
    throw new WaveChangeRefusedError(problem.text, moved ? 'cutover' : problem.field);
  if (others.some((other) => takesDayOf(wave, other))) throw new WaveChangeRefusedError(dateTaken, 'cutover');
}

/** The wave of a site that a changed one leaves as the first, although it is no pilot; undefined where none is. */
export function firstWithoutPilot(
  { platform }: Pick<ApplicationDependencies, 'platform'>,
  calendar: readonly Wave[],
  wave: Wave,
): CalendarProblem | undefined {
  const firsts = (waves: readonly Wave[]) =>
    calendarProblems(waves, platform).filter(({ code }) => code === 'FIRST_WAVE_NOT_PILOT');
  const before = new Set(firsts(calendar).map((found) => found.wave));
  const after = calendar.map((each) => (each.id === wave.id ? wave : each));
  return firsts(after).find((each) => !before.has(each.wave));
}

/** Refuses another date that would leave a wave of the site, which is not a pilot, as its first. */
export function refuseWithoutPilot(
  dependencies: Pick<ApplicationDependencies, 'platform'>,
  calendar: readonly Wave[],
  wave: Wave,
): void {
  const found = firstWithoutPilot(dependencies, calendar, wave);
  if (found !== undefined) throw new WaveChangeRefusedError(found.text, 'cutover');
}

/** A wave that is open can take someone: it has room, and the first who book are 35 days before its cutover. */
export function refuseUnbookable(
  { platform, clock }: Pick<ApplicationDependencies, 'platform' | 'clock'>,
  wave: Wave,
): void {
  const problems = bookingProblems(wave, { platform, today: calendarDateOf(clock.now()) });
  if (problems.length > 0) throw new InvalidInputError(problems);
}

/** Refuses what would leave an open wave without a use; one that is open already may stay as near as it is. */
export function refuseUseless(
  dependencies: ApplicationDependencies,
  wave: StoredWave,
  after: Wave,
  change: WaveChange,
): void {
  if (change.transition === 'open' || after.cutover !== wave.cutover) refuseUnbookable(dependencies, after);
  if (change.capacity === undefined && change.transition !== 'reopen') return;
  const without = emptyProblems(after);
  if (without.length > 0) throw new InvalidInputError(without);
}

/** A change that touches customers, or closes the wave to others, says why. */
export function refuseWithoutReason(wave: StoredWave, after: Wave, change: WaveChange): void {
  const { transition, reason } = change;
  const isFelt =
    transition === 'cancel' ||
    transition === 'freeze' ||
    after.cutover !== wave.cutover ||
    componentsAbove(wave.capacity, after.capacity).length > 0;
  if (!isFelt || reason !== undefined) return;
  throw new InvalidInputError([fieldProblem('reason', { fr: 'Motif', en: 'Reason' }, 'missing')]);
}

/** A wave neither begins before its day nor takes bookings after it. */
function refuseUntimely({ cutover }: Wave, transition: WaveTransitionName, today: string): void {
  const found = untimely(transition, { cutover }, today);
  if (found === undefined) return;
  const [fr, en] = [formatDate(cutover, 'fr'), formatDate(cutover, 'en')];
  throw new WaveChangeRefusedError(
    found === 'early'
      ? {
          fr: `Cette vague commence le ${fr} : elle ne peut pas démarrer avant. Pour arrêter les réservations, figez-la.`,
          en: `This wave starts on ${en} and cannot be started earlier. To stop bookings, freeze it.`,
        }
      : {
          fr: `La date de cette vague, le ${fr}, est passée : elle ne prend plus de réservation. Annulez-la ou créez-en une autre.`,
          en: `The date of this wave, ${en}, has passed: it takes no more bookings. Cancel it, or create another.`,
        },
    'transition',
  );
}

/** Most references that a refusal names. */
const mostNamed = 20;

/** Those of one page of a wave who are not through their cutover: nothing would come for them once it has ended. */
async function blockingFinish(
  { store }: Pick<ApplicationDependencies, 'store'>,
  wave: string,
  page: PageRequest,
): Promise<Page<OnboardingState>> {
  const { items, ...rest } = await store.lists.byWave(wave, page);
  return { ...rest, items: items.filter((state) => !isThrough(state)) };
}

/** Onboardings of a wave that are read at once, and in all, before an operator may end it by hand. */
const pageSize = 100;
const mostChecked = 1_000;

/** Reads no more than an operator may wait for: a larger wave is ended by the job that has read it whole. */
async function assertNoneLeftBehind(dependencies: ApplicationDependencies, wave: Wave): Promise<void> {
  const left: string[] = [];
  let isWhole = false;
  const pages = eachPage((page) => blockingFinish(dependencies, wave.id, { limit: pageSize, ...page }), {
    most: mostChecked / pageSize,
  });
  for await (const { items, unreadable = [], cursor } of pages) {
    left.push(...items.map(({ reference }) => reference), ...unreadable);
    isWhole = cursor === undefined;
    if (left.length > mostNamed) break;
  }
  if (left.length > 0) {
    const who = named(left);
    throw new WaveChangeRefusedError(
      {
        fr: `La bascule de certains clients de cette vague n’est pas enregistrée${who.fr}. Enregistrez-la ou replacez-les d’abord.`,
        en: `The cutover of some customers in this wave is not recorded${who.en}. First record it, or place them elsewhere.`,
      },
      'transition',
    );
  }
  if (!isWhole) {
    throw new WaveChangeRefusedError(
      {
        fr: `Cette vague compte plus de ${formatNumber(mostChecked, 'fr')} clients : elle se termine d’elle-même, le lendemain de la surveillance renforcée, une fois toutes les bascules enregistrées.`,
        en: `This wave has more than ${formatNumber(mostChecked, 'en')} customers: it ends by itself, on the day after hypercare, once every cutover is recorded.`,
      },
      'transition',
    );
  }
}

/** Refuses another capacity once the wave has ended, and another date once it has begun. */
function refuseTooLate(wave: Wave, change: WaveChange): void {
  const label = waveStateLabels[wave.state];
  const refused = (what: Text, field: keyof WaveChange) =>
    new WaveChangeRefusedError(
      {
        fr: `${what.fr} de cette vague ne peut plus être modifiée (« ${label.fr} »). Ajoutez une autre vague.`,
        en: `${what.en} of this wave can no longer be changed (“${label.en}”). Add another wave.`,
      },
      field,
    );
  if (change.capacity !== undefined && !mayChangeCapacity(wave)) {
    throw refused({ fr: 'La capacité', en: 'The capacity' }, 'capacity');
  }
  if (change.cutover !== undefined && change.cutover !== wave.cutover && !mayChangeDate(wave)) {
    throw refused({ fr: 'La date', en: 'The date' }, 'cutover');
  }
}

/** ` (K7F4-M3XJ, …)`, or nothing where those who hold seats are only counted. */
function named(references: readonly string[]): Text {
  if (references.length === 0) return { fr: '', en: '' };
  const shown = references.slice(0, mostNamed).join(', ');
  const list = references.length > mostNamed ? `${shown}…` : shown;
  return { fr: ` (${list})`, en: ` (${list})` };
}

/** Refuses a change that would void bookings, naming the onboardings that it would affect. */
function refuseHarm(wave: StoredWave, after: Wave, change: WaveChange, references: readonly string[]): void {
  const who = named(references);
  const over = componentsAbove(wave.booked, after.capacity);
  if (over.length > 0) {
    const names = over.map((name) => midSentence(componentLabels[name]));
    throw new WaveChangeRefusedError(
      {
        fr: `La capacité demandée est inférieure à ce qui est réservé (${names.map(({ fr }) => fr).join(', ')}). Déplacez d’abord des clients${who.fr}.`,
        en: `The requested capacity is below what is booked (${names.map(({ en }) => en).join(', ')}). Move customers first${who.en}.`,
      },
      `capacity.${over[0]}`,
    );
  }
  const { customers } = wave.booked;
  if (customers === 0) return;
  if (after.cutover !== wave.cutover) {
    throw new WaveChangeRefusedError(
      {
        fr: `${customers} client(s) ont réservé cette date${who.fr}. Annulez la vague pour les placer ailleurs, puis créez-en une autre.`,
        en: `${customers} customer(s) have booked this date${who.en}. Cancel the wave to place them elsewhere, then create another.`,
      },
      'cutover',
    );
  }
  if (after.state === 'CANCELLED' && wave.kind === 'PREPARATION') {
    throw new WaveChangeRefusedError(
      {
        fr: `${customers} client(s) ont une place dans cette vague de préparation. Figez la vague au lieu de l’annuler.`,
        en: `${customers} customer(s) have a place in this preparation wave. Freeze the wave instead of cancelling it.`,
      },
      'transition',
    );
  }
  if (after.state === 'CANCELLED' && change.moveBooked !== true) {
    throw new WaveChangeRefusedError(
      {
        fr: `${customers} client(s) seront placés ailleurs${who.fr}. Confirmez avec « moveBooked ».`,
        en: `${customers} customer(s) will be placed elsewhere${who.en}. Confirm with "moveBooked".`,
      },
      'moveBooked',
    );
  }
}

/**
 * Refuses a change that comes at the wrong time or would harm the customers booked in the wave.
 *
 * @throws WaveChangeRefusedError
 */
export async function refuseChange(
  dependencies: ApplicationDependencies,
  wave: StoredWave,
  after: Wave,
  change: WaveChange,
): Promise<void> {
  const { store, clock } = dependencies;
  if (change.transition !== undefined) {
    refuseUntimely(wave, change.transition, calendarDateOf(clock.now()));
  }
  refuseTooLate(wave, change);
  // One more than are named: the text then says that there are others.
  const { items } =
    wave.booked.customers === 0
      ? { items: [] }
      : await store.waves.bookedIn(wave.id, { limit: mostNamed + 1 });
  refuseHarm(wave, after, change, items);
  if (change.transition === 'finish') await assertNoneLeftBehind(dependencies, wave);
}
