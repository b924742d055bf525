import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { markdownTable } from '../marked-block.ts';

const figure = z.number().nonnegative();

const results = z.object({
  paths: z
    .array(
      z.object({
        path: z.string(),
        transitions: figure,
        invocations: figure,
        writeUnits: figure,
        readUnits: figure,
        mails: figure,
      }),
    )
    .readonly(),
  visit: z.object({ requests: figure, writeUnits: figure, readUnits: figure }),
  quietRuns: z.array(z.object({ function: z.string(), readUnits: figure })).readonly(),
  pages: z.array(z.object({ p50: figure, p99: figure, kilobytesGzip: figure })).readonly(),
  bundles: z.array(z.object({ function: z.string(), gzipKilobytes: figure, importRatio: figure })).readonly(),
  throughput: z.array(z.object({ prospects: figure, perSecond: figure, peakMegabytes: figure })).readonly(),
  growth: figure,
  inputGrowth: z
    .array(z.object({ input: z.string(), size: figure, milliseconds: figure, ratio: figure }))
    .readonly(),
  wavePages: z
    .array(z.object({ page: z.string(), requestsOfFew: figure, requestsOfMany: figure, ratio: figure }))
    .readonly(),
  listPages: z
    .array(z.object({ page: z.string(), requestsOfFew: figure, requestsOfMany: figure, ratio: figure }))
    .readonly(),
});

/** The results of the bench, as far as the documents show them. */
export type ReportedResults = z.infer<typeof results>;

/** Reads `bench/results.json`, which `npm run bench` writes. */
export function readReportedResults(): ReportedResults {
  return results.parse(
    JSON.parse(readFileSync(new URL('../../bench/results.json', import.meta.url), 'utf8')),
  );
}

function slowest(pages: ReportedResults['pages'], value: (page: (typeof pages)[number]) => number): number {
  return Math.max(...pages.map(value));
}

function growthSentence(growth: number): string {
  return `10x the prospects took ${Number((growth * 10).toFixed(2))}x the time`;
}

/** For docs/bench.md: everything that is measured. */
export function report(measured: ReportedResults): string {
  const { paths, visit, quietRuns, pages, bundles, throughput, growth, inputGrowth, wavePages, listPages } =
    measured;
  const gates = quietRuns.find((run) => run.function === 'run-gates')?.readUnits ?? 0;
  return [
    '## One onboarding',
    markdownTable(
      [
        'Path of one onboarding',
        'State transitions',
        'Task invocations',
        'Write units',
        'Read units',
        'Mails',
      ],
      paths.map((p) => [p.path, p.transitions, p.invocations, p.writeUnits, p.readUnits, p.mails]),
    ),
    `The pages of one customer, from the link to the confirmed date, add ${visit.requests} requests with ${visit.writeUnits} write units and ${visit.readUnits} read units.`,
    `A run of the gate job that finds nothing due reads ${gates} units, whatever the number of onboardings; it runs four times a day.`,
    '## Pages',
    `Each of the ${pages.length} pages renders in at most ${slowest(pages, ({ p50 }) => p50)} ms (median) and ${slowest(pages, ({ p99 }) => p99)} ms (99th percentile), not counting the table's own time; none is larger than ${slowest(pages, ({ kilobytesGzip }) => kilobytesGzip)} kB gzip.`,
    '## Pages of large waves',
    markdownTable(
      ['Page', 'Requests, 100 booked or waiting', 'Requests, 12,000', 'CPU, ×'],
      wavePages.map((w) => [w.page, w.requestsOfFew, w.requestsOfMany, w.ratio]),
    ),
    '## Lists and searches',
    'Requests beside those that read the session.',
    markdownTable(
      ['Page', 'Requests, 1,000 onboardings', 'Requests, 100,000', 'CPU, ×'],
      listPages.map((l) => [l.page, l.requestsOfFew, l.requestsOfMany, l.ratio]),
    ),
    '## Throughput on one machine',
    markdownTable(
      ['Generated prospects', 'Prospects a second', 'Peak memory, MB'],
      throughput.map((t) => [t.prospects, t.perSecond, t.peakMegabytes]),
    ),
    `${growthSentence(growth)}.`,
    '## Input',
    'What a request or a file costs in CPU time, and how much more twice as much of it costs: work in proportion to its input doubles. Forms of more than 1,000 fields are refused while they are read.',
    markdownTable(
      ['Input', 'Largest size', 'CPU, ms', 'Twice as much, ×'],
      inputGrowth.map((g) => [g.input, g.size, g.milliseconds, g.ratio]),
    ),
    '## Functions',
    markdownTable(
      ['Function', 'kB gzip', 'Import time, × DynamoDB client alone'],
      bundles.map((b) => [b.function, b.gzipKilobytes, b.importRatio]),
    ),
  ].join('\n\n');
}

/** For the README: the three headline figures. */
export function headline({ paths, pages, growth }: ReportedResults): string {
  const [usual] = paths;
  return [
    `- The usual path of an onboarding takes ${usual?.transitions ?? 0} state transitions and ${usual?.invocations ?? 0} task invocations.`,
    `- 99 of 100 requests for a page are rendered in at most ${slowest(pages, ({ p99 }) => p99)} ms, not counting the table's own time.`,
    `- ${growthSentence(growth)}.`,
  ].join('\n');
}
