import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyErasure } from '../../functions/application/erase.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
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

it('says that there is no such onboarding', async () => {
  const reference = await onboarding();
  const other = await inFolder(async () => folder);
  rmSync(other, { recursive: true, force: true });
  expect(await erase([reference, '--data', folder], print)).toBe(1);
  expect(printed).toContain('No onboarding has this reference');
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
