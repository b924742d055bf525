import { calendarDateOf } from '../../calendar-date.ts';
import { workingDaysBetween } from '../../working-days.ts';
import { system } from '../actor.ts';
import { reviewReminderAfter } from '../durations.ts';
import type { ReviewKind } from '../lifecycle.ts';
import { isReminderTime } from '../reminder-time.ts';
import type { Wait } from '../state.ts';
import type { WaitChange } from '../waits.ts';

/** Requests a review by an operator. */
export function requestReview(review: ReviewKind): WaitChange {
  return {
    to: 'IN_REVIEW',
    set: { reviewKind: review },
    event: { type: 'REVIEW_REQUESTED', actor: system, data: { review } },
    messages: [{ kind: 'mail', template: 'review_requested', to: 'operators' }],
  };
}

/** Reminds operators of a review, or raises it as overdue; undefined when nothing is due. */
export function remindOfReview(
  review: ReviewKind,
  { openedAt, reminders }: Wait,
  at: Date,
): WaitChange | undefined {
  if (!isReminderTime(at)) return undefined;
  const workingDays = workingDaysBetween(calendarDateOf(new Date(openedAt)), calendarDateOf(at));
  if (workingDays < reviewReminderAfter(reminders)) return undefined;
  const data = { review, workingDays };
  if (reminders === 0) {
    return {
      reminders: 1,
      event: { type: 'REVIEW_RECALLED', actor: system, data },
      messages: [{ kind: 'mail', template: 'review_requested', to: 'operators' }],
    };
  }
  return {
    reminders: reminders + 1,
    event: { type: 'REVIEW_OVERDUE', actor: system, data },
    messages: [
      { kind: 'mail', template: 'review_overdue', to: 'operators' },
      { kind: 'mail', template: 'owner_stuck', to: 'owner' },
      { kind: 'event', type: 'OnboardingReviewOverdue', data },
    ],
  };
}
