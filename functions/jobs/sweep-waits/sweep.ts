import { executionName } from '../../domain/onboarding/execution-name.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { day, second } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/event-bus.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import type { Metrics, SweepFault } from '../../platform/metrics.ts';
import type { ExecutionWatch, Workflow } from '../../platform/workflow.ts';
import type { Store } from '../../store/store.ts';
import { UnreadableItemError } from '../../store/unreadable.ts';
import type { Finding } from './findings.ts';
import { repair } from './repair.ts';

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

export type Counts = Record<SweepFault, number>;

/** Items in a page of the store. */
export const pageSize = 100;
/** Days before the same fault is notified again. */
const notifiedForDays = 90;

/** One call of the sweeper, with its counts so far. */
export class Sweep {
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
      const result = await repair(this.#dependencies, finding);
      // It was put right meanwhile, or had been seen too early: no fault.
      if (result === 'gone') return;
      this.found[fault] += 1;
      if (result === 'repaired') {
        this.repaired[fault] += 1;
        logger.log('sweep_mended', { onboardingId: reference, run, kind: fault });
        return;
      }
      logger.log('sweep_found', { onboardingId: reference, run, kind: fault });
      await this.#notify(name, finding);
    } catch (error) {
      if (error instanceof UnreadableItemError) await this.takeUnreadable([reference]);
      else this.fail(error, fault, reference);
    }
  }

  /** Onboardings that this release cannot read: operators are notified, the walks go on. */
  async takeUnreadable(references: readonly string[]): Promise<void> {
    for (const reference of references) await this.take({ fault: 'ItemUnreadable', reference, run: 0 });
  }

  /** A walk that fails starts again from the beginning: the page it stopped at may be the cause. */
  async part<T>(name: string, walk: () => Promise<T>): Promise<T | undefined> {
    try {
      return await walk();
    } catch (error) {
      this.fail(error, name);
      return undefined;
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

function noCounts(): Counts {
  return {
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
    ItemUnreadable: 0,
  };
}
