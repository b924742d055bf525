import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  ExecutionNotRedrivable,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { collectTokens, invokeTask, NamedError, openBench, start, tokenTask } from './bench.ts';

const waiting = { StartAt: 'Ask', States: { Ask: tokenTask() } };
const waits = collectTokens().invoke;

describe('a redrive', () => {
  const steps = {
    StartAt: 'First',
    States: {
      First: invokeTask({ End: undefined, Next: 'Second' }),
      Second: invokeTask({ Parameters: { FunctionName: 'second' } }),
    },
  };
  const redrive = (arn: string) => new RedriveExecutionCommand({ executionArn: arn });

  it('restarts the failed task and only that', async () => {
    const calls: string[] = [];
    let broken = true;
    await using bench = await openBench(JSON.parse(JSON.stringify(steps)), async (name) => {
      calls.push(name);
      if (name === 'second' && broken) throw new NamedError('Broken');
      return {};
    });
    const arn = await bench.start();
    broken = false;
    await bench.client.send(redrive(arn));
    await bench.clock.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect(calls).toEqual(['work', 'second', 'second']);
    const types = (await bench.history(arn)).map(({ type }) => type);
    expect(types.slice(types.indexOf('ExecutionFailed'))).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(bench.changes.map(({ detail }) => detail.status)).toEqual([
      'RUNNING',
      'FAILED',
      'RUNNING',
      'SUCCEEDED',
    ]);
  });

  it('enters a failed Choice again, with the input it had', async () => {
    const choose = { Type: 'Choice', Choices: [{ Variable: '$.a', StringEquals: 'x', Next: 'Yes' }] };
    await using bench = await openBench({ StartAt: 'A', States: { A: choose, Yes: { Type: 'Succeed' } } });
    const arn = await bench.start({ a: 'y' });
    await bench.client.send(redrive(arn));
    expect(await bench.describe(arn)).toMatchObject({ error: 'States.NoChoiceMatched', redriveCount: 1 });
    expect(bench.entered).toEqual(['A', 'A']);
  });

  it('calls a task that was stopped in the pause before a retry at once, with all its attempts', async () => {
    let calls = 0;
    const retry = [{ ErrorEquals: ['Busy'], MaxAttempts: 1, IntervalSeconds: 60 }];
    const task = invokeTask({ Retry: retry });
    await using bench = await openBench({ StartAt: 'A', States: { A: task } }, () => {
      calls += 1;
      return Promise.reject(new NamedError('Busy'));
    });
    const arn = await bench.start();
    await bench.client.send(new StopExecutionCommand({ executionArn: arn }));
    await bench.client.send(redrive(arn));
    await bench.clock.settled();
    expect(calls).toBe(2);
    await bench.clock.jumpToNext();
    expect({ calls, ...(await bench.describe(arn)) }).toMatchObject({
      calls: 3,
      status: 'FAILED',
      error: 'Busy',
    });
  });

  it('takes up a stopped wait with a new token', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(waiting, invoke);
    const arn = await bench.start();
    await bench.client.send(new StopExecutionCommand({ executionArn: arn, error: 'Held' }));
    expect(await bench.describe(arn)).toMatchObject({ status: 'ABORTED', error: 'Held' });
    await bench.client.send(redrive(arn));
    await bench.clock.settled();
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[1], output: '{}' }));
    expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('answers a second request with the same client token as the first, and redrives once', async () => {
    await using bench = await openBench(waiting, waits);
    const executionArn = await bench.start();
    await bench.client.send(new StopExecutionCommand({ executionArn }));
    const again = new RedriveExecutionCommand({ executionArn, clientToken: 'one' });
    const first = await bench.client.send(again);
    await bench.clock.jumpTo(new Date(start.getTime() + 15 * 60_000));
    expect((await bench.client.send(again)).redriveDate).toEqual(first.redriveDate);
    await bench.client.send(new StopExecutionCommand({ executionArn }));
    expect((await bench.client.send(again)).redriveDate).toEqual(first.redriveDate);
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'ABORTED', redriveCount: 1 });
  });

  it('takes a client token anew after 15 minutes or ten later redrives', async () => {
    await using bench = await openBench(waiting, waits);
    const executionArn = await bench.start();
    const redriveWith = async (clientToken: string) => {
      await bench.client.send(new StopExecutionCommand({ executionArn }));
      await bench.client.send(new RedriveExecutionCommand({ executionArn, clientToken }));
      return (await bench.describe(executionArn)).redriveCount;
    };
    expect(await redriveWith('one')).toBe(1);
    await bench.clock.jumpTo(new Date(start.getTime() + 15 * 60_000 + 1));
    expect(await redriveWith('one')).toBe(2);
    for (let count = 3; count <= 12; count += 1) expect(await redriveWith(`${count}`)).toBe(count);
    expect(await redriveWith('3')).toBe(12);
    expect(await redriveWith('one')).toBe(13);
  });

  it('survives the loss of its answer, also over a restart, and keeps its client token to itself', async () => {
    const journalFile = join(mkdtempSync(join(tmpdir(), 'redrive-')), 'journal');
    let lost = false;
    let executionArn = '';
    const again = () => new RedriveExecutionCommand({ executionArn, clientToken: 'secret-token' });
    {
      await using bench = await openBench(waiting, waits, {
        journalFile,
        failures: ({ operation, when }) => {
          const lose = operation === 'RedriveExecution' && when === 'after' && !lost;
          lost ||= lose;
          return lose;
        },
      });
      executionArn = await bench.start();
      await bench.client.send(new StopExecutionCommand({ executionArn }));
      await bench.client.send(again());
      expect(lost).toBe(true);
    }
    await using bench = await openBench(waiting, waits, { journalFile });
    await bench.client.send(again());
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'RUNNING', redriveCount: 1 });
    expect(JSON.stringify(await bench.history(executionArn))).not.toContain('secret-token');
    rmSync(dirname(journalFile), { recursive: true });
  });

  it('is refused while it runs, after success and after 14 days', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(waiting, invoke);
    const arn = await bench.start({}, { name: 'a' });
    await expect(bench.client.send(redrive(arn))).rejects.toBeInstanceOf(ExecutionNotRedrivable);
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{}' }));
    await expect(bench.client.send(redrive(arn))).rejects.toBeInstanceOf(ExecutionNotRedrivable);
    const other = await bench.start({}, { name: 'b' });
    await bench.client.send(new StopExecutionCommand({ executionArn: other }));
    await bench.clock.jumpTo(new Date(start.getTime() + 15 * 86_400_000));
    await expect(bench.client.send(redrive(other))).rejects.toBeInstanceOf(ExecutionNotRedrivable);
  });
});
