import { describe, expect, it } from 'vitest';
import { datesFor, mostDates } from '../../../functions/domain/waves/dates.ts';
import type { Demand } from '../../../functions/domain/waves/demand.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { demandWith, full, sampleContext, seedPlatform, waveWith } from './fixtures.ts';

const march = waveWith();
const april = waveWith({ cutover: '2027-04-06' });

function dates(waves: readonly Wave[], changes: Partial<Demand> = {}, own?: string) {
  return datesFor(demandWith(changes), waves, sampleContext, own);
}

describe('the dates of a customer', () => {
  it('are the coming waves by date and site, each admissible or with its reason', () => {
    const found = dates(sampleCalendar(samplePlatform));
    expect(found).toHaveLength(18);
    expect(found.map(({ wave }) => wave.cutover)).toEqual(found.map(({ wave }) => wave.cutover).toSorted());
    for (const { admissible, reason } of found) expect(reason === undefined).toBe(admissible);
    expect(found[0]).toMatchObject({ admissible: false, reason: { code: 'PILOT_NOT_ACCEPTED' } });
    expect(found.filter(({ recommended }) => recommended).map(({ wave }) => wave.id)).toEqual([
      'paris-2027-03-09',
    ]);
  });

  it.each<readonly [string, Partial<Wave>]>([
    ['preparation waves', { kind: 'PREPARATION' }],
    ['finished waves', { state: 'DONE' }],
    ['running waves', { state: 'RUNNING' }],
    ['cancelled waves', { state: 'CANCELLED' }],
    ['waves of today', { cutover: sampleContext.asOf }],
  ])('leave out %s', (_what, changes) => {
    expect(dates([waveWith(changes), april]).map(({ wave }) => wave.id)).toEqual([april.id]);
  });

  it('hold those that are planned or frozen, as not open', () => {
    const found = dates([waveWith({ state: 'PLANNED' }), waveWith({ state: 'FROZEN', site: 'sud' })]);
    expect(found.map(({ reason }) => reason?.code)).toEqual(['WAVE_NOT_OPEN', 'WAVE_NOT_OPEN']);
  });

  it('say how much room there is for a customer of that size', () => {
    const level = (changes: Partial<Demand>, wave: Wave = march) => dates([wave], changes)[0]?.room;
    expect(level({ points: 5 })).toBe('plenty');
    expect(level({ points: 20 })).toBe('plenty');
    expect(level({ points: 21 })).toBe('few');
    expect(level({ points: 5, complex: true })).toBe('few');
    expect(level({ points: 61 })).toBe('none');
    expect(level({}, full(march))).toBe('none');
    expect(level({ points: 0 }, waveWith({ capacity: { customers: 0, points: 0, complex: 0 } }))).toBe(
      'none',
    );
  });

  it('name what lasts before what time may lift', () => {
    const late = [{ date: '2027-03-01', source: 'contract_end' } as const];
    expect(dates([full(march)])[0]?.reason?.code).toBe('NO_ROOM');
    expect(dates([full(march)], { hardDeadlines: late })[0]?.reason?.code).toBe('AFTER_DEADLINE');
  });

  it('may be one that was turned down', () => {
    expect(dates([march], { avoid: [march.id], avoidDates: [march.cutover] })[0]).toMatchObject({
      admissible: true,
      recommended: true,
    });
  });

  it('count the place that the customer has, whatever its wave looks like now', () => {
    const frozen = full(waveWith({ state: 'FROZEN' }));
    expect(dates([frozen, april], {}, frozen.id)).toMatchObject([
      { admissible: true, recommended: true, room: 'few' },
      { admissible: true, recommended: false },
    ]);
  });

  it('are none before preparation opens', () => {
    const context = { asOf: '2022-11-01', platform: seedPlatform };
    const [date] = datesFor(demandWith(), [waveWith({ cutover: '2024-03-05' })], context, undefined);
    expect(date).toMatchObject({ admissible: false, reason: { code: 'PREPARATION_NOT_OPEN' } });
  });

  it('end after the first hundred', () => {
    const many = Array.from({ length: 130 }, (_, index) => ({ ...march, id: `paris-${index}` }));
    expect(dates(many)).toHaveLength(mostDates);
  });

  it('are none in an empty calendar', () => {
    expect(dates([])).toEqual([]);
  });
});
