import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarProblems } from '../../../functions/domain/waves/calendar-problems.ts';
import type { CapacityVector } from '../../../functions/domain/waves/capacity.ts';
import { generatedCalendar, sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';

function total(waves: readonly Wave[], component: keyof CapacityVector): number {
  return waves.reduce((sum, wave) => sum + wave.capacity[component], 0);
}

describe('the sample calendar', () => {
  const waves = sampleCalendar(samplePlatform);

  it.each(['paris', 'sud'])('has nine cutovers at %s, a pilot first', (site) => {
    const cutovers = waves.filter((wave) => wave.site === site && wave.kind !== 'PREPARATION');
    expect(
      cutovers.map(({ id, kind, capacity }) => [
        id,
        kind,
        `${capacity.customers}/${capacity.points}/${capacity.complex}`,
      ]),
    ).toEqual([
      [`${site}-2027-02-09`, 'PILOT', '2/40/1'],
      [`${site}-2027-03-09`, 'MIGRATION', '3/60/1'],
      [`${site}-2027-04-06`, 'MIGRATION', '4/90/2'],
      [`${site}-2027-05-04`, 'MIGRATION', '6/130/3'],
      [`${site}-2027-06-01`, 'MIGRATION', '8/180/4'],
      [`${site}-2027-06-29`, 'MIGRATION', '8/180/4'],
      [`${site}-2027-09-21`, 'MIGRATION', '10/200/5'],
      [`${site}-2027-10-19`, 'MIGRATION', '10/200/5'],
      [`${site}-2027-11-16`, 'MIGRATION', '12/240/6'],
    ]);
  });

  it('prepares twenty customers in Paris every four weeks, thirteen times', () => {
    const preparation = waves.filter((wave) => wave.kind === 'PREPARATION');
    expect(preparation).toHaveLength(13);
    expect(preparation[0]?.id).toBe('prep-paris-2027-01-11');
    expect(preparation[1]?.cutover).toBe('2027-02-08');
    expect(preparation.at(-1)?.cutover).toBe('2027-12-13');
    expect(new Set(preparation.map((wave) => wave.capacity.customers))).toEqual(new Set([20]));
  });

  it('is sound, open and empty', () => {
    expect(calendarProblems(waves, samplePlatform)).toEqual([]);
    expect(waves.every((wave) => wave.state === 'OPEN' && wave.booked.customers === 0)).toBe(true);
  });
});

describe('a generated calendar', () => {
  const options = { platform: samplePlatform, from: '2027-01-11', wavesPerSite: 12, largestPoints: 240 };

  it('holds 110 % of the demand, no less and, for large demands, no more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 200_000 }),
        fc.integer({ min: 6, max: 20 }),
        fc.integer({ min: 0, max: 30 }),
        (customers, pointsEach, complexPercent) => {
          const demand = {
            customers,
            points: customers * pointsEach,
            complex: Math.ceil((customers * complexPercent) / 100),
          };
          const cutovers = generatedCalendar({ ...options, demand }).filter((w) => w.kind !== 'PREPARATION');
          expect(total(cutovers, 'customers')).toBe(Math.ceil((demand.customers * 110) / 100));
          expect(total(cutovers, 'points')).toBe(Math.ceil((demand.points * 110) / 100));
          expect(total(cutovers, 'complex')).toBeGreaterThanOrEqual(Math.ceil((demand.complex * 110) / 100));
          expect(total(cutovers, 'complex')).toBeLessThanOrEqual((demand.complex * 110) / 100 + 25);
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });

  it('has as many waves for a hundred customers as for a hundred thousand', () => {
    const few = generatedCalendar({ ...options, demand: { customers: 100, points: 900, complex: 10 } });
    const many = generatedCalendar({
      ...options,
      demand: { customers: 100_000, points: 900_000, complex: 10_000 },
    });
    expect(few.map((wave) => wave.id)).toEqual(many.map((wave) => wave.id));
    expect(many.filter((wave) => wave.kind === 'PILOT')).toHaveLength(2);
    expect(many.filter((wave) => wave.kind === 'MIGRATION')).toHaveLength(24);
  });

  it('leaves no customer larger than every wave', () => {
    const waves = generatedCalendar({ ...options, demand: { customers: 2, points: 245, complex: 1 } });
    const migration = waves.filter((wave) => wave.kind === 'MIGRATION');
    expect(migration.every(({ capacity }) => capacity.points >= 240 && capacity.complex >= 1)).toBe(true);
  });

  it('is sound over several years of freezes and holidays, and seats everybody for preparation', () => {
    const demand = { customers: 500, points: 5000, complex: 50 };
    const waves = generatedCalendar({ ...options, wavesPerSite: 30, demand });
    expect(calendarProblems(waves, samplePlatform)).toEqual([]);
    const preparation = waves.filter((wave) => wave.kind === 'PREPARATION');
    expect(total(preparation, 'customers')).toBeGreaterThanOrEqual(550);
  });

  it('moves a cutover past a public holiday', () => {
    const platform = { ...samplePlatform, freezes: [] };
    const demand = { customers: 10, points: 100, complex: 1 };
    const waves = generatedCalendar({ ...options, platform, from: '2027-03-29', demand });
    expect(waves[0]?.cutover).toBe('2027-03-30');
  });

  it('has no wave on a platform without sites', () => {
    const platform = { sites: [], freezes: [] };
    expect(
      generatedCalendar({ ...options, platform, demand: { customers: 1, points: 1, complex: 0 } }),
    ).toEqual([]);
  });
});
