import { tasks } from '../../../workflows/tasks.ts';
import { keepWait, type WaitDependencies } from '../../application/keep-wait.ts';
import { remindToReassess } from '../../domain/onboarding/transitions/preparation.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

interface Dependencies extends WaitDependencies {
  readonly logger: Logger;
}

/** Waits for a preparing customer to update its answers. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { clock, logger } = dependencies;
  return createTask(tasks.WaitForReassessment, logger, (subject) =>
    keepWait(dependencies, subject, {
      kind: 'reassessment',
      due: (snapshot, wait) => remindToReassess(snapshot, wait, clock.now()),
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
