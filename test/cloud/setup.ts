import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import { startRegistryStub } from '../../infra/local/registry-stub.ts';
import { cacheFolder } from '../../tools/emulator/cache-folder.ts';
import { bootstrap, destroy, type Outputs } from '../../tools/emulator/deployment.ts';
import { type Emulator, emulatedRegion, freePort, startMinistack } from '../../tools/emulator/ministack.ts';
import { startOutside } from '../../tools/emulator/outside.ts';
import { release } from '../../tools/emulator/release.ts';
import { emulatorStage } from '../../tools/emulator/stage.ts';
import { uncoveredReport } from '../../tools/emulator/uncovered.ts';
import { pythonPrograms } from '../../tools/python/environment.ts';
import { writeRegistry } from './registry-file.ts';

/** The first release, as the suite finds it. */
export interface Cloud {
  readonly endpoint: string;
  readonly settings: Emulator['settings'];
  readonly outputs: Outputs;
}

declare module 'vitest' {
  export interface ProvidedContext {
    cloud: Cloud;
  }
}

/** The hour at which the trial begins, whatever the real one is. */
const begins = instantAt('2027-01-29', '09:00');

type Undo = () => Promise<unknown>;

async function undoAll(undos: readonly Undo[]): Promise<void> {
  for (const undo of undos.toReversed()) await undo();
}

/** Deploys the whole system; what it returns removes it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const undos: Undo[] = [];
  try {
    await start(project, undos);
  } catch (error) {
    await undoAll(undos);
    throw error;
  }
  return async () => {
    await undoAll(undos);
    process.stdout.write(`\n${uncoveredReport()}`);
  };
}

async function start(project: TestProject, undos: Undo[]): Promise<void> {
  const say = stopwatch();
  const programs = await pythonPrograms();
  say('Python environment');
  const port = await freePort();
  const registry = await startRegistryStub({ file: writeRegistry() });
  undos.push(() => registry.close());
  const outside = await startOutside(programs, {
    [`cognito-idp.${emulatedRegion}.amazonaws.com`]: `http://127.0.0.1:${port}`,
    [new URL(emulatorStage().registry.url).host]: registry.baseUrl,
  });
  undos.push(() => outside.close());
  const emulator = await startMinistack({ programs, port, environment: outside.environment });
  undos.push(() => emulator.stop());
  say('emulator');
  rmSync(join(cacheFolder, 'assembly'), { recursive: true, force: true });
  await bootstrap(emulator);
  say('cdk bootstrap');
  const clockOffset = Math.round((begins.getTime() - Date.now()) / 1_000);
  const outputs = await release(emulator, { name: 'first', clockOffset });
  undos.push(async () => {
    const say = stopwatch();
    await destroy(emulator);
    say('cdk destroy');
  });
  say('cdk deploy');
  const { endpoint, settings } = emulator;
  project.provide('cloud', { endpoint, settings, outputs });
}

function stopwatch(): (what: string) => void {
  let last = Date.now();
  return (what) => {
    const now = Date.now();
    process.stdout.write(`${what}: ${((now - last) / 1_000).toFixed(1)} s\n`);
    last = now;
  };
}
