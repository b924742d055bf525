import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '@onboarding/dynamodb-local';
import { expect } from 'vitest';
import { systemClock } from '../../functions/platform/clock.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { createStore, type Store } from '../../functions/store/store.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { openEventPage } from '../../infra/local/event-page.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { randomFrom } from '../support/random.ts';

const onboardings = 12;
const child = fileURLToPath(new URL('./story-child.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: string;
}

/** Runs the story in a process of its own, until it ends or kills itself. */
export function tell(orders: object): Promise<Ended> {
  const process = spawn(globalThis.process.execPath, [
    child,
    JSON.stringify({ onboardings, killAtWrite: 0, killAtTask: 0, ...orders }),
  ]);
  let error = '';
  process.stderr.on('data', (chunk: Buffer) => {
    error += chunk.toString();
  });
  return new Promise((resolve) => {
    process.on('close', (code, signal) => resolve({ code, signal, error }));
  });
}

/** Kills the system at as many seeded moments as told, starts it again each time, and looks at what is left. */
export async function killAndRestart(seed: number, kills: number): Promise<void> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'story-'));
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      // A story has some 370 writes and 90 tasks; every third death comes between a task's write and its answer.
      const most = Math.floor(300 / kills);
      const at = 1 + Math.floor(random() * most);
      const orders = kill % 3 === 2 ? { killAtTask: 1 + (at % 12) } : { killAtWrite: at };
      expect(await tell({ folder, ...orders })).toMatchObject({ signal: 'SIGKILL', error: '' });
    }
    expect(await tell({ folder })).toEqual({ code: 0, signal: null, error: '' });
    await checkNothingLost(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function checkNothingLost(path: string): Promise<void> {
  const folder = openDataFolder(path);
  const db = await startDynamoDb({ folder: folder.path });
  const client = new DynamoDBClient({
    endpoint: db.endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await checkStore(createStore(documentClient(client), 'onboarding', systemClock), folder.file('events'));
  } finally {
    client.destroy();
    await db.close();
    folder.close();
  }
}

async function checkStore(store: Store, eventFolder: string): Promise<void> {
  const { items } = await store.lists.byStage('CLOSED', { limit: 100 });
  expect(items).toHaveLength(onboardings);
  expect(items.filter(({ outcome }) => outcome === 'HANDED_OVER')).toHaveLength(onboardings - 1);
  expect(items.filter(({ outcome }) => outcome === 'UNANSWERED')).toHaveLength(1);
  const published = openEventPage(eventFolder).list();
  let booked = 0;
  for (const { reference, outcome, version, run } of items) {
    const events = await store.onboardings.events(reference);
    expect(events).toHaveLength(version);
    expect(firstBrokenEvent(events)).toBeUndefined();
    const once = ['STARTED', 'QUALIFIED', 'INVITED', 'CLOSED', 'HANDED_OVER', 'HYPERCARE_ENDED'];
    for (const type of once) {
      expect(events.filter((event) => event.type === type).length).toBeLessThanOrEqual(1);
    }
    const handedOver = outcome === 'HANDED_OVER' ? 1 : 0;
    expect(events.filter(({ type }) => type === 'HANDED_OVER')).toHaveLength(handedOver);
    expect(
      published.filter((event) => event.reference === reference && event.type === 'OnboardingHandedOver'),
    ).toHaveLength(handedOver);
    expect(run.number).toBe(1);
    if ((await store.onboardings.now(reference)).booking !== undefined) booked += 1;
  }
  const waves = await store.waves.calendar(['paris', 'sud']);
  expect(waves.reduce((sum, wave) => sum + wave.booked.customers, 0)).toBe(booked);
  expect(booked).toBe(onboardings - 1);
  expect(await store.outbox.pending(10)).toEqual([]);
  expect((await store.waitingList.page({ limit: 10 })).items).toEqual([]);
}
