import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { declineInvitation, submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { OwnedIntake } from '../../functions/domain/onboarding/transitions/start.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { goNoGoDay } from '../../functions/domain/waves/wave.ts';
import { funnelSteps } from '../../functions/platform/metrics.ts';
import { answersOf, readBehaviours } from '../../infra/local/onboard/behaviours.ts';
import { decideByTwo } from '../../infra/local/onboard/decide-by-two.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { generatedProspects } from './generated-prospects.ts';
import { logEventOverhead } from './log-events.ts';
import { createMeter, isNewOutboxEntry, type Meter } from './meter.ts';
import { metricsOf } from './metric-lines.ts';

/** The usage of one onboarding of a path, from start to end. */
export interface PathCost {
  readonly path: string;
  readonly transitions: number;
  readonly invocations: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Times that a change leaves something to send: at most so many calls of the sender. */
  readonly outboxEntries: number;
  readonly mails: number;
  readonly events: number;
  /** Of the functions, with the lines that are metrics. */
  readonly logBytes: number;
  /** Of the workflow's log, which has every event of the history without its data. */
  readonly workflowLogBytes: number;
  /** In the history of its execution. */
  readonly historyEvents: number;
  /** Custom metrics it adds to: each is paid for the hour. */
  readonly metrics: number;
  /** What stays in the table, index entries included. */
  readonly storedBytes: number;
}

const start = new Date('2026-11-23T08:00:00Z');
const customer: Actor = { kind: 'customer', id: 'customer' };
const operator: Actor = { kind: 'operator', id: 'operator' };
const examples = new URL('../../examples/', import.meta.url).pathname;
const { behaviour } = readBehaviours(`${examples}answers`).of('');

/** One onboarding, driven step by step; the runner's own reads are not counted. */
class Trip {
  readonly #runtime: Runtime;
  readonly #meter: Meter;
  readonly #intake: OwnedIntake;
  reference = '';

  constructor(runtime: Runtime, meter: Meter, intake: OwnedIntake) {
    this.#runtime = runtime;
    this.#meter = meter;
    this.#intake = intake;
  }

  async #act(act: (runtime: Runtime) => Promise<unknown>): Promise<void> {
    this.#meter.count(true);
    await act(this.#runtime);
    await this.#runtime.clock.settled();
    this.#meter.count(false);
  }

  async begin(): Promise<void> {
    const request = { scope: 'bench', key: this.#intake.siren, body: JSON.stringify(this.#intake) };
    await this.#act(async (runtime) => {
      this.reference = await startOnboarding(runtime, request, this.#intake, operator);
    });
  }

  answer(changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const answers = { ...answersOf(behaviour, this.#intake, 0), ...changes };
    return this.#act((runtime) => submitAnswers(runtime, this.reference, answers, customer));
  }

  decline(): Promise<void> {
    return this.#act((runtime) => declineInvitation(runtime, this.reference, 'bench', customer));
  }

  wave(decision: 'confirm' | 'another_date' | 'decline'): Promise<void> {
    return this.#act((runtime) => answerWave(runtime, this.reference, decision, customer));
  }

  review(kind: 'readiness' | 'confirmation' | 'go_no_go', decision: string): Promise<void> {
    return this.#act((runtime) =>
      decideByTwo(runtime, this.reference, { kind, decision, reason: 'bench' }, operator),
    );
  }

  withdraw(): Promise<void> {
    return this.#act((runtime) => withdraw(runtime, this.reference, 'bench', customer));
  }

  /** To the go/no-go of the wave that is booked; only the gate run that opens it is counted. */
  async toGoNoGo(): Promise<void> {
    const { booking } = await this.#runtime.store.onboardings.now(this.reference);
    const opens = instantAt(goNoGoDay(booking?.cutover ?? '2027-12-31'), '08:00');
    await this.#runtime.clock.jumpTo(new Date(opens.getTime() - 1));
    await this.#act((runtime) => runtime.clock.jumpTo(opens));
  }

  /** Silence until the onboarding ends; of the time between its own turns nothing is counted. */
  async staySilent(): Promise<void> {
    const { clock, store } = this.#runtime;
    for (;;) {
      const { state, wait } = await store.onboardings.now(this.reference);
      if (state.stage === 'CLOSED' || wait === undefined) return;
      await clock.jumpTo(new Date(Date.parse(wait.until) - 1));
      await this.#act((runtime) => runtime.clock.jumpTo(new Date(wait.until)));
    }
  }
}

async function toHandOver(trip: Trip): Promise<void> {
  await trip.wave('confirm');
  await trip.toGoNoGo();
  await trip.review('go_no_go', 'go');
}

const notReady = { D1: 1, D2: 1, D3: 1, D4: 1, D5: 1, D6: 1, D7: 1, D8: 1, D9: 1 };

const paths: Readonly<Record<string, (trip: Trip) => Promise<void>>> = {
  'ready, handed over': async (trip) => {
    await trip.answer();
    await toHandOver(trip);
  },
  'reviewed, handed over': async (trip) => {
    await trip.answer({ A7: 'yes' });
    await trip.review('readiness', 'accept');
    await toHandOver(trip);
  },
  'prepared, assessed again, handed over': async (trip) => {
    await trip.answer(notReady);
    await trip.answer();
    await toHandOver(trip);
  },
  'another date, handed over': async (trip) => {
    await trip.answer();
    await trip.wave('another_date');
    await toHandOver(trip);
  },
  'refusal confirmed': async (trip) => {
    await trip.answer({ B1: 'yes' });
    await trip.review('confirmation', 'confirm');
  },
  'invitation declined': async (trip) => {
    await trip.decline();
  },
  'withdrawn with a wave held': async (trip) => {
    await trip.answer();
    await trip.withdraw();
  },
  'never answered': async (trip) => {
    await trip.staySilent();
  },
};

async function historyOf({ sfn }: Runtime, executionArn: string) {
  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false, maxResults: 1_000 }),
  );
  // What the workflow's log holds of it: each event, without data, with the name of its execution.
  const lines = events.map((event) =>
    JSON.stringify({ ...event, execution_arn: executionArn, redrive_count: '0' }),
  );
  return { events: events.length, logBytes: bytesOf(lines) };
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + logEventOverhead, 0);
}

async function costOf(
  path: string,
  drive: (trip: Trip) => Promise<void>,
  metricsOfAll: Set<string>,
): Promise<PathCost> {
  const [intake] = generatedProspects(1);
  if (intake === undefined) throw new Error('No prospect to run');
  const meter = createMeter();
  meter.count(false);
  const log: string[] = [];
  const metrics: string[] = [];
  let outboxEntries = 0;
  const runtime = await startRuntime({
    from: start,
    timeScale: 0,
    platform: samplePlatform,
    calendar: sampleCalendar(samplePlatform),
    registryFile: `${examples}registry.json`,
    log: (line) => log.push(line),
    // The sweeper's are no onboarding's.
    onMetric: (line) => void (funnelSteps.some((step) => line.includes(`"${step}"`)) && metrics.push(line)),
    hooks: {
      onWrite: (written) => {
        meter.onWrite(written);
        outboxEntries += written.filter(isNewOutboxEntry).length;
      },
      onClient: meter.watch,
    },
  });
  try {
    const trip = new Trip(runtime, meter, { ...intake, siren: '999000102', services: ['exchange', 'teams'] });
    await trip.begin();
    await drive(trip);
    const executionArn = runtime.executionArnOf(trip.reference, 1);
    const history = await historyOf(runtime, executionArn);
    const counters = runtime.stepFunctions.countersOf(executionArn);
    const { write, read, stored } = meter.total();
    const added = new Set(metrics.flatMap(metricsOf));
    for (const metric of added) metricsOfAll.add(metric);
    return {
      path,
      transitions: counters?.transitions ?? 0,
      invocations: counters?.invocations ?? 0,
      writeUnits: write,
      readUnits: read,
      outboxEntries,
      mails: runtime.mailbox.list().length,
      events: runtime.events.list().length,
      logBytes: bytesOf(log) + bytesOf(metrics),
      workflowLogBytes: history.logBytes,
      historyEvents: history.events,
      metrics: added.size,
      storedBytes: stored,
    };
  } finally {
    await runtime.close();
  }
}

export interface PathCosts {
  readonly paths: readonly PathCost[];
  /** Number of custom metrics that all paths together use. */
  readonly funnelMetrics: number;
}

export async function measurePaths(): Promise<PathCosts> {
  const costs: PathCost[] = [];
  const metrics = new Set<string>();
  for (const [path, drive] of Object.entries(paths)) costs.push(await costOf(path, drive, metrics));
  return { paths: costs, funnelMetrics: metrics.size };
}
