import { tasks } from '../../../workflows/tasks.ts';
import { changeOnboarding } from '../../application/change.ts';
import { continueInSuccessor } from '../../domain/onboarding/transitions/run.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Continues the onboarding in a new run of the workflow, from its checkpoint. */
export function createHandler({ store, clock, logger }: Dependencies): TaskHandler {
  return createTask(tasks.ContinueInSuccessor, logger, async ({ reference, run }) => {
    await changeOnboarding(store, reference, ({ state }) =>
      state.run.number === run ? continueInSuccessor(state, clock.now()) : undefined,
    );
    return { outcome: 'CONTINUED' as const };
  });
}

export const handler: TaskHandler = lazily(() => createHandler(storeFromEnvironment()));
