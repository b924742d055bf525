import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { withBlock } from '../marked-block.ts';
import { bundleWeight, weighBundles } from './bundles.ts';
import { hotKeysReport, measureHotKeys } from './hot-keys.ts';
import { inputGrowth, largestRatio, measureInputGrowth } from './input-growth.ts';
import {
  type ListPageCost,
  largestListPageRatio,
  listPageCost,
  measureListPages,
  mostListRequests,
} from './list-pages.ts';
import { measurePages, pageCost } from './pages.ts';
import { measurePaths } from './paths.ts';
import { measureQuietRuns } from './quiet-runs.ts';
import { headline, readReportedResults, report } from './report.ts';
import { measureThroughput, throughput } from './throughput.ts';
import { measureVisit } from './visit.ts';
import { measureWaitingList, waitingListCost } from './waiting-list.ts';
import { largestWavePageRatio, measureWavePages, type WavePageCost, wavePageCost } from './wave-pages.ts';

const root = new URL('../../', import.meta.url);
const resultsFile = new URL('bench/results.json', root);

/** Counts, which are the same on every machine. */
async function count() {
  return { ...(await measurePaths()), visit: await measureVisit(), quietRuns: await measureQuietRuns() };
}
type Counts = Awaited<ReturnType<typeof count>>;

const timed = z.object({
  pages: z.array(pageCost),
  bundles: z.array(bundleWeight),
  throughput: z.array(throughput),
  /** Time for 1,000 prospects divided by ten times the time for 100, in the same run. */
  growth: z.number(),
  inputGrowth: z.array(inputGrowth),
  waitingList: z.array(waitingListCost),
  wavePages: z.array(wavePageCost),
  listPages: z.array(listPageCost),
});
type Timed = z.infer<typeof timed>;

/** Times, which depend on the machine. */
async function time(sizes: readonly number[]): Promise<Timed> {
  const pages = [...(await measurePages())];
  const bundles = [...weighBundles()];
  const runs = sizes.map((size) => measureThroughput(size));
  const [small, large] = runs;
  const growth =
    small === undefined || large === undefined
      ? 0
      : Math.round((large.seconds / (small.seconds * (large.prospects / small.prospects))) * 100) / 100;
  return {
    ...{ pages, bundles, throughput: runs, growth, inputGrowth: await measureInput() },
    waitingList: [...(await measureWaitingList())],
    wavePages: await measureWaves(),
    listPages: await measureLists(),
  };
}

/** What twice as much input costs; the command fails when that is much more than twice as much. */
async function measureInput() {
  const found = [...(await measureInputGrowth())];
  if (found.some(({ ratio }) => ratio > largestRatio)) process.exitCode = 1;
  return found;
}

/** What the pages of large waves cost; the command fails when that is more than for small ones. */
async function measureWaves() {
  const found = [...(await measureWavePages())];
  const costsMore = ({ requestsOfFew, requestsOfMany, ratio }: WavePageCost) =>
    requestsOfMany > requestsOfFew || ratio > largestWavePageRatio;
  if (found.some(costsMore)) process.exitCode = 1;
  return found;
}

/** What lists and searches cost; the command fails when that grows with the number of onboardings. */
async function measureLists() {
  const found = [...(await measureListPages())];
  const costsMore = ({ requestsOfFew, requestsOfMany, ratio }: ListPageCost) =>
    Math.max(requestsOfFew, requestsOfMany) > mostListRequests || ratio > largestListPageRatio;
  if (found.some(costsMore)) process.exitCode = 1;
  return found;
}

/** Replaces one part of the results. */
function keepPart(part: Partial<Timed>): void {
  const kept = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(resultsFile, 'utf8')));
  writeFileSync(resultsFile, `${JSON.stringify({ ...kept, ...part }, null, 2)}\n`);
  document();
}

/** Writes the results and the documents that show them. */
function keep(counts: Counts, times: Timed): void {
  mkdirSync(new URL('bench/', root), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify({ ...counts, ...times }, null, 2)}\n`);
  document();
}

/** Writes the documents that show the results. */
function document(): void {
  const measured = readReportedResults();
  for (const [path, content] of [
    ['docs/bench.md', report(measured)],
    ['README.md', headline(measured)],
  ] as const) {
    const file = new URL(path, root);
    writeFileSync(file, withBlock(readFileSync(file, 'utf8'), 'bench', content));
  }
  process.stdout.write(`${report(measured)}\n`);
}

const { values } = parseArgs({
  options: {
    /** Also runs 5,000 prospects. */
    full: { type: 'boolean' },
    /** Counts only; times keep their last values. */
    paths: { type: 'boolean' },
    /** Only measures the writes and reads of each partition key. */
    'hot-keys': { type: 'boolean' },
    /** Only measures what twice as much input costs. */
    input: { type: 'boolean' },
    /** Only measures what serving the waiting list costs, at several lengths of it. */
    waiting: { type: 'boolean' },
    /** Only measures what the pages of large waves cost. */
    'wave-pages': { type: 'boolean' },
    /** Only measures what lists and searches cost with 100,000 onboardings. */
    lists: { type: 'boolean' },
  },
});
if (values['hot-keys'] === true) {
  const found = await measureHotKeys();
  writeFileSync(new URL('bench/hot-keys.json', root), `${JSON.stringify(found, null, 2)}\n`);
  process.stdout.write(`${hotKeysReport(found)}\n`);
  if (found.loads.some(({ withinLimits }) => !withinLimits)) process.exitCode = 1;
} else if (values.input === true) {
  keepPart({ inputGrowth: await measureInput() });
} else if (values.waiting === true) {
  keepPart({ waitingList: [...(await measureWaitingList())] });
} else if (values['wave-pages'] === true) {
  keepPart({ wavePages: await measureWaves() });
} else if (values.lists === true) {
  keepPart({ listPages: await measureLists() });
} else if (values.paths === true) {
  keep(await count(), timed.parse(JSON.parse(readFileSync(resultsFile, 'utf8'))));
} else {
  keep(await count(), await time(values.full === true ? [100, 1_000, 5_000] : [100, 1_000]));
}
