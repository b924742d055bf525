import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { calendarNow } from '../../application/read-placing.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { outcomeFor } from '../../domain/onboarding/definitions.ts';
import type { Preparation } from '../../domain/onboarding/state.ts';
import { prepare } from '../../domain/onboarding/transitions/preparation.ts';
import { exitOutcome } from '../../domain/onboarding/waits.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { placePreparation } from '../../domain/waves/preparation.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, platformFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: PlatformConfiguration;
}

type Outcome = z.infer<typeof tasks.BookPreparationWave.output>;

/** Books the next preparation wave for a customer that is not ready; without one the customer prepares anyway. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { store, clock, logger, platform } = dependencies;

  /** The next seat, for a customer that has none before it. */
  async function nextSeat(preparation: Preparation | undefined) {
    const asOf = calendarDateOf(clock.now());
    if (preparation !== undefined && preparation.starts >= asOf) return undefined;
    return placePreparation({}, await calendarNow(dependencies), { asOf, platform });
  }

  return createTask(tasks.BookPreparationWave, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async (snapshot) => {
      const { state, preparation } = snapshot;
      const exit = exitOutcome(state, run);
      if (exit !== undefined) return { result: { outcome: exit } };
      const result: Outcome = { outcome: outcomeFor(state.run, 'PREPARE', 'PREPARING') };
      if (state.stage === 'PREPARING') return { result };
      return { result, change: prepare(snapshot, await nextSeat(preparation), clock.now()) };
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), platform: platformFromEnvironment() }),
);
