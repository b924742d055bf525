import * as z from 'zod';
import type { StageConfiguration } from '../../infra/aws/config/stage-configuration.ts';
import { assumptions, daysPerMonth, gigabyte } from './assumptions.ts';
import type { BenchResults, PathCounts } from './bench-results.ts';
import { type Charge, chargesOf, total, type Use } from './charges.ts';
import type { Prices } from './tables.ts';
import type { Resources } from './template.ts';

const lambda = z.object({ FunctionName: z.string(), MemorySize: z.number() });

/** Gigabytes of memory of the largest function whose name ends in one of these. */
function memoryOf(resources: Resources, fits: (folder: string) => boolean): number {
  const sizes = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => lambda.parse(Properties))
    .filter(({ FunctionName }) => fits(FunctionName))
    .map(({ MemorySize }) => MemorySize);
  return Math.max(...sizes) / 1_024;
}

const isSender = (name: string): boolean => name.endsWith('-dispatch-outbox') || name.endsWith('-send-mail');
const isWeb = (name: string): boolean => name.endsWith('-web');

/** Billed seconds of a call, including its share of cold starts. */
function seconds(milliseconds: number): number {
  const { coldStart } = assumptions;
  return (milliseconds + coldStart.share * coldStart.milliseconds) / 1_000;
}

/**
 * Metric-hours caused by one onboarding: a metric is billed for each hour in which it receives a value, so onboardings in
 * the same hour share the cost.
 */
function metricHours({ metrics }: PathCounts, { funnelMetrics }: BenchResults, perMonth: number): number {
  return Math.min(metrics, (funnelMetrics * assumptions.busyHoursPerMonth) / perMonth);
}

export interface VariableOptions {
  readonly resources: Resources;
  readonly bench: BenchResults;
  readonly retention: StageConfiguration['retention'];
  readonly onboardingsPerMonth?: number;
}

/** The usage of one onboarding of a path, from its start until its data is deleted. */
export function usesOf(path: PathCounts, options: VariableOptions): readonly Use[] {
  const { resources, bench, retention, onboardingsPerMonth = assumptions.onboardingsPerMonth } = options;
  const { visit } = bench;
  const { duration, staffRequests } = assumptions;
  // A customer who never answers visits no page; all others are assumed to visit every page.
  const customerRequests = path.path === 'never answered' ? 0 : visit.requests;
  const requests = customerRequests + staffRequests;
  const visits = requests / visit.requests;
  const calls = path.invocations + path.outboxEntries + requests;
  const logged =
    path.logBytes + path.workflowLogBytes + visits * visit.logBytes + requests * assumptions.accessLogBytes;
  const keptMonths = assumptions.openMonths + retention.closedOnboardingDays / daysPerMonth;
  const stored = (path.storedBytes / gigabyte) * keptMonths;
  return [
    { what: 'Workflow', price: 'state-transition', quantity: path.transitions },
    { what: 'Functions', price: 'lambda-request', quantity: calls },
    {
      what: 'Functions',
      price: 'lambda-gb-second',
      quantity:
        path.invocations *
          seconds(duration.task) *
          memoryOf(resources, (name) => !isSender(name) && !isWeb(name)) +
        path.outboxEntries * seconds(duration.sender) * memoryOf(resources, isSender) +
        requests * seconds(duration.page) * memoryOf(resources, isWeb),
    },
    { what: 'Table', price: 'table-write', quantity: path.writeUnits + visits * visit.writeUnits },
    { what: 'Table', price: 'table-read', quantity: path.readUnits + visits * visit.readUnits },
    { what: 'Storage', price: 'table-storage', quantity: stored },
    { what: 'Storage', price: 'table-recovery', quantity: stored },
    // Each nightly backup is a full copy, and this many are kept at any time.
    { what: 'Storage', price: 'table-backup', quantity: stored * retention.backupDays },
    { what: 'Web', price: 'api-request', quantity: requests },
    { what: 'Web', price: 'firewall-request', quantity: requests },
    { what: 'Web', price: 'data-out', quantity: (visits * visit.responseBytes) / gigabyte },
    { what: 'Emails', price: 'mail', quantity: path.mails },
    { what: 'Events', price: 'event', quantity: path.events },
    { what: 'Events', price: 'event-archive', quantity: (path.events * assumptions.eventBytes) / gigabyte },
    { what: 'Logs', price: 'log-ingest', quantity: logged / gigabyte },
    {
      what: 'Logs',
      price: 'log-storage',
      quantity: (logged / gigabyte) * (retention.logDays / daysPerMonth),
    },
    // At most one per call: DynamoDB caches the table's key for five minutes for each caller.
    { what: 'Keys', price: 'key-request', quantity: calls + path.mails },
    // Assumes all requests: X-Ray records the first request of each second and 5 % of the others.
    { what: 'Traces', price: 'trace', quantity: path.invocations + path.outboxEntries + requests },
    {
      what: 'Metrics of the funnel',
      price: 'metric',
      quantity: metricHours(path, bench, onboardingsPerMonth),
    },
  ];
}

export interface PathCharges {
  readonly path: string;
  readonly share: number;
  readonly charges: readonly Charge[];
  readonly usd: number;
}

/** The paths of the bench and of the mix differ. */
export class MixError extends Error {
  override readonly name = 'MixError';
}

/** The cost of each path in US dollars. @throws MixError */
export function variableCharges(options: VariableOptions, prices: Prices): readonly PathCharges[] {
  const mix = new Map<string, number>(Object.entries(assumptions.mix));
  const priced = options.bench.paths.map((path) => {
    const share = mix.get(path.path);
    if (share === undefined) throw new MixError(`"${path.path}" has no share in the mix`);
    const charges = chargesOf(usesOf(path, options), prices);
    return { path: path.path, share, charges, usd: total(charges) };
  });
  const shares = priced.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(shares - 1) > 1e-9) throw new MixError(`The shares of the mix add up to ${shares}`);
  return priced;
}

/** The charges of an average onboarding of the mix. */
export function mixed(paths: readonly PathCharges[]): readonly Charge[] {
  const [first] = paths;
  return (first?.charges ?? []).map((charge, index) => {
    const weighted = (field: 'quantity' | 'usd'): number =>
      paths.reduce((sum, { share, charges }) => sum + share * (charges[index]?.[field] ?? 0), 0);
    return { ...charge, quantity: weighted('quantity'), usd: weighted('usd') };
  });
}
