import { day, hour, minute } from '../time.ts';
import type { WaitKind } from './lifecycle.ts';

interface WaitDuration {
  /** Days after which the workflow calls the wait's task again: its state's heartbeat where it has one, else its time-out. */
  readonly renewal: number;
  /** Days after which Step Functions ends the state although heartbeats arrive: only where it has one. */
  readonly longest?: number;
}

/**
 * How long the state of each wait lasts in the workflow file before its task is called again. The file holds the same
 * numbers in seconds; a test compares them.
 */
export const waitDurations: Readonly<Record<WaitKind, WaitDuration>> = {
  answers: { renewal: 14, longest: 60 },
  review: { renewal: 1 },
  reassessment: { renewal: 30 },
  slot: { renewal: 7 },
  confirmation: { renewal: 10 },
  go_no_go: { renewal: 60 },
};

/** Milliseconds until the workflow calls the task of a wait again. */
export function renewalInterval(kind: WaitKind): number {
  return waitDurations[kind].renewal * day;
}

/**
 * Time, in milliseconds, that the system has to send a message of the outbox, record a status change or renew a wait.
 * Until then, a difference between table and workflow is work in progress.
 */
export const grace = 15 * minute;

/** Seconds that a task which waits for no one may take. */
export const taskTimeoutSeconds = 60;

/**
 * A run continues in a successor long before Step Functions ends it: after a year or 25,000 history events
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). A wait is renewed at most once a day and
 * adds six events; a change adds twelve at the most. 300 days and 600 changes stay under 10,000 events.
 */
export const runLimits = { days: 300, changes: 600 } as const;

/** Days after which Step Functions ends a run; its successor has taken over long before. */
export const longestRunDays = 365;

/** Days of silence after which an invitation is closed, and after which operators ask about a preparation [policy]. */
export const silenceDays = { answers: 70, reassessment: 180 } as const;

/**
 * A customer that wants to talk first: the most days for which its time to answer is paused, the working days in which
 * sales get in touch, and how often it may ask [policy].
 */
export const talking = { longestDays: 60, contactWorkingDays: 2, most: 2 } as const;

/** Working days: until a review is recalled for the first time, and in which operators decide it [policy]. */
export const reviewDays = { recall: 2, decision: 5 } as const;

/** Working days after which operators are reminded of a review, and after which it is overdue, then overdue again. */
export function reviewReminderAfter(reminders: number): number {
  return reminders === 0 ? reviewDays.recall : reviewDays.decision * reminders;
}

/** Working days in which a second person agrees to a decision, or does not [policy]. */
export const approvalDays = 5;

/** Days without an answer saved after which someone is reminded of their part of the form, and how many times [policy]. */
export const partReminders = { every: waitDurations.answers.renewal, most: 3 } as const;

/** Days for which a place is kept: held for the customer to confirm, or offered from the waiting list [policy]. */
export const placeDays = { held: waitDurations.confirmation.renewal, offered: 5 } as const;

/** Days for which submitted answers may be corrected once that is begun, and before its end to the reminder [policy]. */
export const correctionDays = { open: 30, reminder: 3 } as const;

/** Days before the end of a hold or an offer on which the customer is reminded [policy]. */
export const placeReminderDays = 3;

/**
 * How long, in milliseconds, what is to be sent belongs to the one who sends it, and for how long it then rests after
 * each try that failed. After the last one it is set aside for the operators.
 */
export const sending = {
  lease: 5 * minute,
  pauses: [5 * minute, 15 * minute, hour, 4 * hour],
  /** Days for which what was set aside is kept. */
  asideDays: 90,
} as const;

/** Tries before an entry is set aside. */
export const sendingTries = sending.pauses.length + 1;
