import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDueWork } from '../../functions/application/list-due-work.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { factsOf } from '../../functions/domain/onboarding/approvals.ts';
import { firstRun } from '../../functions/domain/onboarding/run.ts';
import type { OnboardingState } from '../../functions/domain/onboarding/state.ts';
import type { Key } from '../../functions/store/keys.ts';
import { keys } from '../../functions/store/keys.ts';
import { add, openBench, referenceOf, type StoreBench, stateOf } from './bench.ts';

let bench: StoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const since = '2026-11-27T10:00:00.000Z';

function inReview(number: number, changes: Partial<OnboardingState> = {}): Promise<string> {
  return add(bench.store, stateOf(number, { stage: 'IN_REVIEW', stageSince: since, ...changes }));
}

async function listed(): Promise<readonly (readonly [string, string])[]> {
  const { items } = await bench.store.workList.entries({ limit: 500 });
  return items.map(({ reference, kind }) => [reference, kind]);
}

async function itemAt(key: Key) {
  const { Item } = await bench.documents.send(
    new GetCommand({ TableName: bench.tableName, Key: key, ConsistentRead: true }),
  );
  return Item;
}

describe('the work list of operators', () => {
  it('has the first to be due first, page by page, with a cursor after each entry', async () => {
    const failed = { run: { ...firstRun(since), status: 'failed', failedAt: since } } as const;
    await inReview(3);
    await inReview(1, { stageSince: '2026-11-24T10:00:00.000Z' });
    await inReview(2, failed);
    await add(bench.store, stateOf(4, { stage: 'INVITED' }));
    const inOrder = [
      [referenceOf(2), 'failed_run'],
      [referenceOf(1), 'review'],
      [referenceOf(3), 'review'],
    ];
    expect(await listed()).toEqual(inOrder);
    const { items } = await bench.store.workList.entries({ limit: 500 });
    for (const [index, entry] of items.entries()) {
      const cursor = bench.store.workList.cursorAfter(entry);
      const rest = await bench.store.workList.entries({ limit: 500, cursor });
      expect(rest.items.map(({ reference }) => reference)).toEqual(
        inOrder.slice(index + 1).map(([reference]) => reference),
      );
    }
    const page = await bench.store.workList.entries({ limit: 2 });
    expect(page.items).toHaveLength(2);
    expect((await bench.store.workList.entries({ limit: 2, cursor: page.cursor })).items).toHaveLength(1);
  });

  it('loses what is done in the transaction that does it', async () => {
    const reference = await inReview(10);
    const now = await bench.store.onboardings.now(reference);
    await bench.store.onboardings.apply(now, {
      to: 'INVITED',
      event: { type: 'INVITED', actor: system, data: { link: 1 } },
    });
    expect(await listed()).not.toContainEqual([reference, 'review']);
  });

  it('gains what becomes theirs on its day, once, whatever dies in between', async () => {
    const handedOver = { stage: 'HANDED_OVER', wave: 'paris-2027-03-09', cutover: '2027-03-09' } as const;
    for (const number of [20, 21]) await inReview(number, handedOver);
    const soon = async () => (await bench.store.workList.becoming(10)).map(({ reference }) => reference);
    expect(await soon()).toEqual([20, 21].map(referenceOf));
    bench.clock.set('2027-03-08T22:00:00.000Z');
    expect(await listDueWork(bench)).toEqual({ next: '2027-03-09' });
    expect(await soon()).toEqual([20, 21].map(referenceOf));
    bench.clock.set('2027-03-08T23:00:00.000Z');
    // A run that died after the first of them.
    expect(await bench.store.onboardings.listByDue([referenceOf(20)])).toBe(1);
    expect(await soon()).toEqual([referenceOf(21)]);
    for (const _ of [1, 2]) expect(await listDueWork(bench)).toEqual({});
    expect(await soon()).toEqual([]);
    const own = (await listed()).filter(([, kind]) => kind === 'cutover');
    expect(own).toEqual([20, 21].map((number) => [referenceOf(number), 'cutover']));
    const { state } = await bench.store.onboardings.now(referenceOf(20));
    expect(state.version).toBe(1);
  });

  it.each(['APPROVALS', 'ERASURE_REQUESTS'] as const)(
    'takes over what the release before has listed as %s, without a change of what it holds',
    async (list) => {
      const until = '2026-12-27T10:00:00.000Z';
      const isApproval = list === 'APPROVALS';
      const reference = await inReview(isApproval ? 30 : 31);
      const now = await bench.store.onboardings.now(reference);
      const approval = {
        ...({
          id: `${reference}-2`,
          kind: 'override',
          review: 'confirmation',
          decision: 'override',
        } as const),
        ...{
          conditions: [],
          by: system,
          askedAt: since,
          until,
          facts: factsOf(now),
          status: 'waiting' as const,
        },
      };
      const request = { status: 'waiting', askedAt: since, until, by: system } as const;
      await bench.store.onboardings.apply(now, {
        event: { type: 'RESUMED', actor: system },
        effects: [isApproval ? { kind: 'put_approval', approval } : { kind: 'put_erasure_request', request }],
      });
      const key = isApproval ? keys.approval(reference) : keys.erasureRequest(reference);
      const entry = [reference, isApproval ? 'approval' : 'erasure'];
      const asNow = await itemAt(key);
      await bench.documents.send(
        new UpdateCommand({
          TableName: bench.tableName,
          Key: key,
          UpdateExpression: 'SET duePk = :pk, dueSk = :sk REMOVE teamPk, teamSk',
          ExpressionAttributeValues: { ':pk': list, ':sk': `${until}#${reference}` },
        }),
      );
      expect(await listed()).not.toContainEqual(entry);
      expect(await bench.store.workList.relist(10)).toBe(1);
      expect(await itemAt(key)).toEqual(asNow);
      expect(await listed()).toContainEqual(entry);
      const { items } = await bench.store.approvals.waiting({ limit: 10 });
      expect(items.map(({ state }) => state.reference).includes(reference)).toBe(isApproval);
      expect(await bench.store.workList.relist(10)).toBe(0);
    },
  );

  it('reads failed runs that the release before has listed, and leaves out what it does not know', async () => {
    const reference = await inReview(40);
    const listAs = (dueSk: string) =>
      bench.documents.send(
        new UpdateCommand({
          TableName: bench.tableName,
          Key: keys.state(reference),
          UpdateExpression: 'SET dueSk = :sk',
          ExpressionAttributeValues: { ':sk': dueSk },
        }),
      );
    await listAs(`${since}#${reference}`);
    expect(await listed()).toContainEqual([reference, 'failed_run']);
    await listAs(`${since}#${reference}#of_a_later_release`);
    expect((await listed()).map(([each]) => each)).not.toContain(reference);
  });
});
