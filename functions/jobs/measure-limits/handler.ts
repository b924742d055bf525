import { calendarDateOf } from '../../domain/calendar-date.ts';
import { type PlatformConfiguration, siteCodes } from '../../domain/platform-configuration.ts';
import type { Clock } from '../../platform/clock.ts';
import { platformFromEnvironment } from '../../platform/environment.ts';
import { type Metrics, standardMetrics } from '../../platform/metrics.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';
import { eachItem } from '../../store/table.ts';
import { isCapacityLow, isRedriveClosing } from './limits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly platform: PlatformConfiguration;
}

export interface LimitsRun {
  readonly capacityLow: boolean;
  /** Failed onboardings whose run can be redriven for a few days more only. */
  readonly redrivesClosing: number;
}

const pageSize = 100;

/** Measures how near the limits are that no one would notice in time. */
export function createLimits({ store, clock, metrics, platform }: Dependencies): () => Promise<LimitsRun> {
  async function redrivesClosing(now: Date): Promise<number> {
    let count = 0;
    for await (const { run } of eachItem((page) => store.lists.failed({ limit: pageSize, ...page }))) {
      if (run.failedAt !== undefined && isRedriveClosing(run.failedAt, now)) count += 1;
    }
    return count;
  }

  return async () => {
    const now = clock.now();
    const calendar = await store.waves.calendar(siteCodes(platform));
    const run = {
      capacityLow: isCapacityLow(calendar, calendarDateOf(now)),
      redrivesClosing: await redrivesClosing(now),
    };
    metrics.upkeep({ WaveCapacityLow: Number(run.capacityLow), RedriveWindowsClosing: run.redrivesClosing });
    return run;
  };
}

let limits: (() => Promise<LimitsRun>) | undefined;

/** In AWS: called by a schedule twice a day. */
export async function handler(): Promise<LimitsRun> {
  limits ??= createLimits({
    ...storeFromEnvironment(),
    metrics: standardMetrics,
    platform: platformFromEnvironment(),
  });
  return limits();
}
