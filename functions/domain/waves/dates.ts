import type { Text } from '../text.ts';
import type { CapacityVector } from './capacity.ts';
import { judgeWave } from './constraints.ts';
import { notAfterParent } from './date-constraints.ts';
import type { Demand, SchedulingContext } from './demand.ts';
import { vectorOf } from './effort.ts';
import { roomFrom } from './large-customers.ts';
import { preparationNotOpen } from './placement-outcome.ts';
import { platformPhase } from './platform-phase.ts';
import type { RefusalCode } from './refusal.ts';
import { inCalendarOrder, type Wave } from './wave.ts';

/** How much room a wave has for a customer: for none, for a few of its size, or for more. */
export const roomLevels = ['plenty', 'few', 'none'] as const;
export type RoomLevel = (typeof roomLevels)[number];

/** In how many customers of the same size "few" ends [policy]. */
const few = 2;

/** Why a date is not possible: a code, and a sentence to the customer. */
export interface DateRefusal {
  readonly code: RefusalCode | 'PREPARATION_NOT_OPEN';
  readonly text: Text;
}

/** A coming wave as a customer may choose it, or why it may not. */
export interface CustomerDate {
  readonly wave: Wave;
  /** Open, admitted by C2 to C9, with room now (C1); always true for the place that the customer has. */
  readonly admissible: boolean;
  /** True for the first admissible one that comes after those that the customer has to follow. */
  readonly recommended: boolean;
  readonly room: RoomLevel;
  /** Absent for an admissible one. */
  readonly reason?: DateRefusal;
}

/** The most dates that are listed, the first ones. */
export const mostDates = 100;

function roomFor(demand: Demand, wave: Wave): RoomLevel {
  const asked = vectorOf(demand);
  const left = roomFrom(wave, demand.points);
  const components: readonly (keyof CapacityVector)[] = ['customers', 'points', 'complex'];
  const times = components
    .filter((component) => asked[component] > 0)
    .map((component) => Math.floor(left[component] / asked[component]));
  const customers = Math.min(...times);
  if (customers < 1) return 'none';
  return customers <= few ? 'few' : 'plenty';
}

/** What keeps a wave from being chosen: what lasts before what time may lift. A date turned down may be chosen after all. */
function refusalOf(demand: Demand, wave: Wave, context: SchedulingContext): DateRefusal | undefined {
  const refusals = judgeWave(demand, wave, context).filter(({ constraint }) => constraint !== 'CHOICE');
  return refusals.find(({ code }) => code !== 'NO_ROOM' && code !== 'KEPT_FOR_LARGE') ?? refusals[0];
}

function isComing({ kind, state, cutover }: Wave, today: string): boolean {
  const bookable = state === 'PLANNED' || state === 'OPEN' || state === 'FROZEN';
  return kind !== 'PREPARATION' && bookable && cutover > today;
}

/**
 * The dates of a customer: every coming wave of the calendar by date, then by the platform's order of sites, with the
 * reason why it is not possible.
 *
 * @param waves the calendar in which the room that the customer has taken counts as free
 * @param own id of the wave in which the customer has a place now
 */
export function datesFor(
  demand: Demand,
  waves: readonly Wave[],
  context: SchedulingContext,
  own: string | undefined,
): readonly CustomerDate[] {
  const { asOf, platform } = context;
  const shut =
    platformPhase(platform, asOf) === 'qualification' ? preparationNotOpen(context).text : undefined;
  const listed = waves.filter((wave) => wave.id === own || isComing(wave, asOf));
  const dates = inCalendarOrder(listed, platform)
    .slice(0, mostDates)
    .map((wave): Omit<CustomerDate, 'recommended'> => {
      const given = roomFor(demand, wave);
      if (wave.id === own) return { wave, admissible: true, room: given === 'none' ? 'few' : given };
      const reason =
        shut === undefined
          ? refusalOf(demand, wave, context)
          : { code: 'PREPARATION_NOT_OPEN' as const, text: shut };
      return {
        wave,
        admissible: reason === undefined,
        room: given,
        ...(reason === undefined ? {} : { reason }),
      };
    });
  // A place may be kept that comes before the one that it has to follow, but it is no advice.
  const first = dates.find(
    ({ admissible, wave }) => admissible && notAfterParent(demand.parentCutover, wave.cutover) === undefined,
  );
  return dates.map((date) => ({ ...date, recommended: date === first }));
}
