import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '@onboarding/dynamodb-local';
import { stages } from '../../functions/domain/onboarding/lifecycle.ts';
import type { OnboardingState } from '../../functions/domain/onboarding/state.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { systemClock } from '../../functions/platform/clock.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { createStore, type Store } from '../../functions/store/store.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { inProcess } from '../../infra/local/in-process-client.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { expected, type Facts, factsSchema } from './expected.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const recording = here('data-070ba32');

/** Unpacks the recording in a place of its own: what is opened is also written to. */
function unpackRecording(): string {
  const copy = mkdtempSync(join(tmpdir(), 'recorded-'));
  for (const name of readdirSync(recording, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.gz')) continue;
    const target = join(copy, name.slice(0, -'.gz'.length));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, gunzipSync(readFileSync(join(recording, name))));
  }
  return copy;
}

/** The recorded table alone: without a workflow engine and a dispatcher nothing in it moves. */
export async function openTable(): Promise<{ readonly store: Store; close(): Promise<void> }> {
  const folder = openDataFolder(unpackRecording());
  const db = await startDynamoDb({ folder: folder.path });
  const client = new DynamoDBClient({
    ...{ endpoint: db.endpoint, region: 'eu-west-3' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...inProcess(db.answer),
  });
  return {
    store: createStore(documentClient(client), 'onboarding', systemClock),
    close: async () => {
      client.destroy();
      await db.close();
      folder.close();
      rmSync(folder.path, { recursive: true });
    },
  };
}

/** The whole system on the recording, once it has nothing left to do; its clock moves only when told. */
export async function takeUp(): Promise<{ readonly runtime: Runtime; close(): Promise<void> }> {
  const folder = openDataFolder(unpackRecording());
  const runtime = await startRuntime({
    dataFolder: folder,
    from: new Date('2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform: samplePlatform,
    calendar: [],
    registryFile: here('../../examples/registry.json'),
  });
  await runtime.clock.settled();
  return {
    runtime,
    close: async () => {
      await runtime.close();
      folder.close();
      rmSync(folder.path, { recursive: true });
    },
  };
}

/** Stages in which an onboarding may be for the business. */
export const businessStages = stages;

/** The onboardings whose run has failed: together with the stages above, all that is known here of how that is told. */
export async function failedOnes({ lists }: Store): Promise<readonly OnboardingState[]> {
  return (await lists.failed({ limit: 100 })).items;
}

/** Where each onboarding of the recording stands, by reference. */
export async function readFacts(store: Store): Promise<ReadonlyMap<string, Facts>> {
  const failed = new Set((await failedOnes(store)).map(({ reference }) => reference));
  const facts = new Map<string, Facts>();
  for (const { reference } of expected.onboardings) {
    facts.set(reference, await factsOf(store, reference, failed.has(reference)));
  }
  return facts;
}

async function factsOf(store: Store, reference: string, failed: boolean): Promise<Facts> {
  const { state, wait, booking } = await store.onboardings.now(reference);
  const { outcome, cause, reviewKind, run } = state;
  return factsSchema.parse({
    stage: state.stage,
    ...(failed ? { failed } : {}),
    ...{ outcome, because: cause, reviewKind, run: run.number },
    wait: wait === undefined ? undefined : { kind: wait.kind, decision: wait.decision },
    booking: booking === undefined ? undefined : { wave: booking.wave, status: booking.status },
  });
}
