import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { system } from '../../functions/domain/onboarding/actor.ts';
import type { Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import { firstRun } from '../../functions/domain/onboarding/run.ts';
import { indexKeys, keys } from '../../functions/store/keys.ts';
import { eachPage } from '../../functions/store/table.ts';
import { add, openBench, referenceOf, type StoreBench, stateOf } from './bench.ts';

const at = '2026-11-24T08:00:00.000Z';
let bench: StoreBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

/** Stores an onboarding as the first release stored one whose run had failed. */
async function storedAsFailed(number: number, failedFrom: Stage): Promise<string> {
  const reference = await add(bench.store, stateOf(number));
  const { documents, tableName } = bench;
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: keys.state(reference) }));
  const { definition: _, runStatus: __, redriveCount: ___, ...rest } = Item ?? {};
  const stored = { ...rest, stage: 'FAILED', failedFrom, stageSince: at };
  await documents.send(
    new PutCommand({
      TableName: tableName,
      Item: { ...stored, ...indexKeys.stage('FAILED', at, reference) },
    }),
  );
  return reference;
}

async function failedNow(number: number): Promise<string> {
  const run = { ...firstRun(at), status: 'failed', failedAt: at } as const;
  return add(bench.store, stateOf(number, { stage: 'INVITED', run }));
}

const references = (list: { readonly items: readonly { readonly reference: string }[] }) =>
  list.items.map(({ reference }) => reference).toSorted();

describe('An onboarding that an earlier release stored as FAILED', () => {
  it('reads as being in the stage where its run failed', async () => {
    const reference = await storedAsFailed(1, 'ANSWERING');
    expect((await bench.store.onboardings.now(reference)).state).toMatchObject({
      stage: 'ANSWERING',
      run: { number: 1, status: 'failed', failedAt: at, definition: 1, redriveCount: 0 },
    });
  });

  it('is found in the list of its stage and in that of failed runs, page by page', async () => {
    const wanted = [
      await storedAsFailed(1, 'INVITED'),
      await failedNow(2),
      await storedAsFailed(3, 'INVITED'),
    ];
    await storedAsFailed(4, 'WAVE_HELD');
    const { lists } = bench.store;
    expect(references(await lists.byStage('INVITED', { limit: 10 }))).toEqual(wanted.toSorted());
    expect(references(await lists.byStage('WAVE_HELD', { limit: 10 }))).toEqual([referenceOf(4)]);
    const found: string[] = [];
    for await (const page of eachPage((start) => lists.failed({ limit: 1, ...start }))) {
      expect(page.items.length).toBeLessThanOrEqual(1);
      found.push(...references(page));
    }
    expect(found.toSorted()).toEqual([...wanted, referenceOf(4)].toSorted());
  });

  it('is rewritten once, without a new event and without a change of its state', async () => {
    const reference = await storedAsFailed(1, 'INVITED');
    const before = await bench.store.onboardings.now(reference);
    expect(await bench.store.onboardings.renew(reference)).toBe(true);
    expect(await bench.store.onboardings.renew(reference)).toBe(false);
    expect(await bench.store.onboardings.now(reference)).toEqual(before);
    expect((await bench.store.lists.storedAsFailed({ limit: 10 })).items).toEqual([]);
    expect(references(await bench.store.lists.failed({ limit: 10 }))).toEqual([reference]);
    expect(await bench.store.onboardings.events(reference)).toHaveLength(1);
  });

  it('keeps a change that came between', async () => {
    const reference = await storedAsFailed(1, 'INVITED');
    await bench.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: { to: 'ANSWERING', event: { type: 'FIRST_PAGE_SAVED', actor: system } },
    }));
    expect(await bench.store.onboardings.renew(reference)).toBe(false);
    expect((await bench.store.onboardings.now(reference)).state).toMatchObject({
      stage: 'ANSWERING',
      run: { status: 'failed' },
    });
  });
});

it('leaves the list of failed runs when it runs again, and when it is closed', async () => {
  const [again, over] = [await failedNow(1), await failedNow(2)];
  await bench.store.onboardings.change<void>(again, async () => ({
    result: undefined,
    change: {
      run: { status: 'running', failedAt: undefined },
      event: { type: 'EXECUTION_REDRIVEN', actor: system, data: { run: 1 } },
    },
  }));
  await bench.store.onboardings.change<void>(over, async () => ({
    result: undefined,
    change: { to: 'CLOSED', event: { type: 'CLOSED', actor: system, data: { outcome: 'WITHDRAWN' } } },
  }));
  expect((await bench.store.lists.failed({ limit: 10 })).items).toEqual([]);
  expect((await bench.store.onboardings.now(over)).state.run.status).toBe('ended');
});
