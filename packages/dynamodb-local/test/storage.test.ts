import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemSize } from '../src/item-size.ts';
import { fingerprintOf, RequestTokens } from '../src/request-tokens.ts';
import { SortedMap } from '../src/sorted-map.ts';

describe('SortedMap', () => {
  it('answers any range as a sorted list would, after any writes', () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 4 });
    const write = fc.record({ key, remove: fc.boolean() });
    const range = fc.record(
      { gt: key, gte: key, lt: key, lte: key, reverse: fc.boolean(), limit: fc.integer({ min: -1, max: 5 }) },
      { requiredKeys: [] },
    );
    const writes = fc.oneof(
      fc.array(write, { maxLength: 20 }),
      fc.array(write, { minLength: 80, maxLength: 120 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(writes, range), { maxLength: 6 }), (rounds) => {
        const map = new SortedMap<string>();
        const model = new Set<string>();
        for (const [changes, asked] of rounds) {
          for (const change of changes) {
            if (change.remove) map.delete(change.key);
            else map.set(change.key, change.key);
            if (change.remove) model.delete(change.key);
            else model.add(change.key);
          }
          expect(map.range(asked)).toEqual(expected(model, asked));
        }
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  interface Asked {
    readonly gt?: string;
    readonly gte?: string;
    readonly lt?: string;
    readonly lte?: string;
    readonly reverse?: boolean;
    readonly limit?: number;
  }

  // As in LevelDB, the exclusive bound counts where both are given.
  function expected(model: ReadonlySet<string>, { gt, gte, lt, lte, reverse, limit = -1 }: Asked): string[] {
    const from = (key: string) => (gt === undefined ? gte === undefined || key >= gte : key > gt);
    const to = (key: string) => (lt === undefined ? lte === undefined || key <= lte : key < lt);
    const found = [...model].filter((key) => from(key) && to(key)).sort();
    if (reverse === true) found.reverse();
    return limit < 0 ? found : found.slice(0, limit);
  }
});

describe('the size of an item', () => {
  it.each([
    [{ pk: { S: 'abc' } }, 5],
    [{ é: { S: '€' } }, 5],
    [{ n: { N: '0' } }, 2],
    [{ n: { N: '-12345' } }, 6],
    [{ n: { N: '1500' } }, 3],
    [{ b: { B: 'AAEC' } }, 4],
    [{ t: { BOOL: true }, u: { NULL: true } }, 4],
    [{ s: { SS: ['a', 'bc'] }, m: { NS: ['1', '22'] } }, 9],
    [{ l: { L: [{ S: 'a' }, { BOOL: false }] } }, 8],
    [{ m: { M: { k: { S: 'vv' } } } }, 8],
  ])('of %j is %i bytes', (item, bytes) => {
    expect(itemSize(item)).toBe(bytes);
  });
});

describe('request tokens', () => {
  it('mean the same request whatever the order of its fields', () => {
    expect(fingerprintOf([{ a: 1, b: { c: 2, d: 3 } }])).toBe(fingerprintOf([{ b: { d: 3, c: 2 }, a: 1 }]));
    expect(fingerprintOf([1, 2])).not.toBe(fingerprintOf([2, 1]));
  });

  it('are forgotten after ten minutes and not before', () => {
    const tokens = new RequestTokens();
    tokens.remember({ token: 't', fingerprint: 'f', at: 1000 });
    expect(tokens.isDone('t', 'f', 600_999)).toBe(true);
    expect(() => tokens.isDone('t', 'other', 600_999)).toThrow('different parameters');
    expect(tokens.isDone('t', 'other', 601_000)).toBe(false);
    expect([...tokens.remembered(601_000)]).toEqual([]);
  });
});
