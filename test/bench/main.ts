import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Bundle, weighBundles } from './bundles.ts';
import { measurePages, type PageCost } from './pages.ts';
import { gateRunReadUnits, measurePaths, type PathCost } from './paths.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

interface Results {
  readonly paths: readonly PathCost[];
  readonly gateRunReadUnits: number;
  readonly pages: readonly PageCost[];
  readonly bundles: readonly Bundle[];
  readonly throughput: readonly Throughput[];
  /** Time for 1,000 prospects over ten times the time for 100, in the same run. */
  readonly growth: number;
}

const root = new URL('../../', import.meta.url);
const begin = '<!-- bench: begin -->';
const end = '<!-- bench: end -->';

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

function report({ paths, gateRunReadUnits: gate, pages, bundles, throughput, growth }: Results): string {
  const costs = table(
    ['Path of one onboarding', 'State transitions', 'Task invocations', 'Write units', 'Read units'],
    paths.map((p) => [p.path, p.transitions, p.invocations, p.writeUnits, p.readUnits]),
  );
  const most = (value: (page: PageCost) => number): number => Math.max(...pages.map(value));
  const weights = table(
    ['Function', 'kB gzip', 'Import time, × DynamoDB client alone'],
    bundles.map((b) => [b.function, b.gzipKilobytes, b.importRatio]),
  );
  const runs = table(
    ['Generated prospects', 'Prospects a second', 'Peak memory, MB'],
    throughput.map((t) => [t.prospects, t.perSecond, t.peakMegabytes]),
  );
  return [
    costs,
    `One run of the gate job reads ${gate} units, whatever the number of onboardings; it runs twice a day.`,
    `Each of ${pages.length} pages is rendered in at most ${most(({ p50 }) => p50)} ms at the median and ${most(({ p99 }) => p99)} ms in 99 of 100 requests, the table's own time not counted; none weighs more than ${most(({ kilobytesGzip }) => kilobytesGzip)} kB gzip.`,
    runs,
    `Ten times the prospects took ${growth} times ten times the time.`,
    weights,
  ].join('\n\n');
}

async function measure(sizes: readonly number[]): Promise<Results> {
  const paths = await measurePaths();
  const gate = await gateRunReadUnits();
  const pages = await measurePages();
  const bundles = await weighBundles();
  const throughput = sizes.map((size) => measureThroughput(size));
  const [small, large] = throughput;
  const growth =
    small === undefined || large === undefined
      ? 0
      : Math.round((large.seconds / (small.seconds * (large.prospects / small.prospects))) * 100) / 100;
  return { paths, gateRunReadUnits: gate, pages, bundles, throughput, growth };
}

const { values } = parseArgs({ options: { full: { type: 'boolean' } } });
const results = await measure(values.full === true ? [100, 1_000, 5_000] : [100, 1_000]);
mkdirSync(new URL('bench/', root), { recursive: true });
writeFileSync(new URL('bench/results.json', root), `${JSON.stringify(results, null, 2)}\n`);
const readme = new URL('README.md', root);
const text = readFileSync(readme, 'utf8');
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
writeFileSync(readme, `${text.slice(0, from)}${begin}\n${report(results)}\n${text.slice(to)}`);
process.stdout.write(`${report(results)}\n`);
