import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { awaitsChoice, choiceRefusal } from '../domain/onboarding/another-date.ts';
import { calendarFor } from '../domain/onboarding/bookings.ts';
import { proposedMove } from '../domain/onboarding/group-moves.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import type { Placing } from '../domain/onboarding/transitions/placement.ts';
import { type CustomerDate, datesFor } from '../domain/waves/dates.ts';
import type { Demand } from '../domain/waves/demand.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { calendarNow, placingOf } from './read-placing.ts';

type Reading = Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'>;

/** True for an onboarding whose result says where it may be placed, or why it may not yet, and that is not placed for good. */
export function hasDates({ stage, reviewKind, tier }: Snapshot['state']): boolean {
  switch (stage) {
    case 'WAITING_LIST':
    case 'WAVE_HELD':
    case 'WAVE_CONFIRMED':
    case 'GO_NO_GO':
      return true;
    case 'PREPARING':
      return tier === 'NOT_READY';
    case 'IN_REVIEW':
      return reviewKind === 'placement';
    default:
      return false;
  }
}

/** The dates of an onboarding with the demand that they were judged by. */
export interface JudgedDates {
  readonly placing: Placing;
  readonly dates: readonly CustomerDate[];
}

/**
 * Judges the coming waves for an onboarding that `hasDates`, as it is now.
 *
 * @param after the date that it has to come after, if it is not that of its parent as it is stored
 */
export async function judgeDates(
  { store, clock, platform }: Reading,
  snapshot: Snapshot,
  after?: CalendarDate,
): Promise<JudgedDates> {
  const at = clock.now();
  const asOf = calendarDateOf(at);
  const { state, booking } = snapshot;
  const [placing, calendar] = await Promise.all([
    placingOf(store, state, asOf),
    calendarNow({ store, clock, platform }),
  ]);
  const demand: Demand = {
    ...placing.demand,
    ...(state.tier === 'NOT_READY' ? { tier: 'NOT_READY' } : {}),
    ...(after === undefined ? {} : { parentCutover: after }),
  };
  const own = booking === undefined || booking.status === 'TO_MOVE' ? undefined : booking.wave;
  return {
    placing,
    dates: datesFor(demand, calendarFor(snapshot, calendar), { asOf, platform }, own),
  };
}

/** The dates of an onboarding; none where no date is to be had yet, or any more. */
export async function readDates(reading: Reading, snapshot: Snapshot): Promise<readonly CustomerDate[]> {
  if (!hasDates(snapshot.state)) return [];
  // One that it follows may be about to move: it is to come after that date.
  const after = proposedMove(snapshot, reading.clock.now())?.group.after;
  return (await judgeDates(reading, snapshot, after)).dates;
}

/**
 * The date of a wave.
 *
 * @param field where the id is in the request
 * @throws InvalidInputError when no coming wave has this id.
 */
export function dateOfWave(dates: readonly CustomerDate[], id: string, field: string): CustomerDate {
  const found = dates.find(({ wave }) => wave.id === id);
  if (found !== undefined) return found;
  const message = {
    fr: 'Aucune vague à venir n’a cet identifiant. Consultez la liste des dates.',
    en: 'No coming wave has this ID. See the list of dates.',
  };
  throw new InvalidInputError([{ field, code: 'unknown_wave', message }]);
}

/**
 * True when a customer's tier has become better, and dates are possible by now that come before that of its place, and that
 * it may choose.
 */
export async function opensEarlierDates(
  reading: Reading,
  before: Snapshot,
  after: Snapshot,
): Promise<boolean> {
  const { state, booking } = after;
  const at = reading.clock.now();
  if (state.tier !== 'READY' || before.state.tier === 'READY') return false;
  if (booking === undefined || !awaitsChoice(after, at)) return false;
  if (choiceRefusal(after, calendarDateOf(at)) !== undefined) return false;
  const dates = await readDates(reading, after);
  return dates.some(({ admissible, wave }) => admissible && wave.cutover < booking.cutover);
}
