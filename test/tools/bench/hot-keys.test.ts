import { beforeAll, describe, expect, it } from 'vitest';
import { type Act, actNames, isOwn, measureActs } from '../../../tools/bench/acts.ts';
import { type HotKeys, hotKeys, hotKeysOf } from '../../../tools/bench/hot-keys.ts';
import { openOnboardings } from '../../../tools/cost/assumptions.ts';
import { readHotKeys } from '../../../tools/cost/scale.ts';
import { readQuotas } from '../../../tools/cost/tables.ts';

const quotas = readQuotas();
let acts: readonly Act[];
let found: readonly HotKeys[];
beforeAll(async () => {
  acts = await measureActs();
  found = hotKeys(acts);
});

describe('the load of each partition key', () => {
  it('stays below the limit of a partition, at every named load', () => {
    expect(found.length % openOnboardings.length).toBe(0);
    expect(found.length).toBeGreaterThan(20);
    for (const { load, open, writes, reads, withinLimits } of found) {
      expect(writes[0]?.units, `${load}, ${open}`).toBeLessThan(quotas.of('partition-writes'));
      expect(reads[0]?.units, `${load}, ${open}`).toBeLessThan(quotas.of('partition-reads'));
      expect(withinLimits).toBe(true);
    }
  });

  it('is measured on the store: each act writes to its own and to shared keys', () => {
    expect(acts.map(({ act }) => act)).toEqual(actNames);
    for (const { act, writes } of acts) {
      expect(writes.some(isOwn), act).toBe(true);
      expect(
        writes.some((key) => !isOwn(key)),
        act,
      ).toBe(true);
    }
    const booking = acts.find(({ act }) => act === 'answer');
    expect(booking?.writes).toContainEqual({ partition: 'CALENDAR#paris', units: 2 });
  });

  it('is reported when it is too high', () => {
    const heavy = acts.map((act) => ({
      ...act,
      writes: act.writes.map((key) => ({ ...key, units: key.units * 100 })),
    }));
    expect(hotKeys(heavy).some(({ withinLimits }) => !withinLimits)).toBe(true);
  });

  it('is recorded as measured (npm run bench -- --hot-keys)', () => {
    const kept = readHotKeys();
    const fresh = hotKeysOf(acts);
    expect(kept.acts).toEqual(fresh.acts);
    const hottest = (loads: readonly Pick<HotKeys, 'load' | 'open' | 'writes'>[]) =>
      loads.map(({ load, open, writes }) => ({ load, open, hottest: writes[0] }));
    expect(hottest(kept.loads)).toEqual(hottest(fresh.loads));
  });
});
