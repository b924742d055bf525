import { tasks } from '../../../workflows/tasks.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { successor } from '../../store/decisions.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

const result = { outcome: 'CONTINUED' } as const;

/** Hands the onboarding to a younger run of the workflow, which goes on where it stands. */
export function createHandler({ store, clock, logger }: Dependencies): TaskHandler {
  return createTask(tasks.ContinueInSuccessor, logger, ({ reference, run }) =>
    store.onboardings.change(reference, async ({ state }) => {
      if (state.run.number !== run) return { result };
      const transition = successor(
        state,
        { type: 'CONTINUED', who: system, data: { run: run + 1 } },
        clock.now(),
      );
      return transition === undefined ? { result } : { result, transition };
    }),
  );
}

export const handler: TaskHandler = lazily(() => createHandler(storeFromEnvironment()));
