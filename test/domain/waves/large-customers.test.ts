import { describe, expect, it } from 'vitest';
import { WaveFullError } from '../../../functions/domain/waves/capacity.ts';
import { judgeWave } from '../../../functions/domain/waves/constraints.ts';
import { datesFor } from '../../../functions/domain/waves/dates.ts';
import {
  pointsKept,
  roomFrom,
  smallPoints,
  withCustomer,
  withKept,
  withoutCustomer,
} from '../../../functions/domain/waves/large-customers.ts';
import { nearestWaves } from '../../../functions/domain/waves/nearest-waves.ts';
import { place } from '../../../functions/domain/waves/placement.ts';
import { demandWith, sampleContext, waveWith } from './fixtures.ts';

const platform = { ...sampleContext.platform, largeShare: 30 };
const context = { ...sampleContext, platform };
/** 18 of its 60 points are kept. */
const wave = waveWith({ capacity: { customers: 9, points: 60, complex: 1 } });
const booked = (points: number, small: number) => ({
  ...wave,
  booked: { customers: 1, points, complex: 0 },
  small,
});

describe('what a wave keeps for customers above 20 points', () => {
  it.each([
    ['2026-11-23', 18],
    ['2027-01-07', 18],
    // 60 days before the cutover of 9 March.
    ['2027-01-08', 0],
    ['2027-03-09', 0],
  ])('on %s: %i points', (asOf, points) => {
    expect(pointsKept(wave, { asOf, platform })).toBe(points);
  });

  it('is nothing without the policy, and of a preparation wave', () => {
    expect(pointsKept(wave, sampleContext)).toBe(0);
    expect(pointsKept({ ...wave, kind: 'PREPARATION' }, context)).toBe(0);
    expect(withKept([wave], sampleContext)).toEqual([wave]);
  });

  it('is a whole number of points, never less than the share', () => {
    const small = waveWith({ capacity: { customers: 3, points: 41, complex: 1 } });
    expect(pointsKept(small, context)).toBe(13);
  });
});

describe('a customer', () => {
  const judge = (points: number, of = booked(40, 40)) =>
    judgeWave(demandWith({ points }), withKept([of], context)[0] ?? of, context).map(({ code }) => code);

  it.each([
    ['of 2 points takes what is left to small ones', 2, []],
    ['of 3 points would take what is kept', 3, ['KEPT_FOR_LARGE']],
    ['of 20 points is not large', 20, ['KEPT_FOR_LARGE']],
    ['of 21 points needs more than there is', 21, ['NO_ROOM']],
  ] as const)('%s', (_, points, codes) => {
    expect(judge(points)).toEqual(codes);
  });

  it('above 20 points takes what is kept', () => {
    expect(judge(30, booked(30, 30))).toEqual([]);
    expect(judge(12, booked(30, 0))).toEqual([]);
  });

  it('that is not large waits for what is kept, and reads until when', () => {
    const [kept] = withKept([booked(42, 42)], context);
    const found = place(demandWith(), kept === undefined ? [] : [kept], context);
    expect(found).toMatchObject({ kind: 'waiting', reason: { code: 'KEPT_FOR_LARGE', wave: wave.id } });
    expect(found.text.fr).toContain('8 janvier 2027');
    const [date] = datesFor(demandWith(), kept === undefined ? [] : [kept], context, undefined);
    expect(date).toMatchObject({ admissible: false, room: 'none', reason: { code: 'KEPT_FOR_LARGE' } });
    const [near] = nearestWaves(demandWith(), kept === undefined ? [] : [kept], context);
    expect(near?.lacks.map(({ code }) => code)).toEqual(['KEPT_FOR_LARGE']);
  });

  it('finds another wave instead, where one has room', () => {
    const later = waveWith({ cutover: '2027-05-04' });
    const found = place(demandWith(), withKept([booked(42, 42), later], context), context);
    expect(found).toMatchObject({ kind: 'booked', wave: { id: later.id } });
  });
});

it('counts what small customers take, and what they leave', () => {
  expect([smallPoints(20), smallPoints(21)]).toEqual([20, 0]);
  const one = withCustomer(wave, { customers: 1, points: 20, complex: 0 });
  const two = withCustomer(one, { customers: 1, points: 21, complex: 1 });
  expect([one.small, two.small, two.booked.points]).toEqual([20, 20, 41]);
  expect(withoutCustomer(two, { customers: 1, points: 20, complex: 0 }).small).toBe(0);
  expect(() => withCustomer(two, { customers: 1, points: 20, complex: 0 })).toThrow(WaveFullError);
  const [kept] = withKept([two], context);
  expect(roomFrom(kept ?? two, 5).points).toBe(19);
  expect(roomFrom(kept ?? two, 25).points).toBe(19);
  const [more] = withKept([booked(41, 41)], context);
  expect([roomFrom(more ?? wave, 5).points, roomFrom(more ?? wave, 25).points]).toEqual([1, 19]);
});
