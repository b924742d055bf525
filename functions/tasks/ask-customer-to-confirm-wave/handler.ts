import { tasks } from '../../../workflows/tasks.ts';
import { keepWait, type WaitDependencies } from '../../application/keep-wait.ts';
import { expireHold } from '../../domain/onboarding/transitions/confirmation.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

interface Dependencies extends WaitDependencies {
  readonly logger: Logger;
}

/** Waits for the customer to confirm the wave that is held for it. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { clock, logger } = dependencies;
  return createTask(tasks.AskCustomerToConfirmWave, logger, (subject) =>
    keepWait(dependencies, subject, {
      kind: 'confirmation',
      due: (snapshot) => expireHold(snapshot, clock.now()),
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
