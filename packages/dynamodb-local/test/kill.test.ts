import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDynamoDb } from '../src/server.ts';
import { connect, scanAll } from './clients.ts';

/** After how many answered writes the process is killed, and how many milliseconds later. */
const MOMENTS = [
  [1, 0],
  [7, 3],
  [60, 1],
  [150, 7],
  [400, 2],
] as const;

let path: string;
const answered: string[] = [];

beforeAll(() => {
  path = mkdtempSync(join(tmpdir(), 'dynamodb-kill-'));
});
afterAll(() => rmSync(path, { recursive: true }));

async function writeAndKill(round: number, writes: number, delayMs: number): Promise<void> {
  const writer = fileURLToPath(new URL('./busy-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [writer, path, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let seen = 0;
  for await (const line of createInterface(child.stdout)) {
    answered.push(line);
    seen += 1;
    if (seen === writes) setTimeout(() => child.kill('SIGKILL'), delayMs);
  }
  expect((await ended)[1]).toBe('SIGKILL');
}

it.each(MOMENTS)(
  'keeps every answered write and no half transaction when killed after %i answers and %i ms',
  async (writes, delayMs) => {
    await writeAndKill(
      MOMENTS.findIndex(([count]) => count === writes),
      writes,
      delayMs,
    );

    const db = await startDynamoDb({ folder: path });
    const { client, documents } = connect(db.endpoint);
    const items = await scanAll(documents);
    const entries = await scanAll(documents, 'by-stage');
    client.destroy();
    await db.close();

    const name = (item: Record<string, unknown>) => `${String(item['pk'])} ${String(item['sk'])}`;
    const there = new Set(items.map(name));
    const acknowledged = (kind: string) =>
      answered.flatMap((line) => (line.startsWith(`${kind} `) ? [line.slice(kind.length + 1)] : []));
    expect(acknowledged('put').filter((id) => !there.has(`${id} put`))).toEqual([]);

    const parts = (id: string) => ['a', 'b', 'c'].filter((part) => there.has(`${id} ${part}`)).length;
    expect(acknowledged('book').filter((id) => parts(id) !== 3)).toEqual([]);
    const booked = items.map(({ pk }) => String(pk)).filter((pk) => pk.startsWith('book-'));
    expect(booked.filter((id) => parts(id) !== 3)).toEqual([]);

    const total = Number(items.find(({ pk }) => pk === 'counter')?.['counted'] ?? 0);
    expect(total).toBeGreaterThanOrEqual(acknowledged('count').length);
    // One count may have been under way in each round.
    expect(total).toBeLessThanOrEqual(acknowledged('count').length + MOMENTS.length);

    const sorted = (list: Record<string, unknown>[]) => list.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
    expect(sorted(entries)).toEqual(sorted(items));
  },
);
