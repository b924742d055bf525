import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eraseOnboarding, finishErasure, verifyErasure } from '../../functions/application/erase.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { keys } from '../../functions/store/keys.ts';
import { clientOf } from '../../infra/local/aws-client.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { erase } from '../../infra/local/erase.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { secretiveIntake, sirens } from '../support/canaries.ts';
import { operator } from '../tasks/bench.ts';

let folder: string;
let printed = '';
const print = (text: string) => {
  printed += text;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'erase-'));
  printed = '';
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function inFolder<T>(act: (runtime: Runtime) => Promise<T>): Promise<T> {
  const dataFolder = openDataFolder(folder);
  const runtime = await startRuntime({
    ...{
      dataFolder,
      from: new Date('2026-11-23T08:00:00Z'),
      timeScale: 0,
      platform: samplePlatform,
      calendar: [],
    },
    registryFile: new URL('../../examples/registry.json', import.meta.url).pathname,
  });
  try {
    return await act(runtime);
  } finally {
    await runtime.close();
    dataFolder.close();
  }
}

/** Names of the files, other than those of the mailbox, that hold something of the person. */
function filesWithCanaries(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('mailbox') && statSync(join(folder, name)).isFile())
    .filter((name) => /canari/i.test(readFileSync(join(folder, name), 'utf8')));
}

/** Stores a page that was being saved while the erasure ran. */
async function saveLate({ dynamoDb, tableName }: Runtime, reference: string): Promise<void> {
  const client = new DynamoDBClient(clientOf(dynamoDb));
  const Item = { ...keys.wholeDraft(reference), name: 'Camille Canaribleu' };
  await documentClient(client).send(new PutCommand({ TableName: tableName, Item }));
  client.destroy();
}

async function onboarding(): Promise<string> {
  return inFolder(async (runtime) => {
    const given = { ...secretiveIntake, siren: sirens[0] };
    const reference = await startOnboarding(runtime, { scope: 'cli', key: '1', body: '' }, given, operator);
    await runtime.clock.settled();
    return reference;
  });
}

it('erases an onboarding of a data folder, prints the proof, and says where mails remain', async () => {
  const reference = await onboarding();
  expect(await erase([reference.toLowerCase(), '--data', folder], print)).toBe(0);
  expect(printed).toContain('"verified": true');
  expect(printed).toContain('"digest"');
  expect(printed).toContain(join(folder, 'mailbox'));
  expect(printed).not.toMatch(/canari/i);
  await inFolder(async (runtime) => {
    expect(await verifyErasure(runtime, reference)).toMatchObject({ erased: true });
    const { state } = await runtime.store.onboardings.now(reference);
    expect(state).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
  });
  printed = '';
  expect(await erase([reference, '--data', folder], print), 'a second time').toBe(0);
});

it('leaves the clock of the folder where it was', async () => {
  const reference = await onboarding();
  const before = readFileSync(join(folder, 'clock.json'), 'utf8');
  expect(await erase([reference, '--data', folder], print)).toBe(0);
  expect(readFileSync(join(folder, 'clock.json'), 'utf8')).toBe(before);
  expect(JSON.parse(before)).toBe('2026-11-23T08:00:00.000Z');
});

it('leaves nothing of the person in any file but the mails that were sent', async () => {
  const reference = await onboarding();
  expect(filesWithCanaries()).toContain('dynamodb.log');
  await erase([reference, '--data', folder], print);
  expect(filesWithCanaries()).toEqual([]);
});

it('takes what a running system erases off the disk at once, also when someone comes back to it', async () => {
  const reference = await onboarding();
  await inFolder(async (runtime) => {
    await eraseOnboarding(runtime, reference, 'asked_by_person', operator);
    expect(filesWithCanaries()).toEqual([]);
    await saveLate(runtime, reference);
    expect(filesWithCanaries()).toEqual(['dynamodb.log']);
    await finishErasure(runtime, reference);
    expect(filesWithCanaries()).toEqual([]);
  });
});

it('says that there is no such onboarding', async () => {
  const reference = await onboarding();
  rmSync(folder, { recursive: true, force: true });
  await inFolder(async () => undefined);
  expect(await erase([reference, '--data', folder], print)).toBe(1);
  expect(printed).toContain('No onboarding has this reference');
});

it.each(['a folder that is none of ours', 'no folder at all'])('creates nothing in %s', async (what) => {
  const other = what === 'no folder at all' ? join(folder, 'nowhere') : folder;
  expect(await erase(['R594-K4XK', '--data', other], print)).toBe(1);
  expect(printed).toBe(`${other} is not a data folder of this system: nothing was erased.\n`);
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['no reference', ['--data', 'DIR']],
  ['a reference that cannot be', ['AAAA-AAAA', '--data', 'DIR']],
  ['no data folder', ['R594-K4XK']],
  ['a reason that is none', ['R594-K4XK', '--data', 'DIR', '--reason', 'because']],
])('shows how it is used for %s, and opens nothing', async (_name, args) => {
  expect(
    await erase(
      args.map((each) => (each === 'DIR' ? folder : each)),
      print,
    ),
  ).toBe(2);
  expect(printed).toContain('npm run erase -- REFERENCE --data DIR');
  expect(readdirSync(folder)).toEqual([]);
});
