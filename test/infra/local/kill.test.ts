import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '@onboarding/dynamodb-local';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { killAndRestart, tell } from '../../faults/kill-and-restart.ts';

it(
  'loses no onboarding, place, wake-up or message when it is killed at five moments',
  () => killAndRestart(20_261_123, 5),
  120_000,
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('reports in one line that another process uses the data folder', async () => {
  const mine = openDataFolder(folder);
  const ended = await tell({ folder });
  mine.close();
  expect(ended.code).toBe(1);
  expect(ended.error).toMatch(/^The data folder .* is in use by process \d+: .*\n$/);
});

it('reports damaged data in one line, and leaves it unchanged', async () => {
  expect((await tell({ folder, killAtWrite: 20 })).signal).toBe('SIGKILL');
  const path = join(folder, 'dynamodb.log');
  const damaged = readFileSync(path, 'utf8').replace('REGISTERED', 'REGISTRATION');
  writeFileSync(path, damaged);
  const ended = await tell({ folder });
  expect(ended.code).toBe(1);
  expect(ended.error).toMatch(/^The data file .* is damaged .*\n$/);
  expect(readFileSync(path, 'utf8')).toBe(damaged);
});

it('reports in one line that its port is in use', async () => {
  const other = createServer();
  const { port } = await startDynamoDb().then(async (db) => {
    await db.close();
    return db;
  });
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const ended = await tell({ folder, dynamoDbPort: port });
  other.close();
  expect(ended.code).toBe(1);
  expect(ended.error).toMatch(/^Port \d+ is in use by another program: .*\n$/);
});
