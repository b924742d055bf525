import * as z from 'zod/mini';
import {
  checkpoints,
  outcomes,
  reviewKinds,
  type WaitKind,
} from '../functions/domain/onboarding/lifecycle.ts';

/**
 * The contract of every task of the workflow: the ASL placeholder, the folder of its function, what goes in and out,
 * what it needs, and the wait that it opens, if it does. Executions outlive releases, so a change here must keep parsing inputs recorded a year ago.
 * Inputs hold ids and codes only; keys that Step Functions or a runtime adds are ignored.
 */

/** The onboarding and the run of the workflow on whose behalf a task acts. */
const subject = {
  reference: z.string(),
  run: z.int().check(z.positive()),
};

/** A wait task also receives the token that ends its wait. */
const wait = { ...subject, token: z.string().check(z.minLength(1)) };

/**
 * Outcomes of a task without a wait besides its own: the onboarding was closed, another run has taken over, or the
 * definition of this run does not know the outcome.
 */
const exitOutcomes = ['WITHDRAWN', 'SUPERSEDED', 'TOO_OLD'] as const;

function outcome<const T extends readonly string[]>(codes: T) {
  return z.object({ outcome: z.enum([...codes, ...exitOutcomes]) });
}

/** A wait answers through its token, never through what its function returns. */
const acknowledged = z.object({ waiting: z.boolean() });

/** What a task works with besides the table: the operator's platform, the public registry, the key of personal links. */
export type TaskNeed = 'platform' | 'registry' | 'links';

export const tasks = {
  QualifyProspect: {
    needs: ['registry'],
    folder: 'qualify-prospect',
    input: z.object(subject),
    output: outcome(['ELIGIBLE', 'REVIEW']),
  },
  AskForReview: {
    folder: 'ask-for-review',
    input: z.object({ ...wait, review: z.enum(reviewKinds) }),
    output: acknowledged,
    wait: 'review',
  },
  InviteCustomer: {
    needs: ['links'],
    folder: 'invite-customer',
    input: z.object(wait),
    output: acknowledged,
    wait: 'answers',
  },
  AssignReadinessTier: {
    needs: ['platform', 'registry'],
    folder: 'assign-readiness-tier',
    input: z.object(subject),
    output: outcome(['SCHEDULE', 'PREPARE', 'REVIEW', 'CONFIRM_REFUSAL']),
  },
  BookPreparationWave: {
    needs: ['platform'],
    folder: 'book-preparation-wave',
    input: z.object(subject),
    output: outcome(['PREPARING']),
  },
  WaitForReassessment: {
    folder: 'wait-for-reassessment',
    input: z.object(wait),
    output: acknowledged,
    wait: 'reassessment',
  },
  ScheduleWave: {
    needs: ['platform'],
    folder: 'schedule-wave',
    input: z.object(subject),
    output: outcome(['HELD', 'CONFIRMED', 'WAITING_LIST', 'REVIEW']),
  },
  WaitForSlot: { folder: 'wait-for-slot', input: z.object(wait), output: acknowledged, wait: 'slot' },
  AskCustomerToConfirmWave: {
    folder: 'ask-customer-to-confirm-wave',
    input: z.object(wait),
    output: acknowledged,
    wait: 'confirmation',
  },
  WaitForGoNoGo: {
    folder: 'wait-for-go-no-go',
    input: z.object(wait),
    output: acknowledged,
    wait: 'go_no_go',
  },
  HandOver: { folder: 'hand-over', input: z.object(subject), output: outcome(['HANDED_OVER', 'MOVED']) },
  CloseOnboarding: {
    folder: 'close-onboarding',
    input: z.object({ ...subject, outcome: z.enum(outcomes) }),
    output: z.object({ outcome: z.enum(outcomes) }),
  },
  ContinueInSuccessor: {
    folder: 'continue-in-successor',
    input: z.object(subject),
    output: z.object({ outcome: z.literal('CONTINUED') }),
  },
} as const;

export type TaskName = keyof typeof tasks;

export const taskNames: readonly TaskName[] = Object.keys(tasks).filter(isTaskName);

export function isTaskName(name: string): name is TaskName {
  return Object.hasOwn(tasks, name);
}

function isComplete<T>(made: Partial<Record<TaskName, T>>): made is Record<TaskName, T> {
  return taskNames.every((name) => Object.hasOwn(made, name));
}

/** Makes one of something for each task. */
export function forEachTask<T>(make: (name: TaskName) => T): Readonly<Record<TaskName, T>> {
  const made: Partial<Record<TaskName, T>> = {};
  for (const name of taskNames) made[name] = make(name);
  if (!isComplete(made)) throw new Error('A task was left out');
  return made;
}

export function needsOf(name: TaskName): readonly TaskNeed[] {
  const contract = tasks[name];
  return 'needs' in contract ? contract.needs : [];
}

/** The wait that a task opens; undefined for a task that answers at once. */
export function waitOf(name: TaskName): WaitKind | undefined {
  const contract = tasks[name];
  return 'wait' in contract ? contract.wait : undefined;
}

/** What an execution of the workflow starts with. */
export const executionInput = z.object({
  ...subject,
  resumeAt: z.enum(checkpoints),
});
