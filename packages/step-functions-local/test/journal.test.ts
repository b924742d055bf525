import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, it } from 'vitest';
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

  it('a status change that was not taken is told again', async () => {
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
