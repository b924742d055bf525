import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookAfterConditions } from '../../functions/application/look-after-conditions.ts';
import { recordRunFailure } from '../../functions/application/record-run-status.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { askToTalk } from '../../functions/application/talk.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { parseExecutionName } from '../../functions/domain/onboarding/execution-name.ts';
import { formatReference, referenceByteCount } from '../../functions/domain/onboarding/reference.ts';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import { createSweeper, type SweepRun } from '../../functions/jobs/sweep-waits/handler.ts';
import { walkRunning } from '../../functions/jobs/sweep-waits/walk-running.ts';
import type { PublishedEvent } from '../../functions/platform/event-bus.ts';
import { randomIds } from '../../functions/platform/ids.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import { emfMetrics } from '../../functions/platform/metrics.ts';
import type { ExecutionSeen, ExecutionWatch } from '../../functions/platform/workflow.ts';
import { type Key, laneOf } from '../../functions/store/keys.ts';
import { keysOf, reportKeys } from '../support/relay.ts';
import { inScenario } from '../support/scenario.ts';
import {
  answersWith,
  customer,
  held,
  invited,
  newToken,
  openTaskBench,
  operator,
  placed,
  qualified,
  type TaskBench,
} from '../tasks/bench.ts';

let bench: TaskBench;
const executions = new Map<string, ExecutionSeen>();
const startedRuns: string[] = [];
const events: PublishedEvent[] = [];
const logged: string[] = [];
const running: ExecutionSeen = { status: 'RUNNING', redriveCount: 0 };
/** Keys of the items that were written, as the table's stream reports them. */
const written: Key[] = [];
let asked = 0;
let failing = '';
/** What Step Functions describes instead of what it lists. */
let describedAs: ExecutionSeen | undefined;
/** Happens while Step Functions is asked. */
let whileAsked: (() => Promise<void>) | undefined;

/** Step Functions as the test sets it: two executions a page. */
const watch: ExecutionWatch = {
  describe: async (reference, run) => {
    asked += 1;
    if (failing === 'describe') throw new Error('throttled');
    await whileAsked?.();
    return describedAs ?? executions.get(`${reference}-${run}`);
  },
  running: async (_limit, cursor = '0') => {
    if (failing === 'running') throw new Error('throttled');
    const all = [...executions].filter(([, { status }]) => status === 'RUNNING').map(([name]) => ({ name }));
    const next = Number(cursor) + 2;
    return { items: all.slice(Number(cursor), next), ...(next < all.length ? { cursor: String(next) } : {}) };
  },
};

function sweeper(pages = 20): () => Promise<SweepRun> {
  return createSweeper({
    ...{ store: bench.store, clock: bench.clock, platform: bench.platform, watch },
    pages: { executions: pages, onboardings: pages },
    logger: jsonLogger((line) => logged.push(line)),
    metrics: emfMetrics(() => undefined, bench.clock),
    workflow: {
      ...bench.workflow,
      start: async (reference, run, resumeAt) => {
        startedRuns.push(`${reference}-${run} ${resumeAt}`);
        executions.set(`${reference}-${run}`, running);
      },
    },
    bus: { publish: async (event) => void events.push(event) },
  });
}

/** What a sweep found, without the zeros. */
async function found(sweep = sweeper()): Promise<Record<string, number>> {
  const run = await sweep();
  expect(run.failed).toBe(0);
  return Object.fromEntries(Object.entries(run.found).filter(([, count]) => count > 0));
}

async function emptyOutbox(): Promise<void> {
  for (const entry of await bench.store.outbox.pending(500)) await bench.store.outbox.done(entry);
}

/** An invited customer whose execution waits, with nothing left to send. */
async function waiting(): Promise<string> {
  const reference = await invited(bench);
  executions.set(`${reference}-1`, running);
  await emptyOutbox();
  return reference;
}

beforeAll(async () => {
  bench = await openTaskBench((keys) => {
    for (const { key, kind } of keys) {
      if (kind !== 'delete') written.push({ pk: key['pk']?.S ?? '', sk: key['sk']?.S ?? '' });
    }
  });
});
afterAll(() => bench.close());
beforeEach(async () => {
  for (const list of [startedRuns, events, logged]) list.length = 0;
  failing = '';
  describedAs = undefined;
  whileAsked = undefined;
  asked = 0;
  bench.clock.set('2026-11-23T08:00:00.000Z');
  // Each test has its own onboardings: the ones before are closed and their executions over.
  for (const name of executions.keys()) {
    const reference = parseExecutionName(name)?.reference ?? name;
    try {
      await withdraw(bench, reference, 'next test', operator);
    } catch {}
  }
  executions.clear();
  await emptyOutbox();
});

const later = () => bench.clock.set('2026-11-23T09:00:00.000Z');

it('finds nothing where table and workflow agree, and asks about no execution it has seen', async () => {
  await waiting();
  await waiting();
  await waiting();
  later();
  expect(await found()).toEqual({});
  expect(asked).toBe(0);
  expect(events).toEqual([]);
});

it('starts a run at a review although the onboarding is still in the stage before', async () => {
  const E1 = { earliest: '2026-12-01', latest: '2027-01-20', reason: 'contract_end' } as const;
  const reference = await placed(bench, { E1 });
  expect((await bench.store.onboardings.now(reference)).state.stage).toBe('WAITING_LIST');
  bench.clock.set('2027-01-10T08:00:00.000Z');
  expect(await bench.run('ScheduleWave', { reference, run: 1 })).toEqual({ outcome: 'REVIEW' });
  expect((await bench.store.waitingList.page({ limit: 5 })).items).toEqual([]);
  await emptyOutbox();
  expect(await found()).toEqual({ ExecutionMissing: 1 });
  expect(startedRuns).toEqual([`${reference}-1 REVIEW_PLACEMENT`]);
});

it('reports a customer with a place in a wave that has ended', async () => {
  await bench.addWave('2027-03-09');
  const reference = await held(bench);
  executions.set(`${reference}-1`, running);
  await emptyOutbox();
  later();
  expect(await found()).toEqual({});
  const { booking } = await bench.store.onboardings.now(reference);
  const wave = await bench.store.waves.get(booking?.site ?? '', booking?.wave ?? '');
  await bench.store.waves.replace(wave, { ...wave, state: 'DONE' });
  expect(await found()).toEqual({ PlaceInEndedWave: 1 });
  expect(events).toMatchObject([{ type: 'OnboardingStuck', reference, data: { fault: 'PlaceInEndedWave' } }]);
  await found();
  expect(events).toHaveLength(1);
});

it('moves the customers of a wave whose cancellation was interrupted', async () => {
  await bench.addWave('2027-06-01');
  const reference = await held(bench);
  executions.set(`${reference}-1`, running);
  await emptyOutbox();
  const { booking } = await bench.store.onboardings.now(reference);
  const wave = await bench.store.waves.get(booking?.site ?? '', booking?.wave ?? '');
  await bench.store.waves.replace(wave, { ...wave, state: 'CANCELLED' });
  await found();
  expect((await bench.store.onboardings.now(reference)).booking?.status).toBe('TO_MOVE');
});

it('reminds of a held place when that is due', async () => {
  await bench.addWave('2027-05-04');
  const reference = await held(bench);
  executions.set(`${reference}-1`, running);
  await emptyOutbox();
  bench.clock.set('2026-11-30T08:00:00.000Z');
  await found();
  expect((await bench.store.onboardings.now(reference)).booking?.reminded).toBe(true);
  expect(logged.join('')).toContain('places_kept');
});

it('lists a result by the dates of its conditions that the earlier release stored without them', async () => {
  const reference = await placed(bench, { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' });
  executions.set(`${reference}-1`, running);
  const result = await bench.store.dossiers.result(reference);
  if (result === undefined) throw new Error('No result');
  // As the earlier release wrote them: no dates, no place in the list, no due date in the state.
  const { dates: _dates, ...undated } = result;
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: {
      set: { conditionsDue: undefined, blockingDue: undefined },
      event: { type: 'RESUMED', actor: operator, data: { run: 1 } },
      effects: [{ kind: 'put_result', result: undated }],
    },
  }));
  await emptyOutbox();
  const due = async (day: string) =>
    (await bench.store.lists.conditionsBy(day, { limit: 100 })).items.map((one) => one.reference);
  expect(await due('2030-01-01')).not.toContain(reference);
  await found();
  expect(await due('2027-01-07')).not.toContain(reference);
  expect(await due('2027-01-08')).toContain(reference);
  expect(await bench.store.dossiers.listDates([reference])).toBe(0);
  expect(await bench.store.dossiers.result(reference)).toEqual(undated);

  bench.clock.set('2027-01-08T08:00:00.000Z');
  await lookAfterConditions(bench);
  const [reminder] = await bench.store.outbox.pending(100);
  expect(reminder).toMatchObject({ reference, messages: [{ template: 'condition_reminder' }] });
  const { state } = await bench.store.onboardings.now(reference);
  expect([state.conditionsDue, state.blockingDue]).toEqual(['2027-01-22', '2027-01-22']);
});

it('starts a run that never started, at the checkpoint of its onboarding', async () => {
  const reference = await waiting();
  executions.delete(`${reference}-1`);
  expect(await found(), 'within 15 minutes the outbox may still be at it').toEqual({});
  later();
  expect(await found()).toEqual({ ExecutionMissing: 1 });
  expect(startedRuns).toEqual([`${reference}-1 INVITE`]);
  expect(await found()).toEqual({});
});

it.each(['FAILED', 'TIMED_OUT', 'ABORTED'])(
  'records a run that ended as %s if its failure is not recorded',
  async (status) => {
    const reference = await waiting();
    later();
    executions.set(`${reference}-1`, { status, redriveCount: 0, endedAt: new Date('2026-11-23T08:50:00Z') });
    expect(await found(), 'its status change may be on its way').toEqual({});
    bench.clock.set('2026-11-23T09:06:00.000Z');
    expect(await found()).toEqual({ FailureUnrecorded: 1 });
    expect((await bench.store.onboardings.now(reference)).state).toMatchObject({
      stage: 'INVITED',
      run: { status: 'failed', error: status },
    });
    expect((await bench.store.onboardings.events(reference)).at(-1)).toMatchObject({
      type: 'EXECUTION_FAILED',
      data: { status },
    });
    await emptyOutbox();
    expect(await found(), 'once').toEqual({});
  },
);

it('completes the token of a decided wait, once', async () => {
  const reference = await waiting();
  const { wait } = await bench.store.onboardings.now(reference);
  await submitAnswers(bench, reference, answersWith(), customer);
  await emptyOutbox();
  later();
  expect(await found()).toEqual({ WakeLost: 1 });
  expect(bench.completed.get(wait?.token ?? '')).toBe('ANSWERED');
  expect(await found()).toEqual({});
});

it('wakes a run whose onboarding was withdrawn', async () => {
  const reference = await waiting();
  const { wait } = await bench.store.onboardings.now(reference);
  await withdraw(bench, reference, 'no need', customer);
  await emptyOutbox();
  expect(await found()).toEqual({ WakeLost: 1 });
  expect(bench.completed.get(wait?.token ?? '')).toBe('WITHDRAWN');
});

it('reports an overdue wait whose run continues, once as an event and in every sweep as a count', async () => {
  const reference = await placed(bench);
  await bench.run('WaitForSlot', { reference, run: 1, token: newToken() });
  executions.set(`${reference}-1`, running);
  await emptyOutbox();
  bench.clock.set('2026-11-30T08:14:00.000Z');
  expect(await found()).toEqual({});
  bench.clock.set('2026-11-30T08:16:00.000Z');
  expect(await found()).toEqual({ WaitOverdue: 1 });
  expect(await found()).toEqual({ WaitOverdue: 1 });
  expect(events).toEqual([
    expect.objectContaining({ type: 'OnboardingStuck', reference, data: { fault: 'WaitOverdue', run: 1 } }),
  ]);
});

it('gives the reminder to answer that the workflow would give too late', async () => {
  const reference = await waiting();
  bench.clock.set('2026-12-07T08:14:00.000Z');
  expect(await found()).toEqual({});
  bench.clock.set('2026-12-07T08:16:00.000Z');
  const { found: seen, repaired } = await sweeper()();
  expect([seen.WaitOverdue, repaired.WaitOverdue]).toEqual([1, 1]);
  expect((await bench.store.onboardings.events(reference)).at(-1)?.type).toBe('REMINDED');
  expect(events).toEqual([]);
  await emptyOutbox();
  expect(await found()).toEqual({});
});

it('finds nothing overdue while a customer talks first, and ends its pause when no job has', async () => {
  const reference = await waiting();
  bench.clock.set('2026-12-01T08:00:00.000Z');
  await askToTalk(bench, reference, undefined, customer);
  await emptyOutbox();
  // Its first reminder would have been due on 7 December; the workflow calls at the latest on 15 December.
  for (const date of ['2026-12-08', '2026-12-15', '2026-12-29', '2027-01-12', '2027-01-26']) {
    bench.clock.set(`${date}T08:00:00.000Z`);
    expect(await found(), date).toEqual({});
    await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
  }
  bench.clock.set('2027-01-29T13:14:00.000Z');
  expect(await found()).toEqual({});
  bench.clock.set('2027-01-29T13:16:00.000Z');
  const { found: seen, repaired } = await sweeper()();
  expect([seen.WaitOverdue, repaired.WaitOverdue]).toEqual([1, 1]);
  expect((await bench.store.onboardings.events(reference)).at(-1)?.type).toBe('TALK_ENDED');
});

/** The failure of a run is recorded; its execution is the one that the test sets. */
async function recordedAsFailed(redriveCount: number): Promise<string> {
  const reference = await waiting();
  const failure = { status: 'FAILED', error: 'ContractError', redriveCount };
  await recordRunFailure(bench, reference, 1, { ...failure, stoppedAt: bench.clock.now() });
  await emptyOutbox();
  return reference;
}
const runOf = async (reference: string) => (await bench.store.onboardings.now(reference)).state.run;

describe('a run that is recorded as failed and runs', () => {
  it('is running again: the report of its redrive was lost', async () => {
    const reference = await recordedAsFailed(0);
    executions.set(`${reference}-1`, { status: 'RUNNING', redriveCount: 1 });
    expect(await found(), 'the report may be on its way').toEqual({});
    later();
    expect(await found()).toEqual({ ExecutionOfFailed: 1 });
    expect(await runOf(reference)).toMatchObject({ status: 'running', redriveCount: 1 });
    expect((await bench.store.onboardings.events(reference)).at(-1)?.type).toBe('EXECUTION_REDRIVEN');
    expect(await found(), 'once').toEqual({});
    expect(events, 'nobody has anything to do').toEqual([]);
  });

  it('is left alone when it has failed again since it was listed', async () => {
    const reference = await recordedAsFailed(0);
    executions.set(`${reference}-1`, { status: 'RUNNING', redriveCount: 1 });
    describedAs = { status: 'FAILED', redriveCount: 1 };
    later();
    expect(await found()).toEqual({});
    expect(await runOf(reference)).toMatchObject({ status: 'failed', redriveCount: 0 });
  });

  it('stays failed when its next failure is recorded while Step Functions is asked', async () => {
    const reference = await recordedAsFailed(0);
    executions.set(`${reference}-1`, { status: 'RUNNING', redriveCount: 1 });
    later();
    whileAsked = async () => {
      const failure = { status: 'FAILED', error: 'ContractError', redriveCount: 1 };
      await recordRunFailure(bench, reference, 1, failure);
    };
    expect(await found()).toEqual({});
    expect(await runOf(reference)).toMatchObject({ status: 'failed', redriveCount: 1 });
  });
});

it('records a failure after the redrive that Step Functions counts, so that a later report finds its place', async () => {
  const reference = await waiting();
  executions.set(`${reference}-1`, {
    ...{ status: 'FAILED', redriveCount: 2, endedAt: new Date('2026-11-23T08:10:00Z') },
  });
  later();
  expect(await found()).toEqual({ FailureUnrecorded: 1 });
  expect(await runOf(reference)).toMatchObject({ redriveCount: 2, failedAt: '2026-11-23T08:10:00.000Z' });
});

it('reports faults that have no safe repair', async () => {
  const [early, superseded] = [await waiting(), await waiting()];
  executions.set(`${early}-1`, {
    status: 'SUCCEEDED',
    redriveCount: 0,
    endedAt: new Date('2026-11-23T08:00:00Z'),
  });
  await bench.store.onboardings.change<void>(superseded, async ({ state }) => ({
    result: undefined,
    change: { run: { number: state.run.number + 1 }, event: { type: 'RESUMED', actor: operator } },
  }));
  executions.set(`${superseded}-2`, running);
  executions.set(`${formatReference(randomIds.bytes(referenceByteCount))}-1`, running);
  executions.set('started by hand', running);
  later();
  expect(await found()).toEqual({
    ...{ ExecutionEndedEarly: 1, ExecutionSuperseded: 1 },
    ExecutionWithoutOnboarding: 2,
  });
  expect(startedRuns).toEqual([]);
  expect(logged.join('')).not.toContain('by hand');
  const notified = events.length;
  await found();
  expect(events).toHaveLength(notified);
});

describe('the outbox', () => {
  const relay = (starts: string[] = []) =>
    createDispatcher({
      ...bench,
      logger: jsonLogger(() => undefined),
      metrics: { funnel: () => undefined, sweep: () => undefined, upkeep: () => undefined },
      workflow: { ...bench.workflow, start: async (reference) => void starts.push(reference) },
      bus: { publish: async () => undefined },
    });

  it('that no one has sent is reported, and written to so that the stream reports it again', async () => {
    const reference = await qualified(bench);
    executions.set(`${reference}-1`, running);
    expect(await found()).toEqual({});
    later();
    const stale = (await keysOf(bench.store.outbox)).length;
    written.length = 0;
    expect(await found()).toEqual({ OutboxStale: stale });
    const reported = written.filter(({ pk }) => laneOf(pk) !== undefined);
    expect(new Set(reported)).toEqual(new Set(await keysOf(bench.store.outbox)));
    const starts: string[] = [];
    await reportKeys(reported, { dispatch: relay(starts) });
    expect(starts).toContain(reference);
  });

  it('that rests after a try that failed is not reported', async () => {
    const reference = await qualified(bench);
    executions.set(`${reference}-1`, running);
    later();
    for (const entry of await bench.store.outbox.pending(50)) {
      const leaseUntil = new Date(bench.clock.now().getTime() + 60_000).toISOString();
      await bench.store.outbox.keep(entry, { sent: [], tries: 1, leaseUntil });
    }
    expect(await found()).toEqual({});
  });
});

describe('the bound on one call', () => {
  it('continues where the previous call stopped, and reaches every onboarding', async () => {
    const references = [await waiting(), await waiting(), await waiting(), await waiting(), await waiting()];
    for (const reference of references) {
      await submitAnswers(bench, reference, answersWith(), customer);
    }
    await emptyOutbox();
    later();
    const small = sweeper(1);
    expect(await found(small)).toEqual({ WakeLost: 2 });
    expect(await found(small)).toEqual({ WakeLost: 2 });
    expect(await found(small)).toEqual({ WakeLost: 1 });
  });

  it('lists all executions even if it compares few, so that none has to be described', async () => {
    for (let number = 0; number < 5; number += 1) await waiting();
    later();
    const small = sweeper(1);
    for (let call = 0; call < 4; call += 1) expect(await found(small)).toEqual({});
    expect(asked).toBe(0);
  });

  it('lists slowly once it has made the calls that Step Functions allows at once', async () => {
    const names = Array.from({ length: 92 }, (_, number) => `D5T2-M49Y-${number + 1}`);
    const seen = new Set<string>();
    const from = performance.now();
    const next = await walkRunning(
      {
        ...watch,
        running: async (_limit, cursor = '0') => ({
          items: [{ name: names[Number(cursor)] ?? '' }],
          ...(Number(cursor) + 1 < names.length ? { cursor: String(Number(cursor) + 1) } : {}),
        }),
      },
      { pages: 2, compare: async () => undefined, seen },
    );
    expect([seen.size, next]).toEqual([92, '2']);
    expect(performance.now() - from).toBeGreaterThan(990);
  });

  it('describes few executions in one call, since Step Functions allows few at once, and reaches all', async () => {
    const references: string[] = [];
    for (let number = 0; number < 120; number += 1) references.push(await waiting());
    executions.clear();
    later();
    const sweep = sweeper();
    const first = await sweep();
    expect(first.failed).toBe(0);
    expect(asked).toBeLessThanOrEqual(120);
    expect(first.repaired.ExecutionMissing).toBe(100);
    await sweep();
    expect(new Set(startedRuns).size).toBe(references.length);
  });

  it('restarts a walk that fails, counts it, and carries out the others', async () => {
    const reference = await waiting();
    executions.delete(`${reference}-1`);
    later();
    failing = 'running';
    expect(await sweeper()()).toMatchObject({ failed: 1, repaired: { ExecutionMissing: 1 } });
    executions.delete(`${reference}-1`);
    failing = 'describe';
    expect((await sweeper()()).failed).toBeGreaterThan(0);
    failing = '';
    expect(await found()).toEqual({ ExecutionMissing: 1 });
    expect(logged.join('')).toContain('"code":"sweep_failed"');
  });
});

it(
  'finds a failed run in the whole system, and nothing once it runs again',
  inScenario(async (scenario) => {
    const reference = await scenario.start();
    const { runtime } = scenario;
    await scenario.jumpDays(1);
    expect(Object.values((await runtime.sweep()).found).every((count) => count === 0)).toBe(true);
    await runtime.sfn.send(new StopExecutionCommand({ executionArn: runtime.executionArnOf(reference, 1) }));
    await scenario.settle();
    expect((await scenario.state(reference)).run.status).toBe('failed');
    await scenario.resume(reference);
    await scenario.jumpDays(1);
    expect(Object.values((await runtime.sweep()).found).every((count) => count === 0)).toBe(true);
  }),
);
