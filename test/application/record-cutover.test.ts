import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { listDueWork } from '../../functions/application/list-due-work.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { submitAnswers } from '../../functions/domain/onboarding/transitions/answers.ts';
import type { Cutover } from '../../functions/domain/onboarding/transitions/hand-over.ts';
import { resumePoint } from '../../functions/domain/onboarding/transitions/run.ts';
import { createSweeper } from '../../functions/jobs/sweep-waits/handler.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import { emfMetrics } from '../../functions/platform/metrics.ts';
import { keys } from '../../functions/store/keys.ts';
import { customer, goDecided, newToken, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

const inMarch = 'paris-2027-03-09';
const rolledBack = { result: 'rolled_back', reason: 'the storage failed' } as const satisfies Cutover;
const postponed = { ...rolledBack, result: 'postponed' } as const satisfies Cutover;

let bench: TaskBench;
async function open() {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-05-04', '2027-06-29']) await bench.addWave(day);
}
beforeEach(open);
afterEach(() => bench.close());

async function handedOver(answers: Parameters<typeof goDecided>[1] = {}): Promise<string> {
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const reference = await goDecided(bench, answers);
  await bench.run('HandOver', { reference, run: 1 });
  bench.clock.set('2027-03-09T20:00:00.000Z');
  return reference;
}

const record = (reference: string, cutover: Cutover) => recordCutover(bench, reference, cutover, operator);
const stateOf = async (reference: string) => (await bench.store.onboardings.now(reference)).state;
const booked = async (wave: string) => (await bench.store.waves.get('paris', wave)).booked.customers;

async function recorded(reference: string): Promise<readonly unknown[]> {
  const events = await bench.store.onboardings.events(reference);
  return events.flatMap(({ type, data }) => (type === 'CUTOVER_RECORDED' ? [data?.['result']] : []));
}

async function starts(reference: string): Promise<readonly unknown[]> {
  const pending = await bench.store.outbox.pending(10_000);
  const own = pending.filter((entry) => entry.reference === reference);
  return own.flatMap(({ messages }) =>
    messages.filter((message) => message.kind === 'start' && message.run > 1),
  );
}

/** The successor run finds a place, the customer confirms it, and operators say go. */
async function handedOverAgain(reference: string, run: number): Promise<string> {
  bench.clock.set('2027-03-10T08:00:00.000Z');
  await bench.run('ScheduleWave', { reference, run });
  await bench.run('AskCustomerToConfirmWave', { reference, run, token: newToken() });
  await answerWave(bench, reference, 'confirm', customer);
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { to: 'GO_NO_GO', event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: '' } } },
  }));
  await decideReview(bench, reference, { kind: 'go_no_go', decision: 'go', reason: 'ready' }, operator);
  await bench.run('HandOver', { reference, run });
  return (await stateOf(reference)).wave ?? '';
}

/** Changes the stored state to what an earlier release left there. */
async function store(reference: string, expression: string, values?: Record<string, string>) {
  await bench.documents.send(
    new UpdateCommand({
      TableName: bench.tableName,
      Key: keys.state(reference),
      UpdateExpression: expression,
      ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
    }),
  );
}

const started: string[] = [];
function sweep() {
  return createSweeper({
    ...{ store: bench.store, clock: bench.clock, platform: bench.platform },
    watch: { describe: async () => undefined, running: async () => ({ items: [] }) },
    pages: { executions: 20, onboardings: 20 },
    logger: jsonLogger(() => undefined),
    metrics: emfMetrics(() => undefined, bench.clock),
    workflow: {
      ...bench.workflow,
      start: async (reference, run, resumeAt) => void started.push(`${reference}-${run} ${resumeAt}`),
    },
    bus: { publish: async () => undefined },
  })();
}

describe('recording a cutover', () => {
  it.each([
    ['done', { result: 'done' }, 'CUT_OVER'],
    ['rolled back', rolledBack, 'SUBMITTED'],
    ['postponed', postponed, 'SUBMITTED'],
  ] as const)(
    'as %s happens once although it dies at any call and is tried again',
    async (_, cutover, to) => {
      for (const when of ['before', 'after'] as const) {
        for (let call = 1; ; call += 1) {
          const reference = await handedOver();
          const died = await bench.dies({ call, when }, () => record(reference, cutover));
          await record(reference, cutover);
          expect((await stateOf(reference)).stage).toBe(to);
          expect(await recorded(reference)).toEqual([cutover.result]);
          expect(await starts(reference)).toHaveLength(to === 'SUBMITTED' ? 1 : 0);
          if (!died) break;
        }
      }
    },
  );

  it('happens once when it is said twice at once, and the first of two different results counts', async () => {
    const twice = await handedOver();
    await Promise.all([record(twice, postponed), record(twice, postponed)]);
    expect(await recorded(twice)).toEqual(['postponed']);
    const both = await handedOver();
    const results = await Promise.allSettled([record(both, rolledBack), record(both, postponed)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await recorded(both)).toHaveLength(1);
    expect(await starts(both)).toHaveLength(1);
  });

  it('refuses "done" once another date is sought, with the stage', async () => {
    const reference = await handedOver();
    await record(reference, rolledBack);
    await expect(record(reference, { result: 'done' })).rejects.toMatchObject({
      name: 'NotExpectedNowError',
    });
    await bench.run('ScheduleWave', { reference, run: 2 });
    await expect(record(reference, { result: 'done' })).rejects.toMatchObject({
      name: 'NotExpectedNowError',
    });
    expect(await recorded(reference)).toEqual(['rolled_back']);
  });

  it('as rolled back counts again for the next place', async () => {
    const reference = await handedOver();
    await record(reference, rolledBack);
    const inMay = await handedOverAgain(reference, 2);
    expect([inMay, await booked(inMarch)]).toEqual(['paris-2027-05-04', 0]);
    bench.clock.set('2027-05-04T20:00:00.000Z');
    await record(reference, rolledBack);
    expect(await recorded(reference)).toEqual(['rolled_back', 'rolled_back']);
    expect((await stateOf(reference)).run.number).toBe(3);
    await bench.run('ScheduleWave', { reference, run: 3 });
    expect(await stateOf(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-06-29' });
    expect(await booked(inMay)).toBe(0);
  });

  it('leads on although the start of the successor was lost', async () => {
    const reference = await handedOver();
    await record(reference, rolledBack);
    for (const entry of await bench.store.outbox.pending(100)) await bench.store.outbox.done(entry);
    bench.clock.set('2027-03-09T20:20:00.000Z');
    await sweep();
    expect(started.filter((each) => each.startsWith(reference))).toEqual([`${reference}-2 SCHEDULE_WAVE`]);
  });

  it('has the owners of its conditions reminded again', async () => {
    const reference = await handedOver({ A6: 'unknown' });
    const listed = async () =>
      (await bench.store.lists.conditionsBy('2027-12-31', { limit: 100 })).items.map(
        (each) => each.reference,
      );
    await bench.store.dossiers.forgetDates((await bench.store.onboardings.now(reference)).state);
    expect(await listed()).not.toContain(reference);
    await record(reference, rolledBack);
    expect(await listed()).toContain(reference);
  });

  it('leads to an assessment of the answers that the customer sends after it', async () => {
    const reference = await handedOver();
    await record(reference, rolledBack);
    const snapshot = await bench.store.onboardings.now(reference);
    expect(resumePoint(snapshot.state)).toBe('SCHEDULE_WAVE');
    const asked = { ...snapshot.state, stage: 'ANSWERING' } as const;
    const { set } = submitAnswers(
      { ...snapshot, state: asked },
      {
        answers: {},
        circumstances: { language: 'fr', organisation: 'Ministère fictif', by: '', answered: {} },
        draft: { version: 1, next: 2, announced: 1 },
        former: undefined,
      },
      customer,
      bench.clock.now(),
    );
    expect(resumePoint({ ...asked, ...set, stage: 'SUBMITTED' })).toBe('ASSIGN_TIER');
  });
});

describe('a cutover that an earlier release recorded as rolled back, and left', () => {
  it.each(['HANDED_OVER', 'CUT_OVER'])('leads on from %s when it is recorded again', async (stage) => {
    const reference = await handedOver();
    await store(reference, 'SET stage = :stage, cutoverResult = :result', {
      ':stage': stage,
      ':result': 'rolled_back',
    });
    bench.clock.set('2027-03-12T08:00:00.000Z');
    await record(reference, rolledBack);
    await bench.run('ScheduleWave', { reference, run: 2 });
    expect((await stateOf(reference)).stage).toBe('WAVE_HELD');
  });

  it.each(['HANDED_OVER', 'CUT_OVER'])('is closed from %s by operators alone', async (stage) => {
    const reference = await handedOver();
    await store(reference, 'SET stage = :stage, cutoverResult = :result', {
      ':stage': stage,
      ':result': 'postponed',
    });
    await expect(withdraw(bench, reference, 'no longer wanted', customer)).rejects.toThrow();
    await withdraw(bench, reference, 'no longer wanted', operator);
    expect(await stateOf(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
    expect(await booked(inMarch)).toBe(0);
  });
});

describe('the cutovers to record', () => {
  const toRecord = async () => {
    const { items } = await bench.store.workList.entries({ limit: 500 });
    return items.filter(({ kind }) => kind === 'cutover').map(({ reference }) => reference);
  };
  async function listedAt(instant: string): Promise<void> {
    bench.clock.set(instant);
    await listDueWork(bench);
  }

  it('are on the work list from their day on, until they are recorded', async () => {
    const [done, failed, late] = [await handedOver(), await handedOver(), await handedOver()];
    await listedAt('2027-03-08T22:59:00.000Z');
    expect(await toRecord()).toEqual([]);
    await listedAt('2027-03-08T23:00:00.000Z');
    expect((await toRecord()).toSorted()).toEqual([done, failed, late].toSorted());
    await record(done, { result: 'done' });
    await record(failed, rolledBack);
    expect(await toRecord()).toEqual([late]);
    await withdraw(bench, late, 'no longer wanted', operator);
    expect(await toRecord()).toEqual([]);
  });

  it('are found among many that are not due, and no others are read', async () => {
    const soon = await Promise.all(
      Array.from({ length: 30 }, () => handedOver({ E1: { earliest: '2027-04-20', reason: 'none' } })),
    );
    const late = await handedOver();
    await listedAt('2027-03-10T08:00:00.000Z');
    expect(soon).toHaveLength(30);
    expect(await toRecord()).toEqual([late]);
    expect(await bench.costOf(toRecord)).toMatchObject({ requests: 1, items: 1 });
  });

  it.each([
    ['not recorded', undefined],
    ['recorded as rolled back', 'rolled_back'],
  ])('of an earlier release, %s, are listed with the next sweep', async (_, result) => {
    const reference = await handedOver();
    await store(reference, 'REMOVE duePk, dueSk');
    if (result !== undefined) await store(reference, 'SET cutoverResult = :result', { ':result': result });
    bench.clock.set('2027-03-10T08:00:00.000Z');
    expect(await toRecord()).toEqual([]);
    const before = await bench.store.onboardings.now(reference);
    await sweep();
    expect(await toRecord()).toEqual([reference]);
    expect(await bench.store.onboardings.now(reference)).toEqual(before);
  });
});
