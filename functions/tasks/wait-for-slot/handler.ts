import { tasks } from '../../../workflows/tasks.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, workflowFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import type { Workflow } from '../../platform/workflow.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { joinWaitingList } from '../../store/waiting-list.ts';
import { createWaits, type WaitRules } from '../../store/waits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workflow: Workflow;
}

const rules: WaitRules = {
  kind: 'slot',
  // From a placement review: an operator decided that the customer waits.
  enter: async ({ state }) => {
    if (state.waitingRank === undefined) return undefined;
    return {
      to: 'WAITING_LIST',
      set: { reviewKind: undefined },
      happening: { type: 'WAITING', who: system, data: { because: state.because ?? 'REVIEW' } },
      writes: [joinWaitingList({ rank: state.waitingRank, reference: state.reference })],
      messages: [{ kind: 'mail', template: 'waiting_list', to: 'customer' }],
    };
  },
};

/** Waits on the waiting list for an offer to be accepted. */
export function createHandler({ store, clock, logger, workflow }: Dependencies): TaskHandler {
  const waits = createWaits(store.onboardings, workflow, clock);
  return createTask(tasks.WaitForSlot, logger, (subject) => waits.keep(subject, rules));
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
