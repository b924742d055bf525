import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareInOrderOfService,
  type ServiceOrderEntry,
  whatSetsApart,
} from '../../../functions/domain/waves/order-of-service.ts';

const plain: ServiceOrderEntry = {
  reference: 'B',
  requirementLevel: 'RECOMMENDED',
  tier: 'CONDITIONAL',
  score: 70,
  requestedOn: '2026-11-23',
};

const entries: fc.Arbitrary<ServiceOrderEntry> = fc
  .record({
    reference: fc.constantFrom('A', 'B', 'C', 'D'),
    hardDeadline: fc.option(fc.constantFrom('2027-01-31', '2027-12-31'), { nil: undefined }),
    requirementLevel: fc.constantFrom<ServiceOrderEntry['requirementLevel'][]>(
      'MANDATORY',
      'UNDETERMINED',
      'RECOMMENDED',
      'NOT_REQUIRED',
    ),
    tier: fc.constantFrom<ServiceOrderEntry['tier'][]>('READY', 'CONDITIONAL'),
    score: fc.constantFrom(null, 0, 61.5, 100),
    requestedOn: fc.constantFrom('2026-11-23', '2026-12-01'),
  })
  .map(({ hardDeadline, ...entry }) => (hardDeadline === undefined ? entry : { ...entry, hardDeadline }));

describe('the order of service', () => {
  it.each<[string, Partial<ServiceOrderEntry>, Partial<ServiceOrderEntry>]>([
    [
      'DEADLINE',
      { hardDeadline: '2027-01-31' },
      { hardDeadline: '2027-02-28', requirementLevel: 'MANDATORY', tier: 'READY', score: 100 },
    ],
    ['DEADLINE', { hardDeadline: '2030-01-31' }, { requirementLevel: 'MANDATORY' }],
    ['MANDATORY', { requirementLevel: 'MANDATORY' }, { tier: 'READY', score: 100 }],
    ['TIER', { tier: 'READY' }, { score: 100 }],
    ['SCORE', { score: 70.1 }, { requestedOn: '2026-01-01' }],
    ['SCORE', { score: 0 }, { score: null }],
    ['REQUEST_DATE', { requestedOn: '2026-11-22' }, { reference: 'A' }],
    ['REFERENCE', { reference: 'A' }, {}],
  ])('is settled by %s', (criterion, first, second) => {
    const [a, b] = [
      { ...plain, ...first },
      { ...plain, ...second },
    ];
    expect(compareInOrderOfService(a, b)).toBeLessThan(0);
    expect(compareInOrderOfService(b, a)).toBeGreaterThan(0);
    expect(whatSetsApart(a, b)?.code).toBe(criterion);
  });

  it('makes nothing of levels below MANDATORY', () => {
    const levels = ['UNDETERMINED', 'RECOMMENDED', 'NOT_REQUIRED'] as const;
    const same = levels.map((requirementLevel) =>
      compareInOrderOfService(plain, { ...plain, requirementLevel }),
    );
    expect(same).toEqual([0, 0, 0]);
    expect(whatSetsApart(plain, plain)).toBeUndefined();
  });

  it('is total: antisymmetric, transitive, and never undecided between two references', () => {
    fc.assert(
      fc.property(entries, entries, entries, (a, b, c) => {
        const [ab, ba, bc, ac] = [
          compareInOrderOfService(a, b),
          compareInOrderOfService(b, a),
          compareInOrderOfService(b, c),
          compareInOrderOfService(a, c),
        ];
        expect(Math.sign(ab) + Math.sign(ba)).toBe(0);
        if (ab <= 0 && bc <= 0) expect(ac).toBeLessThanOrEqual(0);
        if (a.reference !== b.reference) expect(ab).not.toBe(0);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('does not depend on the order in which customers came in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(entries, { selector: (entry) => entry.reference, minLength: 4, maxLength: 4 }),
        (list) => {
          const sorted = list.toSorted(compareInOrderOfService);
          expect(list.toReversed().toSorted(compareInOrderOfService)).toEqual(sorted);
        },
      ),
      { seed: 8 },
    );
  });
});
