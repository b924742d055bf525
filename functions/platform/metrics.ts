import { outcomes } from '../domain/onboarding/lifecycle.ts';
import type { BusinessEvent, EventData } from '../domain/onboarding/messages.ts';
import { tiers } from '../domain/readiness/tier.ts';
import { type Clock, systemClock } from './clock.ts';

/**
 * Metrics as structured log lines that CloudWatch converts to metrics, in the embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * A metric is a count with a few codes. Each combination of dimension values is billed as a metric, so every dimension has
 * a closed list of values.
 */
export const metricNamespace = 'Onboarding';

/** The format requires at least one dimension; this one holds the total of a stage. */
const someService = 'onboarding';
/** Environment variable with the name of the stage's stack, which keeps the metrics of several stages apart. */
export const serviceSetting = 'METRICS_SERVICE';

/** The metric names of the funnel's steps, in order. */
export const funnelSteps = [
  'Started',
  'Qualified',
  'Invited',
  'Answered',
  'Tiered',
  'Booked',
  'HandedOver',
  'Closed',
] as const;
export type FunnelStep = (typeof funnelSteps)[number];

/** The kinds of faults that the sweeper distinguishes. */
export const sweepFaults = [
  'WaitOverdue',
  'ExecutionWithoutOnboarding',
  'ExecutionSuperseded',
  'ExecutionAfterEnd',
  'ExecutionOfFailed',
  'ExecutionEndedEarly',
  'ExecutionMissing',
  'FailureUnrecorded',
  'WakeLost',
  'OutboxStale',
  'PlaceInEndedWave',
  'ItemUnreadable',
] as const;
export type SweepFault = (typeof sweepFaults)[number];

/** After a resumption the previous run lasts until its wait is renewed; this is logged but raises no alarm. */
const endsByItself: ReadonlySet<SweepFault> = new Set(['ExecutionSuperseded']);

type UpkeepMetric =
  | 'Erased'
  | 'ErasuresFailed'
  | 'MailNotDelivered'
  | 'OutboxAside'
  | 'WaveCapacityLow'
  | 'RedriveWindowsClosing'
  | 'NoGoBySilence';

export interface Metrics {
  /** Counts one step of an onboarding. A repeated message is counted again, because delivery is at least once. */
  funnel(
    step: FunnelStep,
    codes: { readonly tier?: string | undefined; readonly outcome?: string | undefined },
  ): void;
  /**
   * Counts what a sweep repaired, left to operators and failed at. Only what occurred is written, because each metric is
   * billed for every hour with a value; that sweeps run at all is seen by the calls of their function.
   */
  sweep(
    found: Readonly<Record<SweepFault, number>>,
    repaired: Readonly<Record<SweepFault, number>>,
    failed: number,
  ): void;
  upkeep(counts: Readonly<Partial<Record<UpkeepMetric, number>>>): void;
}

type Values = Readonly<Record<string, number>>;
type Dimensions = Readonly<Record<string, string>>;

/** One line of the format. The metadata refers to the values beside it. */
function line(service: string, at: Date, metrics: Values, dimensions: Dimensions): string {
  return `${JSON.stringify({
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          // The total and each code separately, because their combinations would be many more series.
          Dimensions: [['Service'], ...Object.keys(dimensions).map((name) => ['Service', name])],
          Metrics: Object.keys(metrics).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    Service: service,
    ...dimensions,
    ...metrics,
  })}\n`;
}

function oneOf(known: readonly string[], value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return known.includes(value) ? value : 'OTHER';
}

/** Writes one line for each metric. */
export function emfMetrics(
  write: (line: string) => void,
  clock: Clock,
  service: string = someService,
): Metrics {
  /** A zero says nothing that a gap does not say, and would be billed as a metric in each hour. */
  function count(metrics: Values, dimensions: Dimensions = {}): void {
    const occurred = Object.fromEntries(Object.entries(metrics).filter(([, value]) => value > 0));
    if (Object.keys(occurred).length > 0) write(line(service, clock.now(), occurred, dimensions));
  }
  return {
    funnel: (step, codes) => {
      // Each step by the one code that the dashboard shows; a further series would be billed and never looked at.
      const tier = step === 'Tiered' ? oneOf(tiers, codes.tier) : undefined;
      const outcome = step === 'Closed' ? oneOf(outcomes, codes.outcome) : undefined;
      const dimensions = {
        ...(tier === undefined ? {} : { Tier: tier }),
        ...(outcome === undefined ? {} : { Outcome: outcome }),
      };
      count({ [step]: 1 }, dimensions);
    },
    sweep: (found, repaired, failed) => {
      const total = (counts: Readonly<Record<SweepFault, number>>) =>
        sweepFaults.reduce((sum, fault) => sum + (endsByItself.has(fault) ? 0 : counts[fault]), 0);
      const [all, done] = [total(found), total(repaired)];
      count({ SweepFailed: failed, SweepMended: done, SweepLeft: all - done });
      for (const fault of sweepFaults) count({ FaultFound: found[fault] }, { Fault: fault });
    },
    upkeep: (counts) =>
      count(Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined))),
  };
}

export const standardMetrics: Metrics = emfMetrics(
  (text) => void process.stdout.write(text),
  systemClock,
  process.env[serviceSetting],
);

const steps: Readonly<Partial<Record<BusinessEvent, FunnelStep>>> = {
  OnboardingStarted: 'Started',
  OnboardingInvited: 'Invited',
  OnboardingAnswered: 'Answered',
  OnboardingTiered: 'Tiered',
  OnboardingBooked: 'Booked',
  OnboardingHandedOver: 'HandedOver',
  OnboardingClosed: 'Closed',
};

/** Looks up the codes of the onboarding that the event itself does not contain. */
interface Subject {
  readonly tier?: string | undefined;
  readonly submission: number;
}

const text = (value: EventData[string] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Counts the funnel step of a business event, and a defect of ours; other events are not counted. */
export function countEvent(metrics: Metrics, type: BusinessEvent, data: EventData, subject: Subject): void {
  if (type === 'OnboardingNoGoBySilence') metrics.upkeep({ NoGoBySilence: 1 });
  const step = steps[type];
  if (step === undefined) return;
  const codes = { tier: text(data['tier']) ?? subject.tier, outcome: text(data['outcome']) };
  metrics.funnel(step, codes);
  // An invited customer has passed the qualification; a customer asked again was counted before.
  if (step === 'Invited' && subject.submission === 0) metrics.funnel('Qualified', codes);
}
