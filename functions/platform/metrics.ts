import { outcomes } from '../domain/onboarding/lifecycle.ts';
import type { BusinessEvent, EventData } from '../domain/onboarding/messages.ts';
import { tiers } from '../domain/readiness/tier.ts';
import { type Clock, systemClock } from './clock.ts';

/**
 * Metrics as structured log lines that CloudWatch turns into metrics by itself, in the embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * A metric is a count and a few codes. Each combination of dimension values is a metric that is paid for, so every
 * dimension has a closed list of values.
 */
export const metricNamespace = 'Onboarding';

/** The format asks for one dimension at least: this one stands for the total of a stage. */
const someService = 'onboarding';
/** Setting with the name of the stage's stack: several stages of an account must not count together. */
export const serviceSetting = 'METRICS_SERVICE';

/** The steps of the funnel, in their order, as metrics are named. */
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

/** Faults that the sweeper tells apart. */
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
] as const;
export type SweepFault = (typeof sweepFaults)[number];

/** After a resumption the run before it lasts until its wait turns: worth a line, no reason to wake anybody. */
const endsByItself: ReadonlySet<SweepFault> = new Set(['ExecutionSuperseded']);

type UpkeepMetric =
  | 'Erased'
  | 'ErasuresFailed'
  | 'MailNotDelivered'
  | 'WaveCapacityLow'
  | 'RedriveWindowsClosing';

export interface Metrics {
  /** Counts one step of one onboarding. A step told twice is counted twice: messages are sent at least once. */
  funnel(
    step: FunnelStep,
    codes: { readonly tier?: string | undefined; readonly outcome?: string | undefined },
  ): void;
  /**
   * What one sweep has mended, left to people and failed at. The totals are written each time, so that a graph shows a sweep that
   * found nothing; a fault is named only when there is one, because each name is paid for by the hour.
   */
  sweep(
    found: Readonly<Record<SweepFault, number>>,
    mended: Readonly<Record<SweepFault, number>>,
    failed: number,
  ): void;
  upkeep(counts: Readonly<Partial<Record<UpkeepMetric, number>>>): void;
}

type Values = Readonly<Record<string, number>>;
type Dimensions = Readonly<Record<string, string>>;

/** One line of the format. Values that stand outside the metadata are what it refers to. */
function line(service: string, at: Date, metrics: Values, dimensions: Dimensions): string {
  return `${JSON.stringify({
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          // The total, and each code by itself: their product would be many more series.
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

/** Writes one line a metric. */
export function emfMetrics(
  write: (line: string) => void,
  clock: Clock,
  service: string = someService,
): Metrics {
  const count = (metrics: Values, dimensions: Dimensions = {}) =>
    write(line(service, clock.now(), metrics, dimensions));
  return {
    funnel: (step, codes) => {
      const tier = oneOf(tiers, codes.tier);
      const outcome = oneOf(outcomes, codes.outcome);
      const dimensions = {
        ...(tier === undefined ? {} : { Tier: tier }),
        ...(outcome === undefined ? {} : { Outcome: outcome }),
      };
      count({ [step]: 1 }, dimensions);
    },
    sweep: (found, mended, failed) => {
      const total = (counts: Readonly<Record<SweepFault, number>>) =>
        sweepFaults.reduce((sum, fault) => sum + (endsByItself.has(fault) ? 0 : counts[fault]), 0);
      const [all, done] = [total(found), total(mended)];
      count({ SweepFailed: failed, SweepMended: done, SweepLeft: all - done });
      for (const fault of sweepFaults) {
        if (found[fault] > 0) count({ FaultFound: found[fault] }, { Fault: fault });
      }
    },
    upkeep: (counts) => {
      const values = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
      if (Object.keys(values).length > 0) count(values);
    },
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

/** What the onboarding is when its event is sent: gives the codes that the event itself does not carry. */
interface Subject {
  readonly tier?: string | undefined;
  readonly submission: number;
}

const text = (value: EventData[string] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Counts the step of the funnel that a business event stands for; other events are counted by nobody. */
export function countFunnel(metrics: Metrics, type: BusinessEvent, data: EventData, subject: Subject): void {
  const step = steps[type];
  if (step === undefined) return;
  const codes = { tier: text(data['tier']) ?? subject.tier, outcome: text(data['outcome']) };
  metrics.funnel(step, codes);
  // Whoever is invited has come through the qualification; a customer who is asked again has done so before.
  if (step === 'Invited' && subject.submission === 0) metrics.funnel('Qualified', codes);
}
