import { tasks } from '../../../workflows/tasks.ts';
import { silenceDays, waitDurations } from '../../domain/onboarding/durations.ts';
import { day } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, workflowFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import type { Workflow } from '../../platform/workflow.ts';
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
    kind: 'reassessment',
    due: async (_now, wait) => {
      const days = Math.floor((clock.now().getTime() - Date.parse(wait.activeAt)) / day);
      if (days >= silenceDays.reassessment) {
        return {
          decision: 'OVERDUE',
          happening: { type: 'PREPARATION_OVERDUE', who: system, data: { days } },
          messages: [{ kind: 'mail', template: 'owner_stuck', to: 'owner' }],
        };
      }
      if (days < (wait.reminders + 1) * waitDurations.reassessment.renewal) return undefined;
      return {
        remind: true,
        happening: { type: 'REMINDED', who: system, data: { days } },
        messages: [{ kind: 'mail', template: 'reassessment_reminder', to: 'customer' }],
      };
    },
  };
}

/** Waits for a preparing customer to update its answers. */
export function createHandler({ store, clock, logger, workflow }: Dependencies): TaskHandler {
  const waits = createWaits(store.onboardings, workflow, clock);
  return createTask(tasks.WaitForReassessment, logger, (subject) => waits.keep(subject, rulesFor(clock)));
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
