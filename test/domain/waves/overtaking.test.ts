import { expect, it } from 'vitest';
import type { ServiceOrderEntry } from '../../../functions/domain/waves/order-of-service.ts';
import { overtakings } from '../../../functions/domain/waves/overtaking.ts';
import { rankOf } from '../../../functions/domain/waves/rank.ts';

const [before, joined, after] = [
  '2026-11-20T08:00:00.000Z',
  '2026-11-23T08:00:00.000Z',
  '2026-11-24T08:00:00.000Z',
];
let number = 0;

function entry(since: string | undefined, changes: Partial<ServiceOrderEntry> = {}, priority = '1') {
  number += 1;
  const reference = `REF${number}`;
  const facts: ServiceOrderEntry = {
    ...{ reference, requirementLevel: 'NOT_REQUIRED', tier: 'READY', score: 80 },
    requestedOn: '2026-11-01',
    ...changes,
  };
  return { reference, rank: `${priority}|${rankOf(facts)}`, since };
}

const own = entry(joined);
const words = (...given: Parameters<typeof overtakings>) =>
  overtakings(...given).map(({ label, count }) => `${label.en}: ${count}`);

it('says by what others have come before a customer since it has its rank, and how many', () => {
  const ahead = [
    entry(after, {}, '0'),
    entry(after, { hardDeadline: '2027-06-01' }),
    entry(after, { hardDeadline: '2027-07-01' }),
    entry(after, { requirementLevel: 'MANDATORY' }),
  ];
  expect(words(own, ahead)).toEqual([
    'nearest deadline: 2',
    'priority after a date withdrawn by the platform: 1',
    'legal obligation: 1',
  ]);
});

it.each([
  ['who were before it when it joined', own, [entry(before, { hardDeadline: '2027-06-01' }), entry(joined)]],
  ['of whom it is not known since when they wait', own, [entry(undefined, { hardDeadline: '2027-06-01' })]],
  ['while it is not known since when it waits itself', entry(undefined), [entry(after)]],
  ['whose rank this release cannot read', own, [{ reference: 'X', rank: '1|later', since: after }]],
])('says nothing of those %s', (_, mine, ahead) => {
  expect(words(mine, ahead)).toEqual([]);
});

it('counts no one who was before the customer already and has another rank now', () => {
  const [first, second] = [entry(after, {}, '0'), entry(after, { hardDeadline: '2027-06-01' })];
  const behind = `${own.rank}|later`;
  const was = (rank: string, since: string) => words(own, [{ ...first, former: { rank, since } }]);
  expect(was(second.rank, before)).toEqual([]);
  const passed = ['priority after a date withdrawn by the platform: 1'];
  expect(was(behind, before)).toEqual(passed);
  // It had come before the customer, and moved once more.
  expect(was(second.rank, after)).toEqual(passed);
});

it('names no one', () => {
  const [ahead] = [entry(after, { hardDeadline: '2027-06-01' })];
  expect(JSON.stringify(overtakings(own, [ahead]))).not.toContain(ahead.reference);
});
