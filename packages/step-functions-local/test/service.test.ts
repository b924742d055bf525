import {
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidArn,
  InvalidExecutionInput,
  InvalidName,
  InvalidOutput,
  InvalidToken,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  ValidationException,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { executionArn, machineArn } from '../src/arn.ts';
import { type Bench, collectTokens, openBench, start, tokenTask } from './bench.ts';

const waiting = { StartAt: 'Ask', States: { Ask: tokenTask() } };
const waits = collectTokens().invoke;

describe('starting an execution', () => {
  it('again under the same name and input gives the same one while it runs', async () => {
    await using bench = await openBench(waiting, waits);
    const first = await bench.start({ a: 1, b: [2] }, { name: 'one' });
    expect(await bench.start({ b: [2], a: 1 }, { name: 'one' })).toBe(first);
    expect(first).toBe(executionArn('machine', 'one'));
    await expect(bench.start({ a: 2 }, { name: 'one' })).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    await bench.client.send(new StopExecutionCommand({ executionArn: first }));
    await expect(bench.start({ a: 1, b: [2] }, { name: 'one' })).rejects.toBeInstanceOf(
      ExecutionAlreadyExists,
    );
  });

  it.each(['with space', 'a/b', 'a:b', '', 'x'.repeat(81)])('refuses the name "%s"', async (name) => {
    await using bench = await openBench(waiting, waits);
    await expect(bench.start({}, { name })).rejects.toBeInstanceOf(InvalidName);
  });

  it('takes a name of 80 characters', async () => {
    await using bench = await openBench(waiting, waits);
    const name = 'x'.repeat(80);
    expect(await bench.start({}, { name })).toBe(executionArn('machine', name));
  });

  it('is refused for a machine that is not there and an input that is too large', async () => {
    await using bench = await openBench(waiting, waits);
    await expect(bench.start({}, { machine: 'none' })).rejects.toBeInstanceOf(StateMachineDoesNotExist);
    await expect(bench.start('x'.repeat(262_144))).rejects.toBeInstanceOf(InvalidExecutionInput);
  });
});

describe('the protocol', () => {
  it('answers with errors the SDK knows by class', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(waiting, invoke);
    await bench.start();
    await expect(bench.describe('nonsense')).rejects.toBeInstanceOf(InvalidArn);
    await expect(bench.describe(executionArn('machine', 'none'))).rejects.toBeInstanceOf(
      ExecutionDoesNotExist,
    );
    const output = bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{' }));
    await expect(output).rejects.toBeInstanceOf(InvalidOutput);
    const list = new ListExecutionsCommand({ stateMachineArn: machineArn('machine'), maxResults: 2000 });
    await expect(bench.client.send(list)).rejects.toBeInstanceOf(ValidationException);
  });

  it('refuses an operation it does not know and a body that is no JSON', async () => {
    await using bench = await openBench(waiting, waits);
    const post = async (target: string, body: string): Promise<unknown> => {
      const headers = { 'x-amz-target': `AWSStepFunctions.${target}` };
      const response = await fetch(bench.server.endpoint, { method: 'POST', headers, body });
      return { status: response.status, body: await response.json() };
    };
    expect(await post('DeleteEverything', '{}')).toMatchObject({
      status: 400,
      body: { __type: 'com.amazonaws.states#UnknownOperationException' },
    });
    expect(await post('StartExecution', '{')).toMatchObject({ status: 400 });
  });

  it('pages executions, newest first, and filters them by status', async () => {
    await using bench = await openBench(waiting, waits);
    for (const name of ['a', 'b', 'c']) await bench.start({}, { name });
    await bench.client.send(new StopExecutionCommand({ executionArn: executionArn('machine', 'b') }));
    const list = (rest: object) =>
      bench.client.send(new ListExecutionsCommand({ stateMachineArn: machineArn('machine'), ...rest }));
    const first = await list({ maxResults: 2 });
    const second = await list({ maxResults: 2, nextToken: first.nextToken });
    const names = [...(first.executions ?? []), ...(second.executions ?? [])].map(({ name }) => name);
    expect(names).toEqual(['c', 'b', 'a']);
    expect(second.nextToken).toBeUndefined();
    const aborted = await list({ statusFilter: 'ABORTED' });
    expect(aborted.executions?.map(({ name }) => name)).toEqual(['b']);
  });

  it('lists each running execution once while some end and others start between two pages', async () => {
    await using bench = await openBench(waiting, waits);
    const arns = new Map<string, string>();
    for (const name of ['a', 'b', 'c', 'd', 'e']) arns.set(name, await bench.start({}, { name }));
    const list = (nextToken?: string) =>
      bench.client.send(
        new ListExecutionsCommand({
          ...{ stateMachineArn: machineArn('machine'), statusFilter: 'RUNNING', maxResults: 2, nextToken },
        }),
      );
    const first = await list();
    for (const name of ['e', 'd', 'b'])
      await bench.client.send(new StopExecutionCommand({ executionArn: arns.get(name) }));
    await bench.start({}, { name: 'late' });
    const second = await list(first.nextToken);
    const names = [first, second].map(({ executions = [] }) => executions.map(({ name }) => name));
    expect(names).toEqual([
      ['e', 'd'],
      ['c', 'a'],
    ]);
    expect(second.nextToken).toBeUndefined();
  });

  it('refuses a page token that it did not give for this list', async () => {
    await using bench = await openBench(waiting, waits, { definitions: { other: waiting } });
    for (const name of ['a', 'b']) await bench.start({}, { name });
    const machines = await bench.client.send(new ListStateMachinesCommand({ maxResults: 1 }));
    for (const nextToken of ['nonsense', machines.nextToken]) {
      const list = new ListExecutionsCommand({ stateMachineArn: machineArn('machine'), nextToken });
      await expect(bench.client.send(list)).rejects.toBeInstanceOf(InvalidToken);
    }
  });

  it('describes and lists its state machines', async () => {
    await using bench = await openBench(waiting, waits);
    const { definition = '' } = await bench.client.send(
      new DescribeStateMachineCommand({ stateMachineArn: machineArn('machine') }),
    );
    expect(JSON.parse(definition)).toEqual(waiting);
    const { stateMachines } = await bench.client.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ name }) => name)).toEqual(['machine']);
  });

  it('loses an answer on demand, and the second try of the client finds the work done', async () => {
    let lost = 0;
    await using bench = await openBench(waiting, waits, {
      failures: ({ operation, when }) => {
        if (operation !== 'StartExecution' || when !== 'after' || lost > 0) return false;
        lost += 1;
        return true;
      },
    });
    await bench.start({}, { name: 'once' });
    const { executions } = await bench.client.send(
      new ListExecutionsCommand({ stateMachineArn: machineArn('machine') }),
    );
    expect({ lost, started: executions?.length }).toEqual({ lost: 1, started: 1 });
  });
});

describe('the history', () => {
  it('reads as the service writes it for a task with a token', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(waiting, invoke);
    const arn = await bench.start();
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{}' }));
    const events = await bench.history(arn);
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'TaskStateEntered'],
      [3, 2, 'TaskScheduled'],
      [4, 3, 'TaskStarted'],
      [5, 4, 'TaskSubmitted'],
      [6, 5, 'TaskSucceeded'],
      [7, 6, 'TaskStateExited'],
      [8, 7, 'ExecutionSucceeded'],
    ]);
    expect(events[2]?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
      timeoutInSeconds: 3_000_000,
    });
  });

  it('is paged, reversed and shown without data', async () => {
    await using bench = await openBench(waiting, waits);
    const arn = await bench.start({ secret: 1 });
    const read = (rest: object) =>
      bench.client.send(new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 3, ...rest }));
    const first = await read({ reverseOrder: true });
    const second = await read({ reverseOrder: true, nextToken: first.nextToken });
    expect([...(first.events ?? []), ...(second.events ?? [])].map(({ id }) => id)).toEqual([5, 4, 3, 2, 1]);
    expect(JSON.stringify(await read({ includeExecutionData: false }))).not.toContain('secret');
  });

  it('read backwards gives each event once while more are written', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(waiting, invoke);
    const executionArn = await bench.start();
    const read = (nextToken?: string) =>
      bench.client.send(
        new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 3, nextToken }),
      );
    const first = await read();
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{}' }));
    const second = await read(first.nextToken);
    expect([first, second].map(({ events = [] }) => events.map(({ id }) => id))).toEqual([
      [5, 4, 3],
      [2, 1],
    ]);
  });
});

describe('status changes', () => {
  it('have the shape of the event bus', async () => {
    await using bench = await openBench({
      StartAt: 'A',
      States: { A: { Type: 'Fail', Error: 'E', Cause: 'C' } },
    });
    const arn = await bench.start({ a: 1 });
    expect(bench.changes.map(({ detail }) => detail.status)).toEqual(['RUNNING', 'FAILED']);
    expect(bench.changes[1]).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      resources: [arn],
      detail: {
        executionArn: arn,
        stateMachineArn: machineArn('machine'),
        startDate: start.getTime(),
        stopDate: start.getTime(),
        input: '{"a":1}',
        output: null,
        error: 'E',
        cause: 'C',
      },
    });
  });
});

describe('a failure', () => {
  const details = (bench: Bench, arn: string) =>
    bench.history(arn).then((events) => events.at(-1)?.executionFailedEventDetails);

  it.each([
    [{}, {}],
    [{ Error: 'E' }, { error: 'E' }],
    [{ Cause: 'C' }, { cause: 'C' }],
  ])('by a Fail state with %j shows no more than that', async (given, shown) => {
    await using bench = await openBench({ StartAt: 'A', States: { A: { Type: 'Fail', ...given } } });
    const arn = await bench.start();
    const { error, cause, status } = await bench.describe(arn);
    expect({ status, ...JSON.parse(JSON.stringify({ error, cause })) }).toEqual({
      status: 'FAILED',
      ...shown,
    });
    expect(await details(bench, arn)).toEqual(shown);
    expect(bench.changes.at(-1)?.detail).toMatchObject({ error: null, cause: null, ...shown });
  });

  it('by SendTaskFailure without error and cause shows none', async () => {
    const { tokens, invoke } = collectTokens();
    await using bench = await openBench(waiting, invoke);
    const arn = await bench.start();
    await bench.client.send(new SendTaskFailureCommand({ taskToken: tokens[0] }));
    expect(await details(bench, arn)).toEqual({});
    expect((await bench.describe(arn)).error).toBeUndefined();
  });

  it('by SendTaskFailure without error and cause is caught as a failed task', async () => {
    const { tokens, invoke } = collectTokens();
    const ask = tokenTask({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }] });
    const states = { Ask: ask, Caught: { Type: 'Succeed' } };
    await using bench = await openBench({ StartAt: 'Ask', States: states }, invoke);
    const arn = await bench.start();
    await bench.client.send(new SendTaskFailureCommand({ taskToken: tokens[0] }));
    expect(await bench.describe(arn)).toMatchObject({ output: '{"Error":"","Cause":""}' });
  });

  it('by a time-out names it without a cause', async () => {
    await using bench = await openBench(waiting, waits);
    const arn = await bench.start();
    await bench.clock.jumpToNext();
    expect(await details(bench, arn)).toEqual({ error: 'States.Timeout' });
  });
});
