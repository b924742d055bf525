import { tasks } from '../../../workflows/tasks.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { reviewDays } from '../../domain/onboarding/durations.ts';
import type { ReviewKind } from '../../domain/onboarding/lifecycle.ts';
import { workingDaysBetween } from '../../domain/working-days.ts';
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

/** Working days after which a review is recalled, then raised as overdue, then again. */
function recallAfter(reminders: number): number {
  return reminders === 0 ? reviewDays.recall : reviewDays.decision * reminders;
}

function rulesFor(review: ReviewKind, clock: Clock): WaitRules {
  return {
    kind: 'review',
    enter: async () => ({
      to: 'IN_REVIEW',
      set: { reviewKind: review },
      happening: { type: 'REVIEW_REQUESTED', who: system, data: { review } },
      messages: [{ kind: 'mail', template: 'review_requested', to: 'operators' }],
    }),
    due: async (_now, wait) => {
      const waited = workingDaysBetween(calendarDateOf(new Date(wait.openedAt)), calendarDateOf(clock.now()));
      if (waited < recallAfter(wait.reminders)) return undefined;
      const overdue = wait.reminders > 0;
      return {
        remind: true,
        happening: {
          type: overdue ? 'REVIEW_OVERDUE' : 'REVIEW_RECALLED',
          who: system,
          data: { review, workingDays: waited },
        },
        messages: overdue
          ? [
              { kind: 'mail', template: 'review_overdue', to: 'operators' },
              { kind: 'mail', template: 'owner_stuck', to: 'owner' },
              { kind: 'event', type: 'OnboardingReviewOverdue', data: { review, workingDays: waited } },
            ]
          : [{ kind: 'mail', template: 'review_requested', to: 'operators' }],
      };
    },
  };
}

/** Puts an onboarding before an operator and waits for a named decision. */
export function createHandler({ store, clock, logger, workflow }: Dependencies): TaskHandler {
  const waits = createWaits(store.onboardings, workflow, clock);
  return createTask(tasks.AskForReview, logger, ({ review, ...subject }) =>
    waits.keep(subject, rulesFor(review, clock)),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), workflow: workflowFromEnvironment() }),
);
