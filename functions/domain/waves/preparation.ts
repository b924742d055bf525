import type { CalendarDate } from '../calendar-date.ts';
import { fits } from './capacity.ts';
import type { Demand, SchedulingContext } from './demand.ts';
import { vectorOf } from './effort.ts';
import {
  type BookedPlacement,
  booked,
  preparationNotOpen,
  type WaitingPlacement,
  type WaitingReason,
  waiting,
} from './placement-outcome.ts';
import { platformPhase, servicesNotOpen } from './platform-phase.ts';
import { inCalendarOrder, type Wave } from './wave.ts';

/** A customer's demand on the preparation waves. */
export interface PreparationDemand {
  /** Cutover already booked, which the preparation must start before. */
  readonly before?: CalendarDate;
  /** Preparation waves the customer has turned down. */
  readonly avoid?: readonly string[];
}

/** A customer in a preparation wave takes one seat, regardless of the size of its migration. */
export const preparationSeat = vectorOf({ points: 0, complex: false });

const noPreparationYet: WaitingReason = {
  code: 'NO_WAVE_IN_CALENDAR',
  text: {
    fr: 'Aucune vague de préparation n’a de place pour le moment ; une place vous sera proposée dès qu’une date ouvrira.',
    en: 'No preparation wave has room at the moment; we will offer you a place as soon as a date opens.',
  },
};

/**
 * The first open preparation wave with a seat that starts on or after the day of booking. Sites do not matter:
 * nothing is moved yet.
 */
export function placePreparation(
  demand: PreparationDemand,
  waves: readonly Wave[],
  context: SchedulingContext,
): BookedPlacement | WaitingPlacement {
  if (platformPhase(context.platform, context.asOf) === 'qualification') return preparationNotOpen(context);
  const candidates = waves.filter(
    (wave) =>
      wave.kind === 'PREPARATION' &&
      wave.state === 'OPEN' &&
      wave.cutover >= context.asOf &&
      (demand.before === undefined || wave.cutover < demand.before) &&
      demand.avoid?.includes(wave.id) !== true,
  );
  const first = inCalendarOrder(candidates, context.platform).find((wave) =>
    fits(preparationSeat, wave.capacity, wave.booked),
  );
  return first === undefined ? waiting(noPreparationYet, []) : booked(first, [], context);
}

/**
 * Whether a customer prepares: `required` while it is not ready, `offered` beside its booking while a wanted
 * service is not open (preparing before the platform opens is what preparation is for), otherwise `none`.
 */
export function preparationFor(
  demand: Pick<Demand, 'tier' | 'wantedServices'>,
  context: SchedulingContext,
): 'required' | 'offered' | 'none' {
  if (demand.tier === 'NOT_READY') return 'required';
  const missing = servicesNotOpen(context.platform, demand.wantedServices, context.asOf);
  return missing.length > 0 ? 'offered' : 'none';
}

/** True for a customer that is ready and has its date: it prepares no more, unless a wanted service is not open yet. */
export function mayGiveSeatBack(
  demand: Pick<Demand, 'tier' | 'wantedServices'>,
  context: SchedulingContext,
): boolean {
  return demand.tier === 'READY' && preparationFor(demand, context) === 'none';
}
