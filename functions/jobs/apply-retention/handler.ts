import { eraseOnboarding, finishErasure } from '../../application/erase.ts';
import { changesAtOnce, inBatches } from '../../application/in-batches.ts';
import { system } from '../../domain/onboarding/actor.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { day, hour } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import { retentionDaysFromEnvironment } from '../../platform/environment.ts';
import { linksFromEnvironment } from '../../platform/link-client.ts';
import type { Links } from '../../platform/links.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import { type Metrics, standardMetrics } from '../../platform/metrics.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';
import { eachPage, type Page, type PageStart } from '../../store/table.ts';

export interface RetentionDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly links: Links;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Days that personal data is kept after an onboarding was closed. */
  readonly retentionDays: number;
}

export interface RetentionRun {
  readonly erased: number;
  /** Erasures finished, or checked once more. */
  readonly checked: number;
  /** Onboardings that could not be erased; the next call tries again. */
  readonly failed: number;
}

const pageSize = 25;
/** Pages of each list in one call: the rest is for the next day's call. */
const pagesAtMost = 400;

/** Erases the personal data of onboardings that have been closed long enough, and finishes erasures begun before. */
export function createRetention(dependencies: RetentionDependencies): () => Promise<RetentionRun> {
  const { store, clock, logger, metrics, retentionDays } = dependencies;
  return async () => {
    let failed = 0;
    async function each(
      list: (page: PageStart & { readonly limit: number }) => Promise<Page<OnboardingState>>,
      act: (reference: string) => Promise<unknown>,
    ): Promise<number> {
      let count = 0;
      const pages = eachPage((page) => list({ limit: pageSize, ...page }), { most: pagesAtMost });
      for await (const { items, unreadable = [] } of pages) {
        // Their data is kept too long: that is a failure to be seen, whatever its cause.
        failed += unreadable.length;
        await inBatches(items, changesAtOnce, async ({ reference }) => {
          try {
            await act(reference);
            count += 1;
          } catch (error) {
            // A failed erasure does not stop the others; the onboarding stays in its list, and the metric counts it.
            failed += 1;
            logger.log('erasure_failed', { onboardingId: reference, error: errorName(error) });
          }
        });
      }
      return count;
    }
    const now = clock.now().getTime();
    const closedBy = new Date(now - retentionDays * day).toISOString();
    // An erasure that began within the hour may be under way.
    const askedBy = new Date(now - hour).toISOString();
    const checked = await each(
      (page) => store.lists.erasures(askedBy, page),
      (reference) => finishErasure(dependencies, reference),
    );
    const erased = await each(
      (page) => store.lists.retained(closedBy, page),
      (reference) => eraseOnboarding(dependencies, reference, 'retention_over', system),
    );
    metrics.upkeep({ Erased: erased, ErasuresFailed: failed });
    return { erased, checked, failed };
  };
}

let retention: (() => Promise<RetentionRun>) | undefined;

/** In AWS: called by a schedule once a day. */
export async function handler(): Promise<RetentionRun> {
  retention ??= createRetention({
    ...storeFromEnvironment(),
    links: linksFromEnvironment(),
    metrics: standardMetrics,
    retentionDays: retentionDaysFromEnvironment(),
  });
  return retention();
}
