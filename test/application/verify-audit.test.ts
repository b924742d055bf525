import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '@onboarding/dynamodb-local';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { changeWave } from '../../functions/application/change-wave.ts';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { type Key, keys } from '../../functions/store/keys.ts';
import { clientOf } from '../../infra/local/aws-client.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { tableName } from '../../infra/local/services.ts';
import { verify } from '../../infra/local/verify-audit.ts';
import { operator, start } from './bench.ts';

const wave = 'paris-2027-05-04';
let whole: string;
let folder: string;
let withdrawn: string;
let printed: string;

/** A folder with an onboarding that was withdrawn, one that was erased, and a wave that was changed twice. */
beforeAll(async () => {
  whole = mkdtempSync(join(tmpdir(), 'audit-'));
  const dataFolder = openDataFolder(whole);
  const runtime = await startRuntime({
    ...{ dataFolder, from: new Date('2026-11-23T08:00:00Z'), timeScale: 0, platform: samplePlatform },
    calendar: sampleCalendar(samplePlatform),
    registryFile: new URL('../../examples/registry.json', import.meta.url).pathname,
  });
  withdrawn = await start(runtime, 1);
  const erased = await start(runtime, 2);
  await runtime.clock.settled();
  await withdraw(runtime, withdrawn, 'Le projet est abandonné', operator);
  await eraseOnboarding(runtime, erased, 'asked_by_person', operator);
  await changeWave(runtime, 'paris', wave, { transition: 'freeze', reason: 'Travaux' }, operator);
  await changeWave(runtime, 'paris', wave, { transition: 'reopen' }, operator);
  await runtime.clock.settled();
  await runtime.close();
  dataFolder.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  cpSync(whole, folder, { recursive: true });
  printed = '';
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(() => rmSync(whole, { recursive: true, force: true }));

const check = () =>
  verify(['--data', folder], (text) => {
    printed += text;
  });

type Stored = Readonly<Record<string, unknown>>;

/** Changes the table behind the program's back. */
async function tamper(act: (table: Tampered) => Promise<void>): Promise<void> {
  const dynamoDb = await startDynamoDb({ folder });
  const client = new DynamoDBClient(clientOf(dynamoDb));
  const table: DynamoDBDocumentClient = documentClient(client);
  const get = async (key: Key): Promise<Stored> =>
    (await table.send(new GetCommand({ TableName: tableName, Key: key }))).Item ?? {};
  const put = async (item: Stored): Promise<void> => {
    await table.send(new PutCommand({ TableName: tableName, Item: { ...item } }));
  };
  await act({
    get,
    put,
    change: async (key, changes) => put({ ...(await get(key)), ...changes }),
    remove: async (key) => {
      await table.send(new DeleteCommand({ TableName: tableName, Key: key }));
    },
  });
  client.destroy();
  await dynamoDb.close();
}

interface Tampered {
  get(key: Key): Promise<Stored>;
  put(item: Stored): Promise<void>;
  change(key: Key, changes: Stored): Promise<void>;
  remove(key: Key): Promise<void>;
}

it('holds for a folder that only this program has written, erasures included', async () => {
  expect(await check(), printed).toBe(0);
  expect(printed).toMatch(/^\d+ events of 2 onboardings and \d+ waves checked: 0 broken\.\n$/);
});

const event = (number: number) => keys.event(withdrawn, number);

const acts: Readonly<Record<string, readonly [(table: Tampered) => Promise<void>, () => string]>> = {
  'another actor': [
    (table) => table.change(event(2), { who: { kind: 'operator', id: 'someone@else.example' } }),
    () => `onboarding ${withdrawn}: event 2 was altered`,
  ],
  'another reason': [
    async (table) => {
      const { version } = await table.get(keys.state(withdrawn));
      const last = event(Number(version));
      expect((await table.get(last))['why']).toBe('Le projet est abandonné');
      await table.change(last, { why: 'Refusé' });
    },
    () => `onboarding ${withdrawn}: event 4 was altered`,
  ],
  'an event that is gone': [
    (table) => table.remove(event(3)),
    () => `onboarding ${withdrawn}: event 3 is missing`,
  ],
  'the first event gone': [
    (table) => table.remove(event(1)),
    () => `onboarding ${withdrawn}: event 1 is missing`,
  ],
  'the last event gone': [
    async (table) => table.remove(event(Number((await table.get(keys.state(withdrawn)))['version']))),
    () => `onboarding ${withdrawn}: event 4 is missing`,
  ],
  'two events in each other’s place': [
    async (table) => {
      const [two, three] = [await table.get(event(2)), await table.get(event(3))];
      await table.put({ ...two, ...event(3) });
      await table.put({ ...three, ...event(2) });
    },
    () => `onboarding ${withdrawn}: event 2 is missing`,
  ],
  'two events whose numbers were changed too': [
    async (table) => {
      const [two, three] = [await table.get(event(2)), await table.get(event(3))];
      await table.put({ ...two, ...event(3), number: 3 });
      await table.put({ ...three, ...event(2), number: 2 });
    },
    () => `onboarding ${withdrawn}: event 2 was altered`,
  ],
  'an event put at the end': [
    async (table) => table.put({ ...(await table.get(event(4))), ...event(5), number: 5 }),
    () => `onboarding ${withdrawn}: event 5 was added after the last one`,
  ],
  'another reason of a wave': [
    (table) => table.change(keys.waveEvent(wave, 2), { why: 'Incendie' }),
    () => `wave ${wave}: event 2 was altered`,
  ],
  'a change of a wave gone': [
    (table) => table.remove(keys.waveEvent(wave, 3)),
    () => `wave ${wave}: event 3 is missing`,
  ],
  'the first change of a wave gone': [
    (table) => table.remove(keys.waveEvent(wave, 1)),
    () => `wave ${wave}: event 1 is missing`,
  ],
  'a change of a wave without its hash': [
    async (table) => {
      const { hash: _, previousHash: __, ...item } = await table.get(keys.waveEvent(wave, 3));
      await table.put({ ...item, why: 'Autre' });
    },
    () => `wave ${wave}: event 3 was altered`,
  ],
  'the change of another wave': [
    async (table) =>
      table.put({
        ...(await table.get(keys.waveEvent('sud-2027-05-04', 1))),
        ...keys.waveEvent(wave, 1),
      }),
    () => `wave ${wave}: event 1 was altered`,
  ],
};

it.each(Object.entries(acts))('finds %s, and names it', async (_, [act, line]) => {
  await tamper(act);
  expect(await check()).toBe(1);
  expect(printed).toContain(`${line()}\n`);
  expect(printed).toContain(': 1 broken.');
});

it('says what it cannot read, and nothing else of it', async () => {
  await tamper(async (table) => {
    await table.change(event(2), { at: 'yesterday' });
    await table.change(keys.waveEvent(wave, 2), { at: 'yesterday' });
  });
  expect(await check()).toBe(1);
  expect(printed).toMatch(
    new RegExp(`^not readable by this release: ${withdrawn}, ${wave}\\n.* checked: 0 broken\\.\\n$`),
  );
});

it.each([
  [[], 2, 'Usage: npm run verify-audit -- --data DIR'],
  [['--data', tmpdir()], 1, 'is not a data folder of this system: nothing was checked'],
])('answers %j with %i and says why', async (args, code, words) => {
  const said: string[] = [];
  expect(await verify(args, (text) => said.push(text))).toBe(code);
  expect(said.join('')).toContain(words);
});
