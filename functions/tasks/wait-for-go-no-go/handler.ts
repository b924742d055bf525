import { tasks } from '../../../workflows/tasks.ts';
import { keepWait, type WaitDependencies } from '../../application/keep-wait.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

interface Dependencies extends WaitDependencies {
  readonly logger: Logger;
}

/** Waits for the go or no-go of a confirmed wave; the gate job opens it on the last working day before cutover. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  return createTask(tasks.WaitForGoNoGo, dependencies.logger, (subject) =>
    keepWait(dependencies, subject, { kind: 'go_no_go' }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
