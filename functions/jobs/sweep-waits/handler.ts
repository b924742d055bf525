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
import { mend } from './mend.ts';
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
  /** Pages that each walk comes through in one call: of executions, and of onboardings or their waits. */
  readonly pages: { readonly executions: number; readonly onboardings: number };
}

type Counts = Record<SweepFault, number>;

export interface SweepRun {
  readonly found: Readonly<Counts>;
  readonly mended: Readonly<Counts>;
  /** Parts of the sweep that could not be carried out. */
  readonly failed: number;
}

const pageSize = 100;
/** Executions asked for at once. */
const askedAtOnce = 10;
/**
 * From so many executions asked for, a walk begins no other page. Each of two walks stays under 120 then, and both under
 * the 250 calls that Step Functions allows at once in most regions, before it is ten a second.
 */
const askedAtMost = 20;
/** How long a told fault is not told again. */
const toldForDays = 90;

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

/** One call of the sweeper: what it has counted so far. */
class Sweep {
  readonly found = noCounts();
  readonly mended = noCounts();
  failed = 0;
  readonly now: Date;
  /** Executions seen running in this call. */
  readonly running = new Set<string>();
  /** Executions asked for one by one in this walk. */
  asked = 0;
  readonly #told = new Set<string>();
  readonly #dependencies: SweepDependencies;

  constructor(dependencies: SweepDependencies) {
    this.#dependencies = dependencies;
    this.now = dependencies.clock.now();
  }

  /** Counts a fault; mends it when that is safe, tells of it when not. Two walks may come upon the same one. */
  async take(finding: Finding | undefined): Promise<void> {
    if (finding === undefined) return;
    const { fault, reference, run, wait } = finding;
    const name = [fault, executionName(reference, run), ...(wait === undefined ? [] : [wait])].join(':');
    if (this.#told.has(name)) return;
    this.#told.add(name);
    const { logger } = this.#dependencies;
    try {
      const mended = await mend(this.#dependencies, finding);
      // A wake that found nothing left to wake was no fault: whoever decided was just quicker.
      if (fault === 'WakeLost' && !mended) return;
      this.found[fault] += 1;
      if (mended) {
        this.mended[fault] += 1;
        logger.log('sweep_mended', { onboardingId: reference, run, kind: fault });
        return;
      }
      logger.log('sweep_found', { onboardingId: reference, run, kind: fault });
      await this.#tell(name, finding);
    } catch (error) {
      this.fail(error, fault, reference);
    }
  }

  /** A part that fails holds back no other; it is counted, and the next call comes to it again. */
  fail(error: unknown, kind: string, onboardingId?: string): void {
    this.failed += 1;
    const about = onboardingId === undefined ? {} : { onboardingId };
    this.#dependencies.logger.log('sweep_failed', { ...about, kind, error: errorName(error) });
  }

  /** Published before it is noted: told twice, under the same name, rather than never. */
  async #tell(name: string, { fault, reference, run }: Finding): Promise<void> {
    const { store, bus } = this.#dependencies;
    if (await store.sweeps.wasTold(name)) return;
    await bus.publish({
      id: name,
      type: 'OnboardingStuck',
      at: this.now.toISOString(),
      reference,
      data: { fault, run },
    });
    await store.sweeps.noteTold(name, Math.ceil(this.now.getTime() / second) + (toldForDays * day) / second);
  }
}

/**
 * Compares the table with Step Functions and finds what the ordinary ways have lost: it shares no step with them but the
 * store and the clients. Each call goes on where the one before stopped and reads a bounded number of pages.
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
    // The dispatcher takes up the whole outbox whenever something is written to it.
    await store.outbox.nudge(oldest, sweep.now.toISOString());
  }

  /** Compares executions that run with what the table says of their onboardings. */
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

  /** Looks at the executions of onboardings, unless they were seen running in this call. */
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

  /** Writes again what an earlier release stored with the stage FAILED: each is found in its own stage afterwards. */
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

  /** One stage after the other, round and round. */
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
    /** A walk that fails begins anew: the page it failed at may be what it fails at. */
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
    // A system that is seen whole in one call stays at the same place: nothing to write.
    if (!isSamePlace(place, next)) await part('place', () => store.sweeps.keepPlace(next));
    metrics.sweep(sweep.found, sweep.mended, sweep.failed);
    return { found: sweep.found, mended: sweep.mended, failed: sweep.failed };
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
