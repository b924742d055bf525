import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clearCondition, moveDueDate } from '../../functions/application/clear-condition.ts';
import { declareCondition } from '../../functions/application/declare-condition.ts';
import { lookAfterConditions } from '../../functions/application/look-after-conditions.ts';
import { keys } from '../../functions/store/keys.ts';
import { evidence } from '../support/evidence.ts';
import { assessed, customer, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const code = 'DPIA_MISSING';

interface Case {
  readonly act: string;
  readonly run: (reference: string) => Promise<unknown>;
  readonly event: string;
  readonly tier: 'READY' | 'CONDITIONAL';
}
const cases: readonly Case[] = [
  {
    act: 'a declaration',
    run: (reference) => declareCondition(bench, reference, code, { B11: 'done' }, customer),
    event: 'CONDITION_DECLARED',
    tier: 'READY',
  },
  {
    act: 'a clearance',
    run: (reference) => clearCondition(bench, reference, code, evidence, operator),
    event: 'CONDITION_CLEARED',
    tier: 'READY',
  },
  {
    act: 'a due date moved',
    run: (reference) =>
      moveDueDate(bench, reference, code, { due: '2027-02-01', reason: 'the committee' }, operator),
    event: 'CONDITION_DUE_MOVED',
    tier: 'CONDITIONAL',
  },
  {
    act: 'a reminder',
    run: async () => {
      bench.clock.set('2027-01-08T08:00:00.000Z');
      await lookAfterConditions(bench);
    },
    event: 'CONDITION_REMINDED',
    tier: 'CONDITIONAL',
  },
];

it.each(cases)('$act happens once, whatever call of the table it dies at', async ({ run, event, tier }) => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      bench.clock.set('2026-11-23T08:00:00.000Z');
      const reference = await assessed(bench, { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' });
      died = await bench.dies({ call: calls, when }, () => run(reference));
      await run(reference);
      const events = await bench.store.onboardings.events(reference);
      const where = `death ${when} call ${calls}`;
      expect(
        events.filter(({ type }) => type === event),
        where,
      ).toHaveLength(1);
      expect((await bench.store.onboardings.now(reference)).state.tier, where).toBe(tier);
    }
  }
  expect(calls).toBeGreaterThan(2);
});

it('leaves out a result that this release cannot read, and reminds the others', async () => {
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const facts = { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' } as const;
  const [unreadable, other] = [await assessed(bench, facts), await assessed(bench, facts)];
  await bench.documents.send(
    new UpdateCommand({
      TableName: bench.tableName,
      Key: keys.result(unreadable),
      UpdateExpression: 'SET standsOn = :later',
      ExpressionAttributeValues: { ':later': { version: 3 } },
    }),
  );
  bench.clock.set('2027-01-08T08:00:00.000Z');
  expect((await lookAfterConditions(bench)).failures).toEqual([]);
  const events = await bench.store.onboardings.events(other);
  expect(events.map(({ type }) => type)).toContain('CONDITION_REMINDED');
});
