import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { platformFromEnvironment, required } from '../../platform/environment.ts';
import { eventBridgeBus } from '../../platform/event-bus.ts';
import { standardMetrics } from '../../platform/metrics.ts';
import { executionWatchFromEnvironment, workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { SweepPlace } from '../../store/sweeps.ts';
import { compareRunning } from './compare-running.ts';
import { relistWork } from './list-work.ts';
import { renewStoredAsFailed } from './renew-stored-as-failed.ts';
import { type Counts, Sweep, type SweepDependencies } from './sweep.ts';
import { walkOnboardings } from './walk-onboardings.ts';
import { walkOutbox } from './walk-outbox.ts';
import { walkCalendar, walkPlaces } from './walk-places.ts';
import { walkRunning } from './walk-running.ts';
import { walkWaits } from './walk-waits.ts';

export interface SweepRun {
  readonly found: Readonly<Counts>;
  readonly repaired: Readonly<Counts>;
  /** Parts of the sweep that failed. */
  readonly failed: number;
}

/**
 * Reconciles the table with Step Functions: it shares nothing with the dispatcher and the tasks but the store and the
 * clients. Each call continues where the previous one stopped and reads a bounded number of pages.
 */
export function createSweeper(dependencies: SweepDependencies): () => Promise<SweepRun> {
  const { store, metrics } = dependencies;
  return async () => {
    const sweep = new Sweep(dependencies);
    const place = (await sweep.part('place', () => store.sweeps.place())) ?? {};
    const next = await walkAll(dependencies, sweep, place);
    // A system that fits into one call ends at the place where it started: nothing to write.
    if (!isSamePlace(place, next)) await sweep.part('place', () => store.sweeps.keepPlace(next));
    metrics.sweep(sweep.found, sweep.repaired, sweep.failed);
    return { found: sweep.found, repaired: sweep.repaired, failed: sweep.failed };
  };
}

/** @returns where the next call continues */
async function walkAll(
  dependencies: SweepDependencies,
  sweep: Sweep,
  place: SweepPlace,
): Promise<SweepPlace> {
  const { watch, pages } = dependencies;
  await sweep.part('outbox', () => walkOutbox(dependencies, sweep));
  await sweep.part('calendar', () => walkCalendar(dependencies));
  await sweep.part('places', () => walkPlaces(dependencies, sweep));
  const executions = await sweep.part('executions', () =>
    walkRunning(watch, {
      from: place.executions,
      pages: pages.executions,
      compare: (found) => compareRunning(dependencies, sweep, found),
      seen: sweep.running,
    }),
  );
  await sweep.part('renewal', () => renewStoredAsFailed(dependencies));
  await sweep.part('work', () => relistWork(dependencies));
  const waits = await sweep.part('waits', () => walkWaits(dependencies, sweep, place));
  const onboardings = await sweep.part('onboardings', () => walkOnboardings(dependencies, sweep, place));
  return { executions, waits, ...onboardings };
}

function isSamePlace(one: SweepPlace, other: SweepPlace): boolean {
  return (
    one.executions === other.executions &&
    one.waits === other.waits &&
    one.stage === other.stage &&
    one.onboardings === other.onboardings
  );
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
