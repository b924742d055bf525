import { tasks } from '../../../workflows/tasks.ts';
import { keepWait, type WaitDependencies } from '../../application/keep-wait.ts';
import { waitAfterReview } from '../../domain/onboarding/transitions/placement.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

interface Dependencies extends WaitDependencies {
  readonly logger: Logger;
}

/** Waits on the waiting list for an offer to be accepted. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  return createTask(tasks.WaitForSlot, dependencies.logger, (subject) =>
    keepWait(dependencies, subject, { kind: 'slot', enter: ({ state }) => waitAfterReview(state) }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
