import { tasks } from '../../../workflows/tasks.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, workflowFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import type { Workflow } from '../../platform/workflow.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';
import { createWaits } from '../../store/waits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workflow: Workflow;
}

/** Waits for the go or no-go of a confirmed wave; the gate job opens it the day before cutover. */
export function createHandler({ store, clock, logger, workflow }: Dependencies): TaskHandler {
  const waits = createWaits(store.onboardings, workflow, clock);
  return createTask(tasks.WaitForGoNoGo, logger, (subject) => waits.keep(subject, { kind: 'go_no_go' }));
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
