import {
  GetExecutionHistoryCommand,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { collectTokens, invokeTask, NamedError, openBench, start, tokenTask } from './bench.ts';

const one = (state: unknown, rest: Record<string, unknown> = {}) => ({
  StartAt: 'Ask',
  States: { Ask: state, ...rest },
});
const day = 86_400_000;

describe('a task with a token', () => {
  it('goes on with the output it was completed with', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(one(tokenTask()), invoke);
    const arn = await bench.start();
    await bench.client.send(
      new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{"decision":"go"}' }),
    );
    expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"decision":"go"}' });
  });

  it('may be completed while its function is still running', async () => {
    let complete = async (_: string): Promise<void> => undefined;
    await using bench = await openBench(one(tokenTask()), async (_, payload) => {
      await complete(JSON.stringify(payload));
      throw new NamedError('TooLate');
    });
    complete = async (text) => {
      const taskToken: string = JSON.parse(text).token;
      await bench.client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
    };
    expect(await bench.describe(await bench.start())).toMatchObject({ status: 'SUCCEEDED', output: '1' });
  });

  it('fails with the error and cause it was failed with', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(
      one(tokenTask({ Catch: [{ ErrorEquals: ['Refused'], Next: 'Refused', ResultPath: '$.error' }] }), {
        Refused: { Type: 'Succeed' },
      }),
      invoke,
    );
    const arn = await bench.start({ a: 1 });
    await bench.client.send(
      new SendTaskFailureCommand({ taskToken: tokens[0], error: 'Refused', cause: 'no' }),
    );
    const { output = '' } = await bench.describe(arn);
    expect(JSON.parse(output)).toEqual({ a: 1, error: { Error: 'Refused', Cause: 'no' } });
    expect(bench.edges).toContainEqual(
      expect.objectContaining({ from: 'Ask', to: 'Refused', via: 'Catch[0]' }),
    );
  });

  it('times out after 70 days, not after the 24.8 that fit a timer of the runtime', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(one(tokenTask({ TimeoutSeconds: 70 * 86_400 })), invoke);
    const arn = await bench.start();
    await bench.clock.jumpTo(new Date(start.getTime() + 69 * day));
    expect(await bench.describe(arn)).toMatchObject({ status: 'RUNNING' });
    await bench.clock.jumpTo(new Date(start.getTime() + 70 * day));
    expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    const late = bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{}' }));
    await expect(late).rejects.toBeInstanceOf(TaskTimedOut);
  });

  it('refuses a second completion, a foreign token and one that is no token', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(one(tokenTask()), invoke);
    await bench.start();
    const send = (taskToken: string | undefined) =>
      bench.client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    await send(tokens[0]);
    await expect(send(tokens[0])).rejects.toBeInstanceOf(TaskTimedOut);
    await expect(send('A'.repeat(54))).rejects.toBeInstanceOf(TaskDoesNotExist);
    await expect(send('no token')).rejects.toBeInstanceOf(InvalidToken);
  });

  it('shows its token in its own scheduled event and nowhere else', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(one(tokenTask()), invoke);
    const arn = await bench.start();
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{}' }));
    const events = await bench.history(arn);
    const holding = events.filter((event) => JSON.stringify(event).includes(tokens[0] ?? '?'));
    expect(holding.map(({ type }) => type)).toEqual(['TaskScheduled']);
    expect(JSON.stringify(bench.changes)).not.toContain(tokens[0]);
  });

  it('gives every attempt its own token', async () => {
    const { tokens, invoke } = collectTokens();
    const retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }];
    await using bench = await openBench(one(tokenTask({ TimeoutSeconds: 60, Retry: retry })), invoke);
    await bench.start();
    await bench.clock.jumpToNext();
    await bench.clock.jumpToNext();
    expect(new Set(tokens).size).toBe(2);
  });
});

describe('a function', () => {
  it.each([
    ['a path to null', { 'Payload.$': '$.nothing' }, null],
    ['null', { Payload: null }, null],
    ['no Payload', {}, {}],
  ])('is called with what Payload says: %s', async (_, payload, expected) => {
    const payloads: unknown[] = [];
    const task = invokeTask({ Parameters: { FunctionName: 'work', ...payload } });
    await using bench = await openBench(one(task), async (_name, given) => void payloads.push(given));
    await bench.start({ nothing: null });
    expect(payloads).toEqual([expected]);
  });
});

describe('a heartbeat', () => {
  const beating = tokenTask({ TimeoutSeconds: 1000, HeartbeatSeconds: 60 });
  const secondsIn = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

  it('keeps the task waiting, but not beyond its own time-out', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(one(beating), invoke);
    const arn = await bench.start();
    for (let at = 50; at < 1000; at += 50) {
      await bench.clock.jumpTo(secondsIn(at));
      await bench.client.send(new SendTaskHeartbeatCommand({ taskToken: tokens[0] }));
    }
    expect(await bench.describe(arn)).toMatchObject({ status: 'RUNNING' });
    await bench.clock.jumpTo(secondsIn(1000));
    expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it.each(['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'])(
    'missed is caught by %s',
    async (name) => {
      const { invoke } = collectTokens();
      const caught = { ...beating, Catch: [{ ErrorEquals: [name], Next: 'Missed' }] };
      await using bench = await openBench(one(caught, { Missed: { Type: 'Succeed' } }), invoke);
      const arn = await bench.start();
      await bench.clock.jumpTo(secondsIn(60));
      const { output = '' } = await bench.describe(arn);
      expect(JSON.parse(output)).toEqual({ Error: 'States.HeartbeatTimeout', Cause: '' });
    },
  );

  it('missed is not a failure that States.TaskFailed covers', async () => {
    const { invoke } = collectTokens();
    const caught = { ...beating, Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Missed' }] };
    await using bench = await openBench(one(caught, { Missed: { Type: 'Succeed' } }), invoke);
    const arn = await bench.start();
    await bench.clock.jumpTo(secondsIn(60));
    expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
  });
});

describe('a retry', () => {
  it('pauses 2, 4, then 5 seconds at most and counts each as a transition', async () => {
    const calls: Date[] = [];
    const retry = [
      { ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: 5 },
    ];
    await using bench = await openBench(one(invokeTask({ Retry: retry })), async () => {
      calls.push(bench.clock.now());
      throw new NamedError('Busy', 'later');
    });
    const arn = await bench.start();
    while (bench.clock.nextDeadline()?.getFullYear() === 2026) await bench.clock.jumpToNext();
    expect(calls.map((at) => (at.getTime() - start.getTime()) / 1000)).toEqual([0, 2, 6, 11]);
    expect(bench.server.countersOf(arn)).toEqual({ transitions: 4, invocations: 4 });
    const { status, error, cause = '' } = await bench.describe(arn);
    expect({ status, error, cause: JSON.parse(cause) }).toMatchObject({
      status: 'FAILED',
      error: 'Busy',
      cause: { errorType: 'Busy', errorMessage: 'later' },
    });
    expect(bench.edges.map(({ via }) => via)).toEqual(['Retry[0]', 'Retry[0]', 'Retry[0]']);
  });

  it('spreads its pauses under full jitter', async () => {
    const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, JitterStrategy: 'FULL' }];
    const fail = async () => Promise.reject(new NamedError('Busy'));
    await using bench = await openBench(one(invokeTask({ Retry: retry })), fail, { random: () => 0.25 });
    await bench.start();
    expect(bench.clock.nextDeadline()).toEqual(new Date(start.getTime() + 25_000));
  });
});

describe('limits', () => {
  it('fails an answer above 262,144 bytes with States.DataLimitExceeded, past States.ALL', async () => {
    const caught = invokeTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] });
    await using bench = await openBench(one(caught, { Caught: { Type: 'Succeed' } }), async () =>
      'x'.repeat(262_144),
    );
    const arn = await bench.start();
    expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('ends a loop with its 25,000th event', async () => {
    const loop = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
    await using bench = await openBench(loop);
    const arn = await bench.start();
    const { status, cause } = await bench.describe(arn);
    expect(status).toBe('FAILED');
    expect(cause).toContain('25000');
    const newest = new GetExecutionHistoryCommand({ executionArn: arn, reverseOrder: true, maxResults: 1 });
    const { events } = await bench.client.send(newest);
    expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }]);
  });

  it('times the whole run out', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench({ ...one(tokenTask()), TimeoutSeconds: 3600 }, invoke);
    const arn = await bench.start();
    await bench.clock.jumpToNext();
    expect(await bench.describe(arn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(tokens).toHaveLength(1);
    expect(bench.clock.nextDeadline()).toBeUndefined();
  });
});
