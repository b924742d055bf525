import { addDays, type CalendarDate } from '../domain/calendar-date.ts';
import { BusinessError, InvalidInputError } from '../domain/errors.ts';
import type { FieldProblem } from '../domain/input/field-problem.ts';
import type { Text } from '../domain/text.ts';
import { type CapacityVector, isSameCapacity, noCapacity } from '../domain/waves/capacity.ts';
import type { Growth } from '../domain/waves/growth.ts';
import { takesDayOf, type Wave, type WaveKind, waveId } from '../domain/waves/wave.ts';
import type { WaveAct } from '../store/wave-events.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { offerPlaces, whileWaited } from './offer-places.ts';
import { calendarNow } from './read-placing.ts';
import { exitCriteriaReader, growthOf, growthRefusal } from './wave-growth.ts';
import { dateTaken, refuseUnbookable, refuseUnsoundDate } from './wave-refusals.ts';

/** Waves at a regular interval, alike but for their dates and sites. */
export interface Series {
  readonly sites: readonly string[];
  readonly kind: WaveKind;
  readonly state: 'OPEN' | 'PLANNED';
  readonly capacity: CapacityVector;
  readonly from: CalendarDate;
  readonly everyWeeks: number;
  /** Dates at each site. */
  readonly count: number;
  /** Why its waves may grow more than the rule admits. */
  readonly growthReason?: string | undefined;
}

/** The most waves that one series may have. */
export const mostInSeries = 60;

/** A wave of a series: to be added, added, there already as asked, or left out with the reason. */
export interface SeriesEntry {
  readonly wave: Wave;
  readonly outcome: 'planned' | 'created' | 'existing' | 'excluded';
  readonly reason?: Text;
  /** Its growth over the wave before it: the reason for its exclusion, or what a reason answers for. */
  readonly growth?: Growth | undefined;
}

const countLabel: Text = { fr: 'Nombre de dates', en: 'Number of dates' };

function countProblem(found: number): FieldProblem {
  return {
    field: 'count',
    code: 'too_many',
    message: {
      fr: `${countLabel.fr} : la série compterait ${found} vagues ; ${mostInSeries} au plus à la fois. Réduisez-la, ou créez-la en plusieurs fois.`,
      en: `${countLabel.en}: the series would have ${found} waves; at most ${mostInSeries} at a time. Shorten it, or create it in parts.`,
    },
  };
}

/** What is asked again after a cancellation would undo it. */
const cancelledThere: Text = {
  fr: 'Une vague de ce jour a été annulée : une série ne la rétablit pas. Ajoutez-la seule.',
  en: 'A wave of this day was cancelled: a series does not bring it back. Add it on its own.',
};

function whyExcluded(dependencies: ApplicationDependencies, calendar: readonly Wave[], wave: Wave) {
  try {
    refuseUnsoundDate(dependencies, calendar, wave);
    refuseUnbookable(dependencies, wave);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems[0]?.message ?? error.text;
    if (error instanceof BusinessError) return error.text;
    throw error;
  }
}

/** A wave of the series beside those that there are, and those of the series before it. */
async function entryFor(
  dependencies: ApplicationDependencies,
  calendar: readonly Wave[],
  asked: Omit<Wave, 'id' | 'booked'>,
  { growthReason, hasMet }: Pick<Series, 'growthReason'> & { hasMet(wave: Wave): Promise<boolean> },
): Promise<SeriesEntry> {
  const wave = { ...asked, id: waveId(asked, calendar), booked: noCapacity };
  const there = calendar.find((other) => takesDayOf(wave, other));
  if (there !== undefined) {
    const isSame = there.kind === asked.kind && isSameCapacity(there.capacity, asked.capacity);
    return isSame ? { wave: there, outcome: 'existing' } : { wave, outcome: 'excluded', reason: dateTaken };
  }
  const wasCancelled = calendar.some(
    (other) => other.state === 'CANCELLED' && waveId(other) === waveId(asked),
  );
  const reason = wasCancelled ? cancelledThere : whyExcluded(dependencies, calendar, wave);
  if (reason !== undefined) return { wave, outcome: 'excluded', reason };
  const growth = await growthOf(calendar, wave, hasMet);
  if (growth === undefined) return { wave, outcome: 'planned' };
  return growthReason === undefined
    ? { wave, outcome: 'excluded', reason: growthRefusal(growth), growth }
    : { wave, outcome: 'planned', growth };
}

/**
 * Every date of a series at every site, as it would be added to the calendar of this moment. A wave of the same kind and
 * capacity that has its day already is the one asked for: a repeated request adds none twice.
 *
 * @throws InvalidInputError when there are too many, or the values are wrong for each of them.
 */
export async function planSeries(
  dependencies: ApplicationDependencies,
  series: Series,
): Promise<readonly SeriesEntry[]> {
  const { sites, count, from, everyWeeks, kind, state, capacity, growthReason } = series;
  if (sites.length * count > mostInSeries) throw new InvalidInputError([countProblem(sites.length * count)]);
  const calendar: Wave[] = [...(await calendarNow(dependencies))];
  const hasMet = exitCriteriaReader(dependencies);
  const entries: SeriesEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    const cutover = addDays(from, index * everyWeeks * 7);
    for (const site of sites) {
      const asked = { site, kind, state, cutover, capacity };
      const entry = await entryFor(dependencies, calendar, asked, { growthReason, hasMet });
      if (entry.outcome === 'planned') calendar.push(entry.wave);
      entries.push(entry);
    }
  }
  return entries;
}

/**
 * Adds the waves of a series that can be added, each by its id: after an interruption a repeat adds the rest.
 *
 * @throws InvalidInputError
 */
export async function createSeries(
  dependencies: ApplicationDependencies,
  series: Series,
  act: WaveAct,
): Promise<readonly SeriesEntry[]> {
  const { growthReason } = series;
  const report: SeriesEntry[] = [];
  for (const entry of await planSeries(dependencies, series)) {
    if (entry.outcome !== 'planned') {
      report.push(entry);
      continue;
    }
    const withReason = entry.growth === undefined ? act : { ...act, growthReason };
    const isNew = await dependencies.store.waves.create(entry.wave, withReason);
    report.push(
      isNew ? { ...entry, outcome: 'created' } : { ...entry, outcome: 'excluded', reason: dateTaken },
    );
  }
  await offerPlaces(dependencies, whileWaited);
  return report;
}
