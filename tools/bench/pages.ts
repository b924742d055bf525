import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Stage, stages } from '../../functions/domain/onboarding/lifecycle.ts';
import type { OnboardingState } from '../../functions/domain/onboarding/state.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { earlyWaves, prepareDemoData } from '../../infra/local/demo-data.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { openTrial, type Trial } from '../../test/support/trial.ts';
import { createMeter, type Meter } from './meter.ts';

/** Cost of one page in this process, from the request to the last byte. */
export const pageCost = z.object({
  page: z.string(),
  /** Milliseconds, without waiting for the table. */
  p50: z.number(),
  p99: z.number(),
  /** Requests to the table. */
  reads: z.number(),
  readUnits: z.number(),
  kilobytesGzip: z.number(),
});
type PageCost = z.infer<typeof pageCost>;

const repetitions = 500;
const start = new Date('2026-11-23T08:00:00Z');

type Visit = () => Promise<Response>;

/** One onboarding of the demonstration in each stage that it shows. */
async function onboardingsByStage({ runtime }: Trial): Promise<ReadonlyMap<Stage, OnboardingState>> {
  const first = await Promise.all(
    stages.map(async (stage) => (await runtime.store.lists.byStage(stage, { limit: 1 })).items[0]),
  );
  return new Map(first.flatMap((state) => (state === undefined ? [] : [[state.stage, state]])));
}

async function customerVisits(trial: Trial): Promise<readonly (readonly [string, Visit])[]> {
  const byStage = await onboardingsByStage(trial);
  const visits: (readonly [string, Visit])[] = [];
  for (const [stage, { reference, link: generation }] of byStage) {
    // Before the invitation there is no link, and at the end it opens nothing.
    if (generation === 0 || stage === 'CLOSED') continue;
    const browser = trial.browser();
    const link = await trial.linkOf(reference, generation);
    await browser.post(link);
    visits.push([`/status, ${stage}`, () => browser.get('/status')]);
    if (stage === 'ANSWERING') {
      visits.push(['/f/{token}', () => browser.get(link)]);
      for (const path of ['', '/check', ...sections.map(({ id }) => `/${id}`)]) {
        visits.push([`/questionnaire${path}`, () => browser.get(`/questionnaire${path}`)]);
      }
    }
  }
  return visits;
}

async function staffVisits(trial: Trial): Promise<readonly (readonly [string, Visit])[]> {
  const byStage = await onboardingsByStage(trial);
  const sales = await trial.staff({ roles: ['sales'], team: 'state', mail: 'sales.state@platform.example' });
  const operator = await trial.staff({ roles: ['operator'] });
  const [wave] = sampleCalendar(samplePlatform);
  const lists = [
    ...['/sales', '/sales?view=attention', '/sales/new'].map((path) => [path, sales, path] as const),
    ...['/operations', '/waves', '/waves/new', '/waves/waiting-list'].map(
      (path) => [path, operator, path] as const,
    ),
    ['/waves/{id}', operator, `/waves/${wave?.id}`] as const,
  ];
  const files = await Promise.all(
    [...byStage].map(async ([stage, { reference, team }]) => {
      const owner = await trial.staff({ roles: ['sales'], team });
      return [
        [`/sales/{reference}, ${stage}`, owner, `/sales/${reference}`] as const,
        [`/operations/{reference}, ${stage}`, operator, `/operations/${reference}`] as const,
      ];
    }),
  );
  return [...lists, ...files.flat()].map(([page, browser, path]) => [page, () => browser.get(path)] as const);
}

/** Adds up the time in which at least one request to the table is on its way. */
function createStopwatch() {
  let open = 0;
  let since = 0;
  let waited = 0;
  return {
    watch: (client: DynamoDBClient): void => {
      client.middlewareStack.add(
        (next) => async (args) => {
          if (open === 0) since = performance.now();
          open += 1;
          try {
            return await next(args);
          } finally {
            open -= 1;
            if (open === 0) waited += performance.now() - since;
          }
        },
        { step: 'initialize', name: 'stopwatch' },
      );
    },
    waited: (): number => waited,
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 100) / 100;
}

/** Asks for every kind of page again and again, with the data of the demonstration. */
export async function measurePages(): Promise<readonly PageCost[]> {
  const path = mkdtempSync(join(tmpdir(), 'pages-'));
  const folder = openDataFolder(path);
  const meter = createMeter();
  const stopwatch = createStopwatch();
  const demo = prepareDemoData(folder, start);
  const runtime = await startRuntime({
    dataFolder: folder,
    from: demo.startsAt,
    timeScale: 0,
    platform: samplePlatform,
    calendar: [...sampleCalendar(samplePlatform), ...earlyWaves(start)],
    registryFile: new URL('../../examples/registry.json', import.meta.url).pathname,
    hooks: {
      ...demo.hooks,
      onClient: (client) => {
        meter.watch(client);
        stopwatch.watch(client);
      },
    },
  });
  try {
    await demo.play(runtime);
    const trial = openTrial(runtime);
    const costs: PageCost[] = [];
    for (const [page, visit] of [...(await customerVisits(trial)), ...(await staffVisits(trial))]) {
      costs.push(await costOf(page, visit, meter, stopwatch.waited));
    }
    return costs;
  } finally {
    await runtime.close();
    folder.close();
    rmSync(path, { recursive: true });
  }
}

async function costOf(
  page: string,
  visit: Visit,
  meter: Pick<Meter, 'total' | 'count'>,
  waited: () => number,
): Promise<PageCost> {
  const before = meter.total();
  meter.count(true);
  const first = await visit();
  const html = await first.text();
  if (first.status !== 200) throw new Error(`${page} returned status ${first.status}`);
  const after = meter.total();
  // Weighing what was read takes time that no reader waits for.
  meter.count(false);
  const times: number[] = [];
  for (let turn = 0; turn < repetitions; turn += 1) {
    const from = performance.now() - waited();
    await (await visit()).text();
    times.push(performance.now() - waited() - from);
  }
  times.sort((a, b) => a - b);
  return {
    page,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    reads: after.requests - before.requests,
    readUnits: after.read - before.read,
    kilobytesGzip: Math.round(gzipSync(html).length / 102.4) / 10,
  };
}
