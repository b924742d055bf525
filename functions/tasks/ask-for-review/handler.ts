import { tasks } from '../../../workflows/tasks.ts';
import { keepWait, type WaitDependencies } from '../../application/keep-wait.ts';
import { remindOfReview, requestReview } from '../../domain/onboarding/transitions/review-requests.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

interface Dependencies extends WaitDependencies {
  readonly logger: Logger;
}

/** Requests a review by an operator and waits for the decision. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { clock, logger } = dependencies;
  return createTask(tasks.AskForReview, logger, ({ review, ...subject }) =>
    keepWait(dependencies, subject, {
      kind: 'review',
      enter: () => requestReview(review),
      due: (_snapshot, wait) => remindOfReview(review, wait, clock.now()),
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
