import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { publicHolidayOn } from '../working-days.ts';
import { type CapacityVector, noCapacity } from './capacity.ts';
import { type Wave, type WaveKind, waveId } from './wave.ts';

function openWave(kind: WaveKind, site: string, cutover: CalendarDate, capacity: CapacityVector): Wave {
  return {
    id: waveId({ kind, site, cutover }),
    site,
    kind,
    state: 'OPEN',
    cutover,
    capacity,
    booked: noCapacity,
  };
}

/** Cutover, then capacity in customers, points and complex customers; the first is the pilot. */
const sampleCutovers = [
  ['2027-02-09', 2, 40, 1],
  ['2027-03-09', 3, 60, 1],
  ['2027-04-06', 4, 90, 2],
  ['2027-05-04', 6, 130, 3],
  ['2027-06-01', 8, 180, 4],
  ['2027-06-29', 8, 180, 4],
  ['2027-09-21', 10, 200, 5],
  ['2027-10-19', 10, 200, 5],
  ['2027-11-16', 12, 240, 6],
] as const;

const preparationRhythmInDays = 28;

function preparationWaves(site: string, from: CalendarDate, count: number, customers: number): Wave[] {
  return Array.from({ length: count }, (_, index) =>
    openWave('PREPARATION', site, addDays(from, index * preparationRhythmInDays), {
      ...noCapacity,
      customers,
    }),
  );
}

/** The calendar of the demonstration and of the tests: 2027 at every site, preparation in Paris all year. */
export function sampleCalendar(platform: Pick<PlatformConfiguration, 'sites'>): readonly Wave[] {
  const cutovers = platform.sites.flatMap((site) =>
    sampleCutovers.map(([cutover, customers, points, complex], index) =>
      openWave(index === 0 ? 'PILOT' : 'MIGRATION', site.code, cutover, { customers, points, complex }),
    ),
  );
  return [...cutovers, ...preparationWaves('paris', '2027-01-11', 13, 20)];
}

/** The demand that a generated calendar must hold. */
export interface GeneratedCalendarOptions {
  readonly platform: Pick<PlatformConfiguration, 'sites' | 'freezes'>;
  /** The sum of all demands. */
  readonly demand: CapacityVector;
  /** Points of the largest single customer, so that no wave is too small for it; 0 when not known. */
  readonly largestPoints: number;
  /** No cutover before this day; preparation starts on it. */
  readonly from: CalendarDate;
  /** Migration waves at each site, besides its pilot. */
  readonly wavesPerSite: number;
}

/** Capacity per hundred of demand. */
const capacityPercent = 110;
const cutoverRhythmInDays = 28;
/** A pilot wave is a quarter of a migration wave: few customers accept to be pilots. */
const pilotShare = 1;
const migrationShare = 4;

/** Cutover days every four weeks, moved on day by day past freezes and public holidays. */
function cutoverDays(options: GeneratedCalendarOptions): CalendarDate[] {
  const days: CalendarDate[] = [];
  let day = options.from;
  while (days.length <= options.wavesPerSite) {
    const current = day;
    const frozen = options.platform.freezes.find(({ from, to }) => from <= current && current <= to);
    if (frozen !== undefined) day = addDays(frozen.to, 1);
    else if (publicHolidayOn(day) !== undefined) day = addDays(day, 1);
    else {
      days.push(day);
      day = addDays(day, cutoverRhythmInDays);
    }
  }
  return days;
}

/** `total` cut into parts in proportion to `shares`, whole numbers that add up to it exactly. */
function cut(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  let sharesSoFar = 0;
  let cutSoFar = 0;
  return shares.map((share) => {
    sharesSoFar += share;
    const part = Math.round((total * sharesSoFar) / sum) - cutSoFar;
    cutSoFar += part;
    return part;
  });
}

/**
 * A calendar that holds 110 % of a demand, for load generators. The number of waves depends on the options, not
 * on the demand: more customers make larger waves, as a platform that grows has more hands, not more Tuesdays.
 * Each migration wave holds at least one customer of the largest size, so tiny demands get more than 110 %.
 */
export function generatedCalendar(options: GeneratedCalendarOptions): readonly Wave[] {
  const days = cutoverDays(options);
  const slots = days.flatMap((cutover, index) =>
    options.platform.sites.map((site) => ({ site: site.code, cutover, pilot: index === 0 })),
  );
  const shares = slots.map((slot) => (slot.pilot ? pilotShare : migrationShare));
  const { demand } = options;
  const parts = (amount: number) => cut(Math.ceil((amount * capacityPercent) / 100), shares);
  const [customers, points, complex] = [parts(demand.customers), parts(demand.points), parts(demand.complex)];
  const cutovers = slots.map((slot, index) => {
    const least = slot.pilot
      ? noCapacity
      : { customers: 1, points: options.largestPoints, complex: Math.min(1, demand.complex) };
    return openWave(slot.pilot ? 'PILOT' : 'MIGRATION', slot.site, slot.cutover, {
      customers: Math.max(least.customers, customers[index] ?? 0),
      points: Math.max(least.points, points[index] ?? 0),
      complex: Math.max(least.complex, complex[index] ?? 0),
    });
  });
  const host = options.platform.sites[0]?.code;
  if (host === undefined) return cutovers;
  const seats = Math.ceil((demand.customers * capacityPercent) / 100 / days.length);
  return [...cutovers, ...preparationWaves(host, options.from, days.length, seats)];
}
