import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CapacityVector,
  fits,
  NothingToReleaseError,
  noCapacity,
  release,
  room,
  take,
  WaveFullError,
} from '../../../functions/domain/waves/capacity.ts';

const vectors: fc.Arbitrary<CapacityVector> = fc.record({
  customers: fc.nat(12),
  points: fc.nat(240),
  complex: fc.nat(6),
});
const capacity = { customers: 3, points: 60, complex: 1 };

describe('a capacity vector', () => {
  it.each([
    ['customers', { customers: 3, points: 1, complex: 0 }, { customers: 4, points: 1, complex: 0 }],
    ['points', { customers: 1, points: 60, complex: 0 }, { customers: 1, points: 61, complex: 0 }],
    ['complex customers', { customers: 1, points: 1, complex: 1 }, { customers: 1, points: 1, complex: 2 }],
  ])('is full in %s alone', (_component, last, tooMuch) => {
    expect(fits(last, capacity, noCapacity)).toBe(true);
    expect(fits(tooMuch, capacity, noCapacity)).toBe(false);
    expect(() => take(tooMuch, capacity, noCapacity)).toThrow(WaveFullError);
  });

  it('is never exceeded, whoever comes in whatever order', () => {
    fc.assert(
      fc.property(vectors, fc.array(vectors, { maxLength: 30 }), (limit, amounts) => {
        let booked = noCapacity;
        for (const amount of amounts) {
          if (fits(amount, limit, booked)) booked = take(amount, limit, booked);
          else expect(() => take(amount, limit, booked)).toThrow(WaveFullError);
        }
        const left = room(limit, booked);
        expect(Math.min(left.customers, left.points, left.complex)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 5 },
    );
  });

  it('is as before once what was taken is given back', () => {
    fc.assert(
      fc.property(vectors, vectors, (booked, amount) => {
        const limit = { customers: 100, points: 1000, complex: 100 };
        expect(release(amount, take(amount, limit, booked))).toEqual(booked);
      }),
      { seed: 6 },
    );
  });

  it('cannot get back what was never taken', () => {
    expect(() => release({ customers: 1, points: 0, complex: 0 }, noCapacity)).toThrow(NothingToReleaseError);
  });

  it('admits nobody once lowered below what is booked', () => {
    expect(fits({ customers: 0, points: 1, complex: 0 }, noCapacity, capacity)).toBe(false);
  });
});
