import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { calendarNow } from '../../application/read-placing.ts';
import { executionName } from '../../domain/onboarding/execution-name.ts';
import { isInWorkflow, type Stage, stages } from '../../domain/onboarding/lifecycle.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { day, second } from '../../domain/time.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { Clock } from '../../platform/clock.ts';
import {
  executionWatchFromEnvironment,
  platformFromEnvironment,
  required,
  workflowFromEnvironment,
} from '../../platform/environment.ts';
import { type EventBus, eventBridgeBus } from '../../platform/event-bus.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import { type Metrics, type SweepFault, standardMetrics } from '../../platform/metrics.ts';
import type { ExecutionWatch, RunningExecution, Workflow } from '../../platform/workflow.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';
import type { SweepPlace, SweptOnboarding } from '../../store/sweeps.ts';
import { eachPage, pageAt } from '../../store/table.ts';
import {
  type Finding,
  grace,
  judgeOpen,
  judgePlace,
  judgeRunning,
  judgeWait,
  needsRun,
  subjectOf,
} from './findings.ts';
import { repair } from './repair.ts';
import { walkRunning } from './walk-running.ts';

export interface SweepDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly workflow: Workflow;
  readonly watch: ExecutionWatch;
  readonly bus: EventBus;
  readonly platform: PlatformConfiguration;
  /** The most pages that each walk reads in one call: of executions, and of onboardings or their waits. */
  readonly pages: { readonly executions: number; readonly onboardings: number };
}

type Counts = Record<SweepFault, number>;

export interface SweepRun {
  readonly found: Readonly<Counts>;
  readonly repaired: Readonly<Counts>;
  /** Parts of the sweep that failed. */
  readonly failed: number;
}

const pageSize = 100;
/** DescribeExecution calls at once. */
const askedAtOnce = 10;
/**
 * After this many DescribeExecution calls a walk reads no other page. Each of the two walks then makes fewer than 120,
 * and both fewer than the burst of 250 that Step Functions allows in most regions before ten a second.
 */
const askedAtMost = 20;
/** Days before the same fault is notified again. */
const notifiedForDays = 90;

/** Stages in which an onboarding needs a running execution. */
const walked: readonly Stage[] = stages.filter((stage) => isInWorkflow({ stage }));

function isSamePlace(one: SweepPlace, other: SweepPlace): boolean {
  return (
    one.executions === other.executions &&
    one.waits === other.waits &&
    one.stage === other.stage &&
    one.onboardings === other.onboardings
  );
}

const noCounts = (): Counts => ({
  WaitOverdue: 0,
  ExecutionWithoutOnboarding: 0,
  ExecutionSuperseded: 0,
  ExecutionAfterEnd: 0,
  ExecutionOfFailed: 0,
  ExecutionEndedEarly: 0,
  ExecutionMissing: 0,
  FailureUnrecorded: 0,
  WakeLost: 0,
  OutboxStale: 0,
  PlaceInEndedWave: 0,
});

/** One call of the sweeper, with its counts so far. */
class Sweep {
  readonly found = noCounts();
  readonly repaired = noCounts();
  failed = 0;
  readonly now: Date;
  /** Executions seen running in this call. */
  readonly running = new Set<string>();
  /** DescribeExecution calls in this walk. */
  asked = 0;
  readonly #taken = new Set<string>();
  readonly #dependencies: SweepDependencies;

  constructor(dependencies: SweepDependencies) {
    this.#dependencies = dependencies;
    this.now = dependencies.clock.now();
  }

  /** Counts a fault and repairs it; notifies operators if that is not safe. Two walks may find the same fault. */
  async take(finding: Finding | undefined): Promise<void> {
    if (finding === undefined) return;
    const { fault, reference, run, wait } = finding;
    const name = [fault, executionName(reference, run), ...(wait === undefined ? [] : [wait])].join(':');
    if (this.#taken.has(name)) return;
    this.#taken.add(name);
    const { logger } = this.#dependencies;
    try {
      const repaired = await repair(this.#dependencies, finding);
      // The dispatcher has completed the token meanwhile: no fault.
      if (fault === 'WakeLost' && !repaired) return;
      this.found[fault] += 1;
      if (repaired) {
        this.repaired[fault] += 1;
        logger.log('sweep_mended', { onboardingId: reference, run, kind: fault });
        return;
      }
      logger.log('sweep_found', { onboardingId: reference, run, kind: fault });
      await this.#notify(name, finding);
    } catch (error) {
      this.fail(error, fault, reference);
    }
  }

  /** A part that fails does not stop the others; it is counted, and the next call tries it again. */
  fail(error: unknown, kind: string, onboardingId?: string): void {
    this.failed += 1;
    const about = onboardingId === undefined ? {} : { onboardingId };
    this.#dependencies.logger.log('sweep_failed', { ...about, kind, error: errorName(error) });
  }

  /** Published before it is recorded: after a crash in between it is published twice, with the same id, not never. */
  async #notify(name: string, { fault, reference, run }: Finding): Promise<void> {
    const { store, bus } = this.#dependencies;
    if (await store.sweeps.wasNotified(name)) return;
    await bus.publish({
      id: name,
      type: 'OnboardingStuck',
      at: this.now.toISOString(),
      reference,
      data: { fault, run },
    });
    const forgetAt = Math.ceil(this.now.getTime() / second) + (notifiedForDays * day) / second;
    await store.sweeps.recordNotified(name, forgetAt);
  }
}

/**
 * Reconciles the table with Step Functions: it shares nothing with the dispatcher and the tasks but the store and the
 * clients. Each call continues where the previous one stopped and reads a bounded number of pages.
 */
export function createSweeper(dependencies: SweepDependencies): () => Promise<SweepRun> {
  const { store, watch, metrics, pages } = dependencies;

  async function walkOutbox(sweep: Sweep): Promise<void> {
    const pending = await store.outbox.pending(pageSize);
    const before = new Date(sweep.now.getTime() - grace).toISOString();
    const stale = pending.filter(({ at }) => at <= before);
    const [oldest] = stale;
    if (oldest === undefined) return;
    await sweep.take({ fault: 'OutboxStale', reference: oldest.reference, run: oldest.version });
    sweep.found.OutboxStale = stale.length;
    // The dispatcher reads the whole outbox whenever an entry is written.
    await store.outbox.nudge(oldest, sweep.now.toISOString());
  }

  /** Compares running executions with the stored state of their onboardings. */
  async function compare(sweep: Sweep, executions: readonly RunningExecution[]): Promise<void> {
    for (let from = 0; from < executions.length; from += pageSize) {
      const some = executions.slice(from, from + pageSize);
      const references = some.flatMap(({ name }) => subjectOf(name)?.reference ?? []);
      const onboardings = await store.sweeps.read([...new Set(references)]);
      for (const execution of some) {
        const reference = subjectOf(execution.name)?.reference ?? '';
        await sweep.take(judgeRunning(execution, onboardings.get(reference), sweep.now));
      }
    }
  }

  /** Compares an onboarding with its execution, unless that was seen running in this call. */
  async function lookAt(sweep: Sweep, onboarding: SweptOnboarding): Promise<Finding | undefined> {
    if (!needsRun(onboarding, sweep.now)) return undefined;
    const { reference } = onboarding.state;
    const run = onboarding.state.run.number;
    if (sweep.running.has(executionName(reference, run))) return undefined;
    sweep.asked += 1;
    return judgeOpen(onboarding, await watch.describe(reference, run), sweep.now);
  }

  async function lookAtAll(sweep: Sweep, all: readonly SweptOnboarding[], waits: boolean): Promise<void> {
    for (let from = 0; from < all.length; from += askedAtOnce) {
      await Promise.all(
        all.slice(from, from + askedAtOnce).map(async (onboarding) => {
          const finding = await lookAt(sweep, onboarding);
          await sweep.take(finding ?? (waits ? judgeWait(onboarding, sweep.now) : undefined));
        }),
      );
    }
  }

  async function walkWaits(sweep: Sweep, place: SweepPlace): Promise<string | undefined> {
    const until = new Date(sweep.now.getTime() - grace).toISOString();
    let next = place.waits;
    sweep.asked = 0;
    const overdue = eachPage((page) => store.lists.overdue(until, { limit: pageSize, ...page }), {
      from: place.waits,
      most: pages.onboardings,
    });
    for await (const { items, cursor } of overdue) {
      const read = await store.sweeps.read(items.map(({ reference }) => reference));
      await lookAtAll(sweep, [...read.values()], true);
      next = cursor;
      if (sweep.asked > askedAtMost) break;
    }
    return next;
  }

  /**
   * Rewrites onboardings that an earlier release stored with the stage FAILED, so that the list of their stage has
   * them.
   */
  async function renewStoredAsFailed(): Promise<void> {
    for (let page = 0; page < pages.onboardings; page += 1) {
      const { items } = await store.lists.storedAsFailed({ limit: pageSize });
      for (const { reference } of items) await store.onboardings.renew(reference);
      if (items.length === 0) break;
    }
  }

  async function calendarById(): Promise<ReadonlyMap<string, Wave>> {
    const waves = await calendarNow(dependencies);
    return new Map(waves.map((wave) => [wave.id, wave]));
  }

  /** Reads one stage after the other and starts again after the last. */
  async function walkOnboardings(
    sweep: Sweep,
    place: SweepPlace,
  ): Promise<Pick<SweepPlace, 'stage' | 'onboardings'>> {
    const calendar = await calendarById();
    const stopped = walked.find((stage) => stage === place.stage);
    let index = stopped === undefined ? 0 : walked.indexOf(stopped);
    let cursor = place.onboardings;
    sweep.asked = 0;
    // An empty stage costs one small read: a call may pass all of them.
    for (
      let page = 0, left = walked.length;
      page < pages.onboardings && left > 0 && sweep.asked <= askedAtMost;
    ) {
      const list = await store.lists.byStage(walked[index] ?? 'REGISTERED', {
        limit: pageSize,
        ...pageAt(cursor),
      });
      await lookAtAll(
        sweep,
        list.items.map((state) => ({ state })),
        false,
      );
      for (const state of list.items) await sweep.take(judgePlace({ state }, calendar, sweep.now));
      if (list.items.length > 0) page += 1;
      cursor = list.cursor;
      if (cursor === undefined) {
        index = (index + 1) % walked.length;
        left -= 1;
      }
    }
    return { stage: walked[index], onboardings: cursor };
  }

  return async () => {
    const sweep = new Sweep(dependencies);
    /** A walk that fails starts again from the beginning: the page it stopped at may be the cause. */
    async function part<T>(name: string, walk: () => Promise<T>): Promise<T | undefined> {
      try {
        return await walk();
      } catch (error) {
        sweep.fail(error, name);
        return undefined;
      }
    }
    const place = (await part('place', () => store.sweeps.place())) ?? {};
    await part('outbox', () => walkOutbox(sweep));
    const executions = await part('executions', () =>
      walkRunning(watch, {
        from: place.executions,
        pages: pages.executions,
        compare: (found) => compare(sweep, found),
        seen: sweep.running,
      }),
    );
    await part('renewal', renewStoredAsFailed);
    const waits = await part('waits', () => walkWaits(sweep, place));
    const onboardings = await part('onboardings', () => walkOnboardings(sweep, place));
    const next = { executions, waits, ...onboardings };
    // A system that fits into one call ends at the place where it started: nothing to write.
    if (!isSamePlace(place, next)) await part('place', () => store.sweeps.keepPlace(next));
    metrics.sweep(sweep.found, sweep.repaired, sweep.failed);
    return { found: sweep.found, repaired: sweep.repaired, failed: sweep.failed };
  };
}

let sweeper: (() => Promise<SweepRun>) | undefined;

/** In AWS: called by a schedule every 15 minutes, one call at a time. */
export async function handler(): Promise<SweepRun> {
  sweeper ??= createSweeper({
    ...storeFromEnvironment(),
    metrics: standardMetrics,
    workflow: workflowFromEnvironment(),
    watch: executionWatchFromEnvironment(),
    platform: platformFromEnvironment(),
    bus: eventBridgeBus(new EventBridgeClient({}), required('EVENT_BUS_NAME')),
    pages: { executions: 5, onboardings: 50 },
  });
  return sweeper();
}
