import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/jobs/record-execution-status/handler.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import type { ExecutionSeen } from '../../functions/platform/workflow.ts';
import { context, invited, openTaskBench, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
let reference: string;
beforeEach(async () => {
  bench = await openTaskBench();
  reference = await invited(bench);
  described = undefined;
  asked = 0;
});
afterEach(() => bench.close());

/** What Step Functions would answer if it was asked, and how often it was. */
let described: ExecutionSeen | undefined;
let asked = 0;

function report(detail: Readonly<Record<string, unknown>>, run = 1) {
  const handler = createHandler({
    ...bench,
    logger: jsonLogger(() => undefined),
    watch: {
      describe: async () => {
        asked += 1;
        return described;
      },
    },
  });
  return handler({ detail: { name: `${reference}-${run}`, error: 'ContractError', ...detail } }, context);
}

function reported(status: string, redriveCount: number, run = 1) {
  return report({ status, redriveCount }, run);
}

const now = async () => (await bench.store.onboardings.now(reference)).state;
const failures = async () =>
  (await bench.store.onboardings.events(reference)).filter(({ type }) => type === 'EXECUTION_FAILED').length;

it('shows a failed run and leaves the stage and its wait alone', async () => {
  const before = await now();
  await reported('FAILED', 0);
  const { stage, stageSince, episode, run } = await now();
  expect({ stage, stageSince, episode }).toEqual({
    stage: before.stage,
    stageSince: before.stageSince,
    episode: before.episode,
  });
  expect(run).toMatchObject({ number: 1, status: 'failed', error: 'ContractError', redriveCount: 0 });
});

it('records a failure that is reported twice once', async () => {
  await reported('FAILED', 0);
  await reported('FAILED', 0);
  expect(await failures()).toBe(1);
});

it('keeps a failure in sight when the start of the run is reported after it', async () => {
  await reported('FAILED', 0);
  await reported('RUNNING', 0);
  expect((await now()).run.status).toBe('failed');
});

it('does not undo a redrive when the failure before it is reported late', async () => {
  await reported('RUNNING', 1);
  await reported('FAILED', 0);
  expect((await now()).run).toMatchObject({ status: 'running', redriveCount: 1 });
  await reported('FAILED', 1);
  expect((await now()).run).toMatchObject({ status: 'failed', redriveCount: 1 });
  await reported('RUNNING', 1);
  expect((await now()).run.status).toBe('failed');
  await reported('RUNNING', 2);
  expect((await now()).run).toMatchObject({ status: 'running', redriveCount: 2 });
});

it('changes nothing for a run that another has taken over', async () => {
  await reported('FAILED', 0, 7);
  expect((await now()).run.status).toBe('running');
});

describe('The reports of a run that failed, was redriven and failed again', () => {
  const reports: readonly (readonly [string, number])[] = [
    ['RUNNING', 0],
    ['FAILED', 0],
    ['RUNNING', 1],
    ['FAILED', 1],
  ];
  const orders = permutations(reports);

  it.each(orders.map((order) => [order.map((each) => each.join(' ')).join(', '), order] as const))(
    'lead to the last failure in the order %s, each twice',
    async (_name, order) => {
      for (const [status, redriveCount] of order.flatMap((each) => [each, each])) {
        await reported(status, redriveCount);
      }
      expect((await now()).run).toMatchObject({ status: 'failed', redriveCount: 1 });
    },
  );

  it.each(orders.map((order) => [order.map((each) => each.join(' ')).join(', '), order] as const))(
    'lead to the run that was redriven once more in the order %s',
    async (_name, order) => {
      for (const [at, [status, redriveCount]] of order.entries()) {
        // The last redrive is reported before the others.
        if (at === 0) await reported('RUNNING', 2);
        await reported(status, redriveCount);
      }
      expect((await now()).run).toMatchObject({ status: 'running', redriveCount: 2 });
    },
  );
});

function permutations<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length <= 1) return [all];
  return all.flatMap((first, at) => permutations(all.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

it('dates a failure by when the run stopped, not by when the report came', async () => {
  await report({ status: 'FAILED', redriveCount: 0, stopDate: Date.parse('2026-11-20T10:00:00Z') });
  expect((await now()).run.failedAt).toBe('2026-11-20T10:00:00.000Z');
});

it('asks Step Functions when a report does not say how often the run was redriven', async () => {
  described = { status: 'RUNNING', redriveCount: 1 };
  await report({ status: 'FAILED' });
  expect((await now()).run).toMatchObject({ status: 'running', redriveCount: 1 });
  described = { status: 'FAILED', redriveCount: 1, endedAt: new Date('2026-11-23T07:00:00Z') };
  await report({ status: 'RUNNING', redriveCount: null });
  expect((await now()).run).toMatchObject({ status: 'failed', failedAt: '2026-11-23T07:00:00.000Z' });
  expect(asked).toBe(2);
});

it('asks nothing otherwise, and records nothing of a run that Step Functions does not know', async () => {
  await reported('FAILED', 0);
  await reported('RUNNING', 1);
  expect(asked).toBe(0);
  await report({ status: 'FAILED' });
  expect((await now()).run.status).toBe('running');
});
