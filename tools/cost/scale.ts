import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { changesAtOnce, placementsAtOnce } from '../../functions/application/in-batches.ts';
import { formatNumber } from '../../functions/domain/text.ts';
import { stageNamed } from '../../infra/aws/config/stages.ts';
import { assumptions, daysPerMonth, openOnboardings } from './assumptions.ts';
import type { BenchResults, PathCounts } from './bench-results.ts';
import type { Quotas } from './tables.ts';

const keyLoad = z.object({ key: z.string(), units: z.number() });
const hotKeyFile = z.object({
  acts: z.array(z.object({ act: z.string(), key: z.string(), units: z.number(), perSecond: z.number() })),
  loads: z.array(
    z.object({
      load: z.string(),
      why: z.string(),
      open: z.number(),
      actsPerSecond: z.number(),
      writes: z.array(keyLoad),
      reads: z.array(keyLoad),
      headroom: z.number(),
    }),
  ),
});
export type HotKeyFile = z.infer<typeof hotKeyFile>;

/** Reads `bench/hot-keys.json`, which `npm run bench -- --hot-keys` writes. */
export function readHotKeys(): HotKeyFile {
  return hotKeyFile.parse(
    JSON.parse(readFileSync(new URL('../../bench/hot-keys.json', import.meta.url), 'utf8')),
  );
}

/** A limit and its use. */
export interface Limit {
  readonly name: string;
  readonly limit: number;
  readonly unit: string;
  /** The use at a number of open onboardings. */
  readonly use: (open: number) => number;
}

export interface Counts {
  readonly bench: BenchResults;
  readonly hot: HotKeyFile;
  readonly quotas: Quotas;
}

/** The mean of a count over the mix of paths. */
function mean(bench: BenchResults, of: (path: PathCounts) => number): number {
  const mix = new Map<string, number>(Object.entries(assumptions.mix));
  return bench.paths.reduce((sum, path) => sum + (mix.get(path.path) ?? 0) * of(path), 0);
}

const openDays = assumptions.openMonths * daysPerMonth;
const workingDay = 8 * 3_600;
const rows = 10_000;

/** Onboardings started, and as many ended, in a day. */
const perDay = (open: number): number => open / openDays;
/** The same in a second of the busiest working hours. */
const perSecond = (open: number): number => (assumptions.peakOverMean * perDay(open)) / workingDay;

/** Customers that cut over on one day: those of the mix that reach the cutover, spread over the cutover days. */
function perCutover(bench: BenchResults, open: number): number {
  const share = mean(bench, ({ path }) => (path.endsWith('handed over') ? 1 : 0));
  return (open * share) / (openDays / assumptions.cutoverEvery);
}

function workflowLimits({ bench, quotas }: Counts): readonly Limit[] {
  return [
    {
      name: 'Open executions',
      limit: quotas.of('open-executions'),
      unit: 'executions',
      use: (open) => open,
    },
    {
      name: 'State transitions, busiest hours',
      limit: quotas.of('transition-rate'),
      unit: 'a second',
      use: (open) => perSecond(open) * mean(bench, ({ transitions }) => transitions),
    },
    {
      name: 'Starts, busiest hours',
      limit: quotas.of('start-rate'),
      unit: 'a second',
      use: perSecond,
    },
    {
      name: 'History of the longest path',
      limit: quotas.of('history-events'),
      unit: 'events',
      use: () => Math.max(...bench.paths.map(({ historyEvents }) => historyEvents)),
    },
  ];
}

function tableLimits({ bench, hot, quotas }: Counts): readonly Limit[] {
  const busiest = (open: number): number =>
    Math.max(...hot.loads.filter((load) => load.open === open).map(({ writes }) => writes[0]?.units ?? 0));
  const start = hot.loads.find(({ load }) => load.startsWith('an intake'));
  const writes = mean(bench, ({ writeUnits }) => writeUnits) + bench.visit.writeUnits;
  return [
    {
      name: `Writes of the hottest key, an intake of ${formatNumber(rows, 'en')} rows at ${start?.actsPerSecond ?? 0} a second`,
      limit: quotas.of('partition-writes'),
      unit: 'write units a second',
      use: busiest,
    },
    {
      name: 'Writes of a new table, busiest hours',
      limit: quotas.of('table-writes-new'),
      unit: 'write units a second',
      use: (open) => perSecond(open) * writes,
    },
  ];
}

function webLimits({ bench, quotas }: Counts): readonly Limit[] {
  const { busiestHour, duration } = assumptions;
  const requests = (open: number): number => (open * busiestHour.share * busiestHour.requests) / 3_600;
  return [
    {
      name: 'Requests of the busiest hour, against the throttle of stage `prod`',
      limit: stageNamed('prod').quotas.requestsPerSecond,
      unit: 'a second',
      use: requests,
    },
    {
      name: 'Requests of the busiest hour, against API Gateway’s throttle',
      limit: quotas.of('api-rate'),
      unit: 'a second',
      use: requests,
    },
    {
      name: 'Concurrent functions in the busiest hour',
      limit: quotas.of('function-concurrency'),
      unit: 'concurrent',
      use: (open) =>
        requests(open) * (duration.page / 1_000) +
        perSecond(open) * mean(bench, ({ invocations }) => invocations) * (duration.task / 1_000),
    },
  ];
}

function messageLimits({ bench, quotas }: Counts): readonly Limit[] {
  const mails = mean(bench, (path) => path.mails);
  return [
    {
      name: 'Invitations of an intake at the pace of one API client',
      limit: quotas.of('mail-rate'),
      unit: 'a second',
      use: () => stageNamed('prod').quotas.perClient / 60,
    },
    {
      name: 'Emails to operators while the gate job opens the go/no-go',
      limit: quotas.of('mail-rate'),
      unit: 'a second',
      use: () => (changesAtOnce * 1_000) / assumptions.changeMilliseconds,
    },
    {
      name: 'Emails a day',
      limit: quotas.of('mail-day'),
      unit: 'a day',
      use: (open) => perDay(open) * mails,
    },
    {
      name: 'Emails, busiest hours',
      limit: quotas.of('mail-rate'),
      unit: 'a second',
      use: (open) => perSecond(open) * mails,
    },
    {
      name: 'Business events, busiest hours',
      limit: quotas.of('event-rate'),
      unit: 'a second',
      use: (open) => perSecond(open) * mean(bench, ({ events }) => events),
    },
  ];
}

/** Executions listed in a burst; further ones are listed at the refill rate of the quota. */
const listedAtOnce = 90;
const sweptPerCall = 5_000;

function jobLimits({ bench, quotas }: Counts): readonly Limit[] {
  const seconds = quotas.of('function-seconds');
  const changes = (count: number, atOnce: number): number =>
    (count * assumptions.changeMilliseconds) / 1_000 / atOnce;
  const listing = (open: number): number => {
    const pages = Math.ceil(open / quotas.of('list-page'));
    const slow = Math.max(0, pages - listedAtOnce);
    return (pages * assumptions.listMilliseconds) / 1_000 + slow / quotas.of('list-rate');
  };
  return [
    {
      name: 'Gate job opens the go/no-go of a cutover day',
      limit: seconds,
      unit: 'seconds',
      use: (open) => changes(perCutover(bench, open), changesAtOnce),
    },
    {
      name: 'Gate job counts all missing decisions as no-go',
      limit: seconds,
      unit: 'seconds',
      use: (open) => changes(perCutover(bench, open), placementsAtOnce),
    },
    {
      name: 'Sequential rebookings in one wave',
      limit: 1_000 / assumptions.bookingMilliseconds,
      unit: 'a second',
      use: () => (placementsAtOnce * 1_000) / assumptions.changeMilliseconds,
    },
    {
      name: 'One call of the sweeper',
      limit: seconds,
      unit: 'seconds',
      // Two reads of the table for each hundred it compares, on each of three walks.
      use: (open) => listing(open) + (6 * Math.min(open, sweptPerCall) * 15) / 100 / 1_000,
    },
    {
      name: 'One full round of the sweeper',
      limit: 14 * 24,
      unit: 'hours; a wait for answers is renewed every 14 days',
      use: (open) => Math.ceil(open / sweptPerCall) / 4,
    },
    {
      name: 'Retention erases the onboardings closed in a day',
      limit: seconds,
      unit: 'seconds',
      use: (open) => (perDay(open) * assumptions.erasureMilliseconds) / 1_000 / changesAtOnce,
    },
  ];
}

/** All limits, the most used first. */
export function scaleLimits(counts: Counts): readonly Limit[] {
  const largest = openOnboardings[2];
  return [
    ...workflowLimits(counts),
    ...tableLimits(counts),
    ...webLimits(counts),
    ...messageLimits(counts),
    ...jobLimits(counts),
  ].toSorted((a, b) => b.use(largest) / b.limit - a.use(largest) / a.limit);
}
