import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { startOnboarding } from '../../../functions/application/start-onboarding.ts';
import { secretiveIntake, sirens } from '../../support/canaries.ts';
import { operator } from '../../tasks/bench.ts';
import { inFolder } from './small-folder.ts';
import { type Started, startSystem } from './started-system.ts';

let folder: string;
let system: Started | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
  await inFolder(folder, async ({ clock }) => clock.settled());
});
afterEach(async () => {
  system?.child.kill('SIGKILL');
  await system?.ended();
  rmSync(folder, { recursive: true });
});

/** The system on the folder, with a clock that stands. */
async function started(): Promise<string> {
  system = startSystem({ DATA_DIR: folder, PORT: '0' }, '--time-scale', '0');
  return system.ready();
}

/** From now on no file of the process may grow beyond this size: as a full disk, but for one process. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(system?.child.pid), `--fsize=${bytes}:unlimited`]);
}

async function tokenOf(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/idp/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from('demo-crm:demo-secret').toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'onboarding/read onboarding/write',
    }),
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

const intake = (siren: string) => ({
  ...{ siren, legalName: 'Agence', bodyType: 'company', contactName: 'Jeanne Martin' },
  ...{ contactEmail: 'jeanne@agence.example', language: 'fr', services: ['teams'], deadlineReason: 'none' },
});

function start(origin: string, token: string, siren: string, key: string): Promise<Response> {
  return fetch(`${origin}/api/onboardings`, {
    method: 'POST',
    headers: {
      ...{ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      'Idempotency-Key': key,
    },
    body: JSON.stringify(intake(siren)),
  });
}

it('answers 503 while the disk is full, and goes on afterwards with every file readable', async () => {
  const origin = await started();
  const token = await tokenOf(origin);
  const key = randomUUID();
  limitFiles(1);
  const refused = await start(origin, token, sirens[0], key);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ code: 'service_unavailable', status: 503 });
  const page = await fetch(`${origin}/sign-in`, { redirect: 'manual' });
  expect(page.status).toBeLessThan(500);

  limitFiles('unlimited');
  const accepted = await start(origin, token, sirens[0], key);
  expect(accepted.status).toBe(201);
  const { reference } = z.object({ reference: z.string() }).parse(await accepted.json());
  system?.child.kill('SIGTERM');
  expect(await system?.ended()).toBe(0);
  const { stage } = await inFolder(folder, async ({ store, clock }) => {
    await clock.settled();
    return (await store.onboardings.now(reference)).state;
  });
  expect(stage).toBe('INVITED');
  for (const name of ['log.jsonl', join('mailbox', 'mailbox.jsonl'), join('events', 'events.jsonl')]) {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);
    expect(() => lines.map((line) => JSON.parse(line)), name).not.toThrow();
  }
});

it('stops with one line when the journal cannot be written, and loses nothing that it answered', async () => {
  await inFolder(folder, async (runtime) => {
    for (const siren of sirens.slice(1, 3)) {
      const given = { ...secretiveIntake, siren };
      await startOnboarding(runtime, { scope: 'test', key: siren, body: '' }, given, operator);
    }
    await runtime.clock.settled();
  });
  const origin = await started();
  const token = await tokenOf(origin);
  // The log of the table was started anew and has room; the journal of the workflow, which a start comes to next, has none.
  const full = statSync(join(folder, 'step-functions.journal')).size;
  expect(full).toBeGreaterThan(statSync(join(folder, 'dynamodb.log')).size + 10_000);
  limitFiles(full);
  const answer = await start(origin, token, sirens[0], randomUUID()).catch(() => undefined);
  expect(await system?.ended()).toBe(1);
  expect(system?.said.stderr).toMatch(/^The journal \S+ cannot be written: [^\n]+\n$/);
  expect(system?.said.stdout).toBe(`Ready on ${origin}\n`);
  const found = await inFolder(folder, async ({ store, clock }) => {
    await clock.settled();
    return (await store.lists.bySiren(sirens[0], { limit: 2 })).items.map(({ stage }) => stage);
  });
  expect(found).toEqual(answer === undefined && found.length === 0 ? [] : ['INVITED']);
});
