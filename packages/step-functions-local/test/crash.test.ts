import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, it } from 'vitest';
import { executionArn, machineArn } from '../src/arn.ts';
import { clientOf, start } from './bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'step-functions-'));
const children: { kill(signal: 'SIGKILL'): boolean }[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const journalFile = join(folder, 'journal');
const tokenFile = join(folder, 'tokens');
const changeFile = join(folder, 'changes');
const linesOf = (file: string): string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

/** Every life of the server starts a few more executions, so that each has something to die in. */
const executionsUpTo = (life: number): string[] =>
  Array.from({ length: (life + 1) * 4 }, (_, index) => `run-${index}`);
/** Where each life of the server ends: in the middle of a step, between call and save, between save and answer. */
const deaths = [
  { killAt: 'state', killCount: 17 },
  { killAt: 'invoke', killCount: 9 },
  { killAt: 'answer', killCount: 5 },
  { killAt: 'change', killCount: 3 },
  { killAt: 'invoke', killCount: 23 },
  { killAt: 'state', killCount: 41 },
  { killAt: 'answer', killCount: 13 },
] as const;

type Child = ChildProcessByStdio<null, Readable, null>;
type Orders = { readonly killAt: string; readonly killCount: number };

async function live(life: number, orders: Orders): Promise<{ child: Child; port: number | undefined }> {
  const at = new Date(start.getTime() + life * 86_400_000).toISOString();
  const argument = JSON.stringify({ journalFile, tokenFile, changeFile, start: at, ...orders });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-child.ts'), argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const port = await new Promise<number | undefined>((resolve) => {
    child.stdout.once('data', (text) => resolve(Number(text)));
    child.once('exit', () => resolve(undefined));
  });
  return { child, port };
}

const ended = (child: Child): boolean => child.exitCode !== null || child.signalCode !== null;
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Answers that were confirmed, by token. */
const confirmed = new Map<string, string>();
const closed = new Set<string>();

async function startAll(client: SFNClient, life: number): Promise<void> {
  for (const name of executionsUpTo(life)) {
    const command = new StartExecutionCommand({
      stateMachineArn: machineArn('crash'),
      name,
      input: '{}',
    });
    await client.send(command).catch((fault: unknown) => {
      if (!(fault instanceof ExecutionAlreadyExists)) throw fault;
    });
  }
}

async function answerAll(client: SFNClient, life: number): Promise<void> {
  for (const taskToken of linesOf(tokenFile).filter((token) => !closed.has(token))) {
    const answer = `${taskToken.slice(0, 6)} in life ${life}`;
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) }));
      if (confirmed.has(taskToken)) throw new Error('The same token was completed twice');
      confirmed.set(taskToken, answer);
    } catch (fault) {
      if (!(fault instanceof TaskTimedOut)) throw fault;
      closed.add(taskToken);
    }
  }
}

async function allEnded(client: SFNClient, life: number): Promise<boolean> {
  for (const name of executionsUpTo(life)) {
    const command = new DescribeExecutionCommand({ executionArn: executionArn('crash', name) });
    if ((await client.send(command)).status === 'RUNNING') return false;
  }
  return true;
}

/** Drives the server until it dies or all is done. */
async function drive(child: Child, port: number, life: number): Promise<void> {
  const client = clientOf(`http://127.0.0.1:${port}`);
  for (let done = false; !done && !ended(child); ) {
    try {
      await startAll(client, life);
      await answerAll(client, life);
      done = await allEnded(client, life);
    } catch (fault) {
      await pause(100);
      if (!ended(child)) throw fault;
    }
    await pause(10);
  }
  client.destroy();
}

describe('a server killed again and again', () => {
  it('ends every execution once, with one result, and loses no confirmed answer', async () => {
    for (const [life, orders] of deaths.entries()) {
      const { child, port } = await live(life, orders);
      if (port !== undefined) await drive(child, port, life);
      // A server that outlives its orders would make the rest of the test mean nothing.
      expect(child.signalCode).toBe('SIGKILL');
    }
    const { child, port = 0 } = await live(deaths.length, { killAt: 'never', killCount: 0 });
    await drive(child, port, deaths.length);

    const client = clientOf(`http://127.0.0.1:${port}`);
    const changes = linesOf(changeFile).map((line): { id: string; name: string; status: string } =>
      JSON.parse(line),
    );
    for (const name of executionsUpTo(deaths.length)) {
      const arn = executionArn('crash', name);
      const { status, output = '' } = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
      expect(status).toBe('SUCCEEDED');
      const answer: string = JSON.parse(output).answer;
      const { events = [] } = await client.send(
        new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000 }),
      );
      const tokens = linesOf(tokenFile).filter((token) => answer.startsWith(token.slice(0, 6)));
      expect(new Set(tokens).size).toBe(1);
      expect(confirmed.get(tokens[0] ?? '') ?? answer).toBe(answer);
      expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
      expect(events.filter(({ type }) => type === 'ExecutionSucceeded')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'TaskSubmitted').length).toBeLessThanOrEqual(1);
      expect(events.filter(({ type }) => type === 'PassStateExited').length).toBeGreaterThanOrEqual(1);
      const ids = (wanted: string) =>
        new Set(
          changes.filter((change) => change.name === name && change.status === wanted).map(({ id }) => id),
        );
      expect([ids('RUNNING').size, ids('SUCCEEDED').size]).toEqual([1, 1]);
    }
    client.destroy();
  });
});
