import { tasks } from '../../../workflows/tasks.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, workflowFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import type { Workflow } from '../../platform/workflow.ts';
import { holdIsOver } from '../../store/decisions.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { createWaits, type WaitRules } from '../../store/waits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workflow: Workflow;
}

function rulesFor(clock: Clock): WaitRules {
  return {
    kind: 'confirmation',
    // A run that took over later than the hold lasts does not wait ten more days.
    due: async ({ booking }) =>
      booking !== undefined && holdIsOver(booking, clock.now())
        ? { decision: 'EXPIRED', happening: { type: 'HOLD_EXPIRED', who: system } }
        : undefined,
  };
}

/** Waits for the customer to confirm the wave that is held for it. */
export function createHandler({ store, clock, logger, workflow }: Dependencies): TaskHandler {
  const waits = createWaits(store.onboardings, workflow, clock);
  return createTask(tasks.AskCustomerToConfirmWave, logger, (subject) =>
    waits.keep(subject, rulesFor(clock)),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
