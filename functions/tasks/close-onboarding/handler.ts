import { tasks } from '../../../workflows/tasks.ts';
import { closeAsDecided } from '../../domain/onboarding/transitions/close.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly logger: Logger;
}

/** Closes an onboarding with the outcome that was decided; an onboarding that is closed already keeps its outcome. */
export function createHandler({ store, logger }: Dependencies): TaskHandler {
  return createTask(tasks.CloseOnboarding, logger, ({ reference, outcome }) =>
    store.onboardings.change(reference, async (snapshot) => {
      const earlier = snapshot.state.outcome;
      if (earlier !== undefined) return { result: { outcome: earlier } };
      return { result: { outcome }, change: closeAsDecided(snapshot, outcome) };
    }),
  );
}

export const handler: TaskHandler = lazily(() => createHandler(storeFromEnvironment()));
