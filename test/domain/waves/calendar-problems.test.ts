import { describe, expect, it } from 'vitest';
import { calendarProblems } from '../../../functions/domain/waves/calendar-problems.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { waveWith } from './fixtures.ts';

const pilot = waveWith({ kind: 'PILOT', cutover: '2027-02-09' });

describe('a calendar', () => {
  it.each<[string, Wave[], string[]]>([
    ['with a pilot first is sound', [waveWith(), pilot], []],
    ['without a pilot first', [waveWith()], ['FIRST_WAVE_NOT_PILOT']],
    ['whose pilot is cancelled', [{ ...pilot, state: 'CANCELLED' }, waveWith()], ['FIRST_WAVE_NOT_PILOT']],
    ['whose pilot is done is sound', [{ ...pilot, state: 'DONE' }, waveWith()], []],
    ['with the same wave twice', [pilot, waveWith(), waveWith()], ['DUPLICATE_ID']],
    ['at an unknown site', [{ ...pilot, site: 'nord' }], ['UNKNOWN_SITE']],
    ['with a cutover in a freeze', [pilot, waveWith({ cutover: '2027-08-10' })], ['CUTOVER_IN_FREEZE']],
    ['with a cutover on a holiday', [pilot, waveWith({ cutover: '2027-05-06' })], ['CUTOVER_ON_HOLIDAY']],
    ['in years without known holidays', [pilot, waveWith({ cutover: '2036-03-04' })], ['HOLIDAYS_UNKNOWN']],
    [
      'with a preparation in such years',
      [waveWith({ kind: 'PREPARATION', cutover: '9999-12-31' })],
      ['HOLIDAYS_UNKNOWN'],
    ],
    [
      'with preparation on a holiday in a freeze is sound',
      [waveWith({ kind: 'PREPARATION', cutover: '2027-07-14' })],
      [],
    ],
    [
      'with capacity lowered under its bookings',
      [{ ...pilot, booked: { customers: 4, points: 0, complex: 0 } }],
      ['BOOKED_ABOVE_CAPACITY'],
    ],
  ])('%s', (_what, waves, codes) => {
    expect(calendarProblems(waves, samplePlatform).map((problem) => problem.code)).toEqual(codes);
  });

  it('says which wave is wrong and how', () => {
    expect(calendarProblems([waveWith()], samplePlatform)[0]?.text.en).toBe(
      'wave of 9 March 2027 (Paris): the first wave of a site must be a pilot wave; choose the type pilot, or first add an earlier pilot wave.',
    );
  });
});
