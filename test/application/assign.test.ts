import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assigneeWith, assignOnboardings, mostAssigned } from '../../functions/application/assign.ts';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { InvalidInputError } from '../../functions/domain/errors.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { Assignee } from '../../functions/domain/onboarding/transitions/assignment.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { keys } from '../../functions/store/keys.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { invited, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const links = keyedLinks(new Uint8Array(32));
const ada: Assignee = { to: 'ada', name: 'Ada', team: 'paris' };
const bob: Assignee = { to: 'bob', name: 'Bob' };

async function assignTo(
  assignee: Assignee | undefined,
  references: readonly string[],
  { shown, actor = operator, reason }: { shown?: string | null; actor?: Actor; reason?: string } = {},
) {
  const onboardings = references.map((reference) => ({ reference, shown }));
  const outcomes = await assignOnboardings(bench, { onboardings, assignee, reason }, actor);
  return outcomes.map(({ result }) => result);
}

const followedBy = async (subject: string) => bench.store.workList.followedBy(subject, 500);
const assignedOf = async (reference: string) =>
  (await bench.store.onboardings.now(reference)).state.assigned?.to;
const eventsOf = async (reference: string, ...types: readonly string[]) =>
  (await bench.store.onboardings.events(reference)).filter(({ type }) => types.includes(type));

describe('an onboarding', () => {
  it('is taken, passed on and left, each with an event that says by whom and why', async () => {
    const reference = await invited(bench);
    expect(await assignTo(ada, [reference])).toEqual(['assigned']);
    expect(await followedBy('ada')).toContain(reference);
    expect(await assignTo(ada, [reference])).toEqual(['unchanged']);
    expect(await assignTo(bob, [reference], { reason: 'on leave' })).toEqual(['assigned']);
    expect(await followedBy('ada')).not.toContain(reference);
    expect(await followedBy('bob')).toContain(reference);
    expect(await assignTo(undefined, [reference])).toEqual(['assigned']);
    expect(await followedBy('bob')).not.toContain(reference);
    expect(await assignTo(undefined, [reference])).toEqual(['unchanged']);
    const events = await eventsOf(reference, 'ASSIGNED', 'UNASSIGNED');
    expect(events.map(({ type, reason, data }) => [type, reason, data])).toEqual([
      ['ASSIGNED', undefined, { to: 'ada' }],
      ['ASSIGNED', 'on leave', { to: 'bob', from: 'ada' }],
      ['UNASSIGNED', undefined, { from: 'bob' }],
    ]);
    expect(firstBrokenEvent(await bench.store.onboardings.events(reference))).toBeUndefined();
  });

  it('that someone has taken since it was shown stays theirs', async () => {
    const reference = await invited(bench);
    await assignTo(ada, [reference], { shown: null });
    expect(await assignTo(bob, [reference], { shown: null })).toEqual(['taken']);
    expect(await assignedOf(reference)).toBe('ada');
    // Asked for twice, the same is no conflict.
    expect(await assignTo(ada, [reference], { shown: null })).toEqual(['unchanged']);
    expect(await assignTo(bob, [reference], { shown: 'ada' })).toEqual(['assigned']);
  });

  it('that two operators take at the same instant has one of them', async () => {
    const reference = await invited(bench);
    const results = await Promise.all([ada, bob].map((each) => assignTo(each, [reference], { shown: null })));
    expect(results.flat().toSorted()).toEqual(['assigned', 'taken']);
    const to = await assignedOf(reference);
    expect(await followedBy(to ?? '')).toContain(reference);
    expect(await followedBy(to === 'ada' ? 'bob' : 'ada')).not.toContain(reference);
    expect(await eventsOf(reference, 'ASSIGNED')).toHaveLength(1);
  });

  it('is followed by no one once it is closed', async () => {
    const reference = await invited(bench);
    await assignTo(ada, [reference]);
    await withdraw(bench, reference, 'no longer', operator);
    expect(await assignedOf(reference)).toBeUndefined();
    expect(await followedBy('ada')).not.toContain(reference);
    expect(await assignTo(ada, [reference])).toEqual(['closed']);
  });

  it('is followed by no one after an erasure, also one that an earlier release has closed', async () => {
    const [open, closed] = [await invited(bench), await invited(bench)];
    await assignTo(ada, [open, closed]);
    const assigned = (await bench.store.onboardings.now(closed)).state.assigned;
    await withdraw(bench, closed, 'no longer', operator);
    // What an earlier release does not know it leaves as it is.
    await bench.documents.send(
      new UpdateCommand({
        TableName: bench.tableName,
        Key: keys.state(closed),
        UpdateExpression: 'SET assigned = :assigned',
        ExpressionAttributeValues: { ':assigned': assigned },
      }),
    );
    await bench.documents.send(
      new PutCommand({
        TableName: bench.tableName,
        Item: { ...keys.assigned('ada', closed), reference: closed },
      }),
    );
    for (const reference of [open, closed]) {
      await eraseOnboarding({ ...bench, links }, reference, 'entered_by_mistake', operator);
      expect(await assignedOf(reference)).toBeUndefined();
      expect(await followedBy('ada')).not.toContain(reference);
    }
  });

  it('is assigned once, whatever call of the table it dies at', async () => {
    let calls = 0;
    for (let died = true; died; ) {
      calls += 1;
      for (const when of ['before', 'after'] as const) {
        const reference = await invited(bench);
        died = await bench.dies({ call: calls, when }, () => assignTo(ada, [reference], { shown: null }));
        expect(['assigned', 'unchanged']).toContain((await assignTo(ada, [reference], { shown: null }))[0]);
        const where = `death ${when} call ${calls}`;
        expect(await eventsOf(reference, 'ASSIGNED'), where).toHaveLength(1);
        expect(await followedBy('ada'), where).toContain(reference);
      }
    }
    expect(calls).toBeGreaterThan(1);
  });
});

it('of many onboardings, each has an outcome of its own', async () => {
  const [open, closed] = [await invited(bench), await invited(bench)];
  await withdraw(bench, closed, 'no longer', operator);
  expect(await assignTo(ada, [open, closed, '2222-2222'])).toEqual(['assigned', 'closed', 'not_found']);
});

it('takes no more at once than it says', async () => {
  const references = Array.from({ length: mostAssigned + 1 }, () => '2222-2222');
  expect(await assignTo(ada, references)).toHaveLength(mostAssigned);
});

it('finds an operator by mail, and names the field for one that no operator has', () => {
  const known = [
    { subject: 'ada', name: 'Ada', mail: 'ada@platform.example', roles: ['operator'], signedInAt: '' },
  ];
  expect(assigneeWith(' ADA@platform.example ', known)).toEqual({ to: 'ada', name: 'Ada' });
  expect(() => assigneeWith('eve@platform.example', known)).toThrow(InvalidInputError);
});
