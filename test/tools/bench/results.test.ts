import { describe, expect, it } from 'vitest';
import { measurePaths } from '../../../tools/bench/paths.ts';
import { readBenchResults } from '../../../tools/cost/bench-results.ts';

/** The most that the usual path of an onboarding may take, up to its hand-over. */
const limits = { transitions: 20, invocations: 10, writeUnits: 160, readUnits: 80 };

describe('the paths of the bench', () => {
  it('cost what the documents say, and the usual one stays within its limits', async () => {
    const { paths } = await measurePaths();
    const kept = new Map(readBenchResults().paths.map((each) => [each.path, each]));
    for (const { path, transitions, invocations, writeUnits, readUnits } of paths) {
      expect(kept.get(path), path).toMatchObject({ transitions, invocations, writeUnits, readUnits });
    }
    const [usual] = paths;
    for (const [name, most] of Object.entries(limits)) {
      const counted = Object.entries(usual ?? {}).find(([key]) => key === name)?.[1];
      expect(counted, name).toBeLessThanOrEqual(most);
    }
  });
});
