import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openOnboardings } from '../../../tools/cost/assumptions.ts';
import { readBenchResults } from '../../../tools/cost/bench-results.ts';
import { readHotKeys, scaleLimits } from '../../../tools/cost/scale.ts';
import { scaleTables } from '../../../tools/cost/scale-report.ts';
import { MissingFigureError, readQuotas } from '../../../tools/cost/tables.ts';
import { withBlock } from '../../../tools/marked-block.ts';

const counts = { bench: readBenchResults(), hot: readHotKeys(), quotas: readQuotas() };
const limits = scaleLimits(counts);
const document = readFileSync(new URL('../../../docs/scale.md', import.meta.url), 'utf8');

/** What breaks when there are so many. */
function broken(open: number): readonly string[] {
  return limits.filter(({ use, limit }) => use(open) > limit).map(({ name }) => name);
}

describe('the limit reached first', () => {
  it('is shown in docs/scale.md as computed (npm run scale)', () => {
    expect(withBlock(document, 'scale', scaleTables(counts))).toBe(document);
  });

  it('is the email rate, then the jobs of a cutover day, and nothing undocumented', () => {
    const mails = [
      'Emails to operators while the gate job opens the go/no-go',
      'Invitations of an intake at the pace of one API client',
    ];
    expect(broken(10_000)).toEqual(mails);
    expect(broken(100_000)).toEqual(mails);
    expect(broken(1_000_000)).toEqual(
      expect.arrayContaining([
        'Gate job counts all missing decisions as no-go',
        'Gate job opens the go/no-go of a cutover day',
      ]),
    );
    expect(broken(1_000_000)).toHaveLength(4);
  });

  it('is sorted by use, and grows with open onboardings', () => {
    const largest = openOnboardings[2];
    const shares = limits.map(({ use, limit }) => use(largest) / limit);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    for (const { name, use } of limits) {
      expect(use(openOnboardings[0]), name).toBeLessThanOrEqual(use(largest));
    }
  });
});

it('has no quota beyond the dated table', () => {
  expect(() => counts.quotas.of('patience')).toThrow(MissingFigureError);
});
