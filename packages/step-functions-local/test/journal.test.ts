import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, it } from 'vitest';
import { executionArn, machineArn } from '../src/arn.ts';
import { JournalError } from '../src/journal.ts';
import { collectTokens, openBench, start, tokenTask } from './bench.ts';
import { createClock } from './manual-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => {
  files += 1;
  return join(folder, `journal-${files}`);
};

const day = 86_400_000;
const asking = (rest: Record<string, unknown> = {}) => ({ StartAt: 'Ask', States: { Ask: tokenTask(rest) } });
const clockAt = (days: number) =>
  createClock({ start: new Date(start.getTime() + days * day), timeScale: 0 });

describe('after a restart', () => {
  it('the token of an attempt that failed is no longer taken in the pause before the next', async () => {
    const journalFile = newFile();
    const { tokens, invoke } = collectTokens();
    const retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 60 }];
    const definition = asking({ TimeoutSeconds: 60, Retry: retry });
    {
      await using bench = await openBench(definition, invoke, { journalFile });
      await bench.start();
      await bench.clock.jumpToNext();
    }
    await using bench = await openBench(definition, invoke, { journalFile });
    const late = bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '1' }));
    await expect(late).rejects.toBeInstanceOf(TaskTimedOut);
  });

  it('a token still counts, history goes on and the time-out keeps its instant', async () => {
    const journalFile = newFile();
    const { tokens, invoke } = collectTokens();
    const definition = asking({ TimeoutSeconds: 30 * 86_400 });
    const arns: string[] = [];
    {
      await using bench = await openBench(definition, invoke, { journalFile });
      arns.push(await bench.start({}, { name: 'answered' }), await bench.start({}, { name: 'silent' }));
    }
    const [answered = '', silent = ''] = arns;
    await using bench = await openBench(definition, invoke, { journalFile, clock: clockAt(20) });
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '1' }));
    expect(bench.clock.nextDeadline()).toEqual(new Date(start.getTime() + 30 * day));
    await bench.clock.jumpToNext();
    expect(await bench.describe(answered)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
    expect(await bench.describe(silent)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect((await bench.history(answered)).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(tokens).toHaveLength(2);
    expect(bench.server.countersOf(answered)).toEqual({ transitions: 1, invocations: 1 });
  });

  it('an execution follows the definition it was started with', async () => {
    const journalFile = newFile();
    const { tokens, invoke } = collectTokens();
    let arn = '';
    {
      await using bench = await openBench(asking({ ResultPath: '$.old' }), invoke, { journalFile });
      arn = await bench.start();
    }
    await using bench = await openBench(asking({ ResultPath: '$.new' }), invoke, { journalFile });
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '1' }));
    expect(await bench.describe(arn)).toMatchObject({ output: '{"old":1}' });
    await bench.start();
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: tokens[1], output: '1' }));
    expect(bench.changes.at(-1)?.detail.output).toBe('{"new":1}');
  });

  it('a status change that was not taken is delivered again', async () => {
    const journalFile = newFile();
    const faults: unknown[] = [];
    {
      await using bench = await openBench(asking(), collectTokens().invoke, {
        journalFile,
        onStatusChange: () => Promise.reject(new Error('bus down')),
        report: (fault) => void faults.push(fault),
      });
      await bench.start();
    }
    await using bench = await openBench(asking(), collectTokens().invoke, { journalFile });
    await bench.clock.settled();
    expect(bench.changes.map(({ detail }) => detail.status)).toEqual(['RUNNING']);
    expect(faults).toHaveLength(3);
  });
});

describe('a journal of release 0.1.0', () => {
  const released = join(import.meta.dirname, 'release-0.1.0.journal');
  const machine: unknown = JSON.parse(readFileSync(released, 'utf8').split('\n')[1] ?? '').definition;
  const open = async (calls: unknown[]) => {
    const journalFile = newFile();
    copyFileSync(released, journalFile);
    return openBench(
      machine,
      async (_, payload) => {
        calls.push(payload);
        return { outcome: 'DONE' };
      },
      { journalFile },
    );
  };

  it('shows every execution as it was left, and calls again what was being called', async () => {
    const calls: unknown[] = [];
    await using bench = await open(calls);
    await bench.clock.settled();
    const list = new ListExecutionsCommand({ stateMachineArn: machineArn('machine') });
    const { executions = [] } = await bench.client.send(list);
    expect(executions.map(({ name, status }) => [name, status])).toEqual([
      ['slow', 'SUCCEEDED'],
      ['stopped', 'ABORTED'],
      ['unsent', 'RUNNING'],
      ['done', 'SUCCEEDED'],
      ['broken', 'FAILED'],
      ['busy', 'RUNNING'],
      ['silent', 'RUNNING'],
      ['answered', 'SUCCEEDED'],
    ]);
    expect(calls).toEqual([{ kind: 'slow' }]);
    expect(bench.changes.map(({ detail }) => [detail.name, detail.status])).toEqual([
      ['unsent', 'RUNNING'],
      ['slow', 'SUCCEEDED'],
    ]);
  });

  it('goes on: a pause ends, tokens count, time-outs keep their instants, a failed run is redriven', async () => {
    const calls: unknown[] = [];
    await using bench = await open(calls);
    await bench.clock.jumpToNext();
    expect(await bench.describe(executionArn('machine', 'busy'))).toMatchObject({ status: 'SUCCEEDED' });
    const silent = executionArn('machine', 'silent');
    const scheduled = (await bench.history(silent)).find(({ type }) => type === 'TaskScheduled');
    const { token }: { token: string } = JSON.parse(
      scheduled?.taskScheduledEventDetails?.parameters ?? '',
    ).Payload;
    await bench.client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{"by":"token"}' }));
    expect(await bench.describe(silent)).toMatchObject({ output: '{"by":"token"}' });
    expect(bench.clock.nextDeadline()).toEqual(new Date(start.getTime() + 14 * day));
    await bench.client.send(new RedriveExecutionCommand({ executionArn: executionArn('machine', 'broken') }));
    await bench.clock.settled();
    expect(await bench.describe(executionArn('machine', 'broken'))).toMatchObject({ status: 'SUCCEEDED' });
    expect(calls).toEqual([{ kind: 'slow' }, { kind: 'busy' }, { kind: 'broken' }]);
  });
});

describe('a journal file', () => {
  const fill = async (): Promise<string> => {
    const journalFile = newFile();
    await using bench = await openBench(asking(), collectTokens().invoke, { journalFile });
    await bench.start({}, { name: 'kept' });
    return journalFile;
  };

  it('is read past a torn last line, which is then gone', async () => {
    const journalFile = await fill();
    appendFileSync(journalFile, '{"x":1,"facts":{"arn"');
    await using bench = await openBench(asking(), collectTokens().invoke, { journalFile });
    expect(await bench.start({}, { name: 'kept' })).toContain('kept');
    expect(readFileSync(journalFile, 'utf8')).not.toContain('"facts":{"arn"{');
    expect(existsSync(`${journalFile}.new`)).toBe(false);
  });

  it('is refused with its line when it is damaged elsewhere', async () => {
    const journalFile = await fill();
    const lines = readFileSync(journalFile, 'utf8').split('\n');
    lines[1] = lines[1]?.slice(0, 20) ?? '';
    writeFileSync(journalFile, lines.join('\n'));
    const opening = openBench(asking(), collectTokens().invoke, { journalFile });
    await expect(opening).rejects.toThrow(JournalError);
    await expect(openBench(asking(), undefined, { journalFile })).rejects.toThrow(/damaged at line 2/);
  });
});
