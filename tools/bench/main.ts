import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { markdownTable, withBlock } from '../marked-block.ts';
import { bundleWeight, weighBundles } from './bundles.ts';
import { hotKeysReport, measureHotKeys } from './hot-keys.ts';
import { measurePages, pageCost } from './pages.ts';
import { measurePaths } from './paths.ts';
import { measureQuietRuns } from './quiet-runs.ts';
import { measureThroughput, throughput } from './throughput.ts';
import { measureVisit } from './visit.ts';

const root = new URL('../../', import.meta.url);
const resultsFile = new URL('bench/results.json', root);

/** What is counted: the same on every machine. */
async function count() {
  return { ...(await measurePaths()), visit: await measureVisit(), quietRuns: await measureQuietRuns() };
}
type Counts = Awaited<ReturnType<typeof count>>;

const timed = z.object({
  pages: z.array(pageCost),
  bundles: z.array(bundleWeight),
  throughput: z.array(throughput),
  /** Time for 1,000 prospects over ten times the time for 100, in the same run. */
  growth: z.number(),
});
type Timed = z.infer<typeof timed>;

/** What takes time and depends on the machine. */
async function time(sizes: readonly number[]): Promise<Timed> {
  const pages = [...(await measurePages())];
  const bundles = [...(await weighBundles())];
  const runs = sizes.map((size) => measureThroughput(size));
  const [small, large] = runs;
  const growth =
    small === undefined || large === undefined
      ? 0
      : Math.round((large.seconds / (small.seconds * (large.prospects / small.prospects))) * 100) / 100;
  return { pages, bundles, throughput: runs, growth };
}

function report(
  { paths, visit, quietRuns }: Counts,
  { pages, bundles, throughput: runs, growth }: Timed,
): string {
  const costs = markdownTable(
    ['Path of one onboarding', 'State transitions', 'Task invocations', 'Write units', 'Read units', 'Mails'],
    paths.map((p) => [p.path, p.transitions, p.invocations, p.writeUnits, p.readUnits, p.mails]),
  );
  const most = (value: (page: (typeof pages)[number]) => number): number => Math.max(...pages.map(value));
  const weights = markdownTable(
    ['Function', 'kB gzip', 'Import time, × DynamoDB client alone'],
    bundles.map((b) => [b.function, b.gzipKilobytes, b.importRatio]),
  );
  const load = markdownTable(
    ['Generated prospects', 'Prospects a second', 'Peak memory, MB'],
    runs.map((t) => [t.prospects, t.perSecond, t.peakMegabytes]),
  );
  const gates = quietRuns.find((run) => run.function === 'run-gates')?.readUnits ?? 0;
  return [
    costs,
    `The pages of one customer, from the link to the confirmed date, are ${visit.requests} requests with ${visit.writeUnits} write units and ${visit.readUnits} read units more.`,
    `A run of the gate job that finds nothing due reads ${gates} units, whatever the number of onboardings; it runs twice a day.`,
    `Each of ${pages.length} pages is rendered in at most ${most(({ p50 }) => p50)} ms at the median and ${most(({ p99 }) => p99)} ms in 99 of 100 requests, the table's own time not counted; none weighs more than ${most(({ kilobytesGzip }) => kilobytesGzip)} kB gzip.`,
    load,
    `Ten times the prospects took ${growth} times ten times the time.`,
    weights,
  ].join('\n\n');
}

function keep(counts: Counts, times: Timed): void {
  mkdirSync(new URL('bench/', root), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify({ ...counts, ...times }, null, 2)}\n`);
  const readme = new URL('README.md', root);
  const text = report(counts, times);
  writeFileSync(readme, withBlock(readFileSync(readme, 'utf8'), 'bench', text));
  process.stdout.write(`${text}\n`);
}

const { values } = parseArgs({
  options: {
    /** 5,000 prospects as well. */
    full: { type: 'boolean' },
    /** Only what is counted; what takes time stays as it was found last. */
    paths: { type: 'boolean' },
    /** Only the writes and reads of each partition key. */
    'hot-keys': { type: 'boolean' },
  },
});
if (values['hot-keys'] === true) {
  const found = await measureHotKeys();
  writeFileSync(new URL('bench/hot-keys.json', root), `${JSON.stringify(found, null, 2)}\n`);
  process.stdout.write(`${hotKeysReport(found)}\n`);
  if (found.loads.some(({ withinLimits }) => !withinLimits)) process.exitCode = 1;
} else if (values.paths === true) {
  keep(await count(), timed.parse(JSON.parse(readFileSync(resultsFile, 'utf8'))));
} else {
  keep(await count(), await time(values.full === true ? [100, 1_000, 5_000] : [100, 1_000]));
}
