import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { declareCondition } from '../../functions/application/declare-condition.ts';
import { lookAfterConditions } from '../../functions/application/look-after-conditions.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import type { Cutover } from '../../functions/domain/onboarding/transitions/hand-over.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { keys } from '../../functions/store/keys.ts';
import { customer, goDecided, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

/** A State body whose project is under way on another cloud, with no derogation. */
const underWay = {
  A3: 'state_administration',
  B4: ['foreign_policy'],
  B6: ['public_order'],
  B8: { answer: 'yes_without_derogation' },
} as const satisfies Partial<Answers>;
const code = 'DEROGATION_MISSING';
const done = { result: 'done' } as const satisfies Cutover;

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-05-04', '2027-06-01']) await bench.addWave(day);
  bench.clock.set('2026-11-23T08:00:00.000Z');
});
afterEach(() => bench.close());

async function handedOver(answers: Partial<Answers> = underWay): Promise<string> {
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const reference = await goDecided(bench, answers);
  await bench.run('HandOver', { reference, run: 1 });
  return reference;
}

const record = (reference: string, cutover: Cutover = done) =>
  recordCutover(bench, reference, cutover, operator);
const stateOf = async (reference: string) => (await bench.store.onboardings.now(reference)).state;

/** Whether the result has the condition as cleared; undefined when it has no such condition. */
async function isCleared(reference: string, of: string = code): Promise<boolean | undefined> {
  const result = await bench.store.dossiers.result(reference);
  const found = result?.assessment.conditions.find((condition) => condition.code === of);
  return found === undefined ? undefined : found.cleared === true;
}

async function clearings(reference: string) {
  const events = await bench.store.onboardings.events(reference);
  return events.filter(({ type }) => type === 'CONDITION_CLEARED');
}

describe('a derogation that is missing', () => {
  it('is cleared by the cutover that is done, on record with it', async () => {
    const reference = await handedOver();
    expect(await isCleared(reference)).toBe(false);
    bench.clock.set('2027-03-09T20:00:00.000Z');
    await record(reference);
    expect(await isCleared(reference)).toBe(true);
    expect(await bench.store.dossiers.result(reference)).toMatchObject({
      cleared: [code],
      changed: { on: '2027-03-09', by: 'cutover' },
    });
    const events = await bench.store.onboardings.events(reference);
    expect(events.slice(-2)).toMatchObject([
      {
        type: 'CONDITION_CLEARED',
        actor: { kind: 'system' },
        ...{ before: 'HANDED_OVER', after: 'HANDED_OVER' },
        data: { condition: code, tierBefore: 'READY', tierAfter: 'READY' },
      },
      { type: 'CUTOVER_RECORDED', actor: operator, before: 'HANDED_OVER', after: 'CUT_OVER' },
    ]);
    expect((await stateOf(reference)).conditionsDue).toBeUndefined();
  });

  it('is cleared by a cutover that is recorded late, once, also when its hypercare is moved after', async () => {
    const reference = await handedOver();
    bench.clock.set('2027-03-15T08:00:00.000Z');
    await Promise.all([record(reference), record(reference)]);
    await record(reference, { ...done, hypercareEnd: '2027-03-20' });
    expect(await isCleared(reference)).toBe(true);
    expect(await clearings(reference)).toHaveLength(1);
  });

  it('is cleared once, whatever call of the table the record dies at', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        const reference = await handedOver();
        bench.clock.set('2027-03-09T20:00:00.000Z');
        const died = await bench.dies({ call, when }, () => record(reference));
        const { stage } = await stateOf(reference);
        expect(await isCleared(reference), `death ${when} call ${call}`).toBe(stage === 'CUT_OVER');
        await record(reference);
        expect(await isCleared(reference)).toBe(true);
        expect(await clearings(reference), `death ${when} call ${call}`).toHaveLength(1);
        if (!died) break;
      }
    }
  });

  it('raises the tier of a result under the rules that it blocked under', async () => {
    const reference = await handedOver();
    const result = await bench.store.dossiers.result(reference);
    if (result === undefined) throw new Error('There is no result');
    const assessment = { ...result.assessment, ruleSetVersion: '2026-11' };
    await bench.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        set: { tier: 'CONDITIONAL' },
        event: { type: 'RESUMED', actor: operator },
        effects: [{ kind: 'put_result', result: { ...result, assessment } }],
      },
    }));
    bench.clock.set('2027-03-09T20:00:00.000Z');
    await record(reference);
    expect((await stateOf(reference)).tier).toBe('READY');
    expect((await clearings(reference))[0]?.data).toMatchObject({
      tierBefore: 'CONDITIONAL',
      tierAfter: 'READY',
    });
  });

  it.each(['rolled_back', 'postponed'] as const)('stays after a cutover that was %s', async (result) => {
    const reference = await handedOver();
    bench.clock.set('2027-03-09T20:00:00.000Z');
    await record(reference, { result, reason: 'the storage failed' });
    expect(await isCleared(reference)).toBe(false);
    expect(await clearings(reference)).toEqual([]);
  });

  it('that was declared before is not cleared again', async () => {
    const reference = await goDecided(bench, underWay);
    await declareCondition(bench, reference, code, { B8: { answer: 'no' } }, customer);
    await bench.run('HandOver', { reference, run: 1 });
    bench.clock.set('2027-03-09T20:00:00.000Z');
    await record(reference);
    expect((await stateOf(reference)).stage).toBe('CUT_OVER');
    expect(await clearings(reference)).toEqual([]);
  });

  it('does not keep the cutover from being recorded when its result is of other answers', async () => {
    const reference = await handedOver();
    await bench.documents.send(
      new UpdateCommand({
        TableName: bench.tableName,
        Key: keys.result(reference),
        UpdateExpression: 'SET standsOn = :other',
        ExpressionAttributeValues: { ':other': '7.0' },
      }),
    );
    bench.clock.set('2027-03-09T20:00:00.000Z');
    await record(reference);
    expect((await stateOf(reference)).stage).toBe('CUT_OVER');
    expect(await clearings(reference)).toEqual([]);
  });

  it('costs reads only where it is: no other cutover reads a result', async () => {
    const plain = await handedOver({});
    bench.clock.set('2027-03-09T20:00:00.000Z');
    const without = await bench.costOf(() => record(plain));
    const other = await handedOver();
    bench.clock.set('2027-03-09T20:00:00.000Z');
    const withIt = await bench.costOf(() => record(other));
    expect(withIt.requests - without.requests).toBe(3);
  });
});

describe('a service that opens between the hand-over and the cutover', () => {
  it('clears its condition on its day', async () => {
    const reference = await handedOver({ C1: ['azure_iaas', 'azure_ai'] });
    const open = 'SERVICE_NOT_YET_AVAILABLE';
    expect(await stateOf(reference)).toMatchObject({ stage: 'HANDED_OVER', cutover: '2027-06-01' });
    bench.clock.set('2027-05-31T20:00:00.000Z');
    await lookAfterConditions(bench);
    expect(await isCleared(reference, open)).toBe(false);
    bench.clock.set('2027-06-01T06:00:00.000Z');
    await lookAfterConditions(bench);
    expect(await isCleared(reference, open)).toBeUndefined();
    expect((await clearings(reference)).map(({ data }) => data)).toEqual([
      { condition: open, tierBefore: 'CONDITIONAL', tierAfter: 'READY' },
    ]);
    await lookAfterConditions(bench);
    expect(await clearings(reference)).toHaveLength(1);
    const listed = await bench.store.lists.conditionsBy('2030-01-01', { limit: 100 });
    expect(listed.items.map((each) => each.reference)).not.toContain(reference);
  });

  it('has no one reminded of other conditions after the hand-over', async () => {
    const reference = await handedOver({ C1: ['azure_iaas', 'azure_ai'], A5: 'unknown' });
    bench.clock.set('2026-12-21T10:00:00.000Z');
    await lookAfterConditions(bench);
    const events = await bench.store.onboardings.events(reference);
    expect(events.map(({ type }) => type)).not.toContain('CONDITION_REMINDED');
  });
});
