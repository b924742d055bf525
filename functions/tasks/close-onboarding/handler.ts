import { tasks } from '../../../workflows/tasks.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { closing } from '../../store/decisions.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly logger: Logger;
}

/** Closes an onboarding with the outcome that was decided; one that was closed meanwhile keeps its own. */
export function createHandler({ store, logger }: Dependencies): TaskHandler {
  return createTask(tasks.CloseOnboarding, logger, ({ reference, outcome }) =>
    store.onboardings.change(reference, async (now) => {
      if (now.state.outcome !== undefined) return { result: { outcome: now.state.outcome } };
      return {
        result: { outcome },
        transition: closing(
          now,
          outcome,
          { type: 'CLOSED', who: system, data: { outcome } },
          now.state.because,
        ),
      };
    }),
  );
}

export const handler: TaskHandler = lazily(() => createHandler(storeFromEnvironment()));
