import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { validateAnswers } from '../../functions/domain/questionnaire/validate-answers.ts';
import { assess } from '../../functions/domain/readiness/assessment.ts';
import { effortFrom } from '../../functions/domain/waves/demand-of.ts';
import { vectorOf } from '../../functions/domain/waves/effort.ts';
import { generatedCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { answersOf, type Played, readBehaviours } from '../../infra/local/onboard/behaviours.ts';
import { type Prospect, runProspects } from '../../infra/local/onboard/run-prospects.ts';
import { seededIds } from '../../infra/local/onboard/seeded-ids.ts';
import { generatedProspects, generatedRegistry } from './generated-prospects.ts';

export const throughput = z.object({
  prospects: z.number(),
  seconds: z.number(),
  perSecond: z.number(),
  peakMegabytes: z.number(),
  outcomes: z.record(z.string(), z.number()),
});
type Throughput = z.infer<typeof throughput>;

const examples = new URL('../../examples/', import.meta.url).pathname;
const start = '2026-11-23';

/** The profiles of the examples in turn, most of them ordinary: how a real file of prospects is mixed. */
function mixOfProfiles(): readonly Played[] {
  const behaviours = readBehaviours(`${examples}answers`);
  const ordinary = behaviours.of('');
  const named = ['999000102', '999002538', '999004690', '999005770', '999008485', '999003882', '999007123'];
  return named.map((siren) => behaviours.of(siren)).concat(Array.from({ length: 13 }, () => ordinary));
}

function prospects(count: number): readonly Prospect[] {
  const mix = mixOfProfiles();
  return generatedProspects(count).map((intake, index) => {
    const played = mix[index % mix.length] ?? mix[0];
    if (played === undefined) throw new Error('The list of profiles is empty');
    return { intake, profile: played.profile, behaviour: played.behaviour };
  });
}

/**
 * Complex customers come late, after reviews, conditions and preparation, while each wave has its share of the room for
 * them: this much of it, so that what is left in the waves they can still take is enough.
 */
const complexRoom = 3;

/** The total capacity that all prospects need, computed by the placement rules themselves. */
function demandOfAll(all: readonly Prospect[]) {
  const efforts = all.flatMap(({ behaviour, intake }) => {
    const validated = validateAnswers(answersOf(behaviour, intake, 0), { complete: true });
    if ('problems' in validated) return [];
    const { answers } = validated;
    const organisation = { registryStatus: 'active' } as const;
    const assessment = assess({ organisation, answers, asOf: start, platform: samplePlatform });
    return effortFrom(answers, assessment, intake);
  });
  const demand = efforts.map(vectorOf).reduce(
    (sum, one) => ({
      customers: sum.customers + one.customers,
      points: sum.points + one.points,
      complex: sum.complex + one.complex,
    }),
    { customers: 0, points: 0, complex: 0 },
  );
  return {
    demand: { ...demand, complex: demand.complex * complexRoom },
    largestPoints: Math.max(0, ...efforts.map(({ points }) => points)),
  };
}

/** Runs `count` generated prospects to their ends in this process. */
async function run(count: number): Promise<Throughput> {
  const all = prospects(count);
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const registryFile = join(folder, 'registry.json');
  writeFileSync(registryFile, JSON.stringify(generatedRegistry(all.map(({ intake }) => intake))));
  const from = performance.now();
  const { rows, stuck, notStarted } = await runProspects({
    prospects: all,
    runtime: {
      from: new Date(`${start}T08:00:00Z`),
      platform: samplePlatform,
      calendar: generatedCalendar({
        platform: samplePlatform,
        ...demandOfAll(all),
        from: '2027-03-09',
        wavesPerSite: 8,
      }),
      registryFile,
      ids: seededIds('throughput'),
    },
  });
  const seconds = (performance.now() - from) / 1000;
  if (stuck.length > 0 || notStarted.length > 0) {
    throw new Error(`${stuck.length} did not finish and ${notStarted.length} did not start`);
  }
  const outcomes: Record<string, number> = {};
  for (const { outcome } of rows) {
    const name = outcome ?? 'none';
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  return {
    prospects: count,
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round((count / seconds) * 10) / 10,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    outcomes,
  };
}

/** The same Node.js flags as `npm run onboard`, which release short-lived memory sooner. */
const smallYoungGeneration = '--max-semi-space-size=8';

/** Runs `count` prospects in a fresh process, so that its memory is its own. */
export function measureThroughput(count: number): Throughput {
  const self = new URL(import.meta.url).pathname;
  const output = execFileSync(process.execPath, [smallYoungGeneration, self, String(count)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 24,
  });
  return throughput.parse(JSON.parse(output));
}

if (import.meta.main) process.stdout.write(JSON.stringify(await run(Number(process.argv[2]))));
