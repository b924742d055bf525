import type { Checkpoint, ReviewKind, WaitKind } from './lifecycle.ts';
import type { Run } from './state.ts';

/**
 * The number of definitions that executions were started with. An execution keeps its own to the end, so a change of
 * `onboarding.asl.json` or `standard-retry.json` raises this number, adds its outcomes below, and records the new file,
 * with the standard retry written out, in `test/recorded/workflows/` beside the earlier ones.
 */
export const definitionNumber = 3;

/** A state of the workflow that branches on an outcome: those a run may begin with, and those it only passes. */
export type Step = Checkpoint | 'PREPARE' | 'HAND_OVER';

type Outcomes = Readonly<Partial<Record<Step, readonly string[]>>>;

const firstDefinition = {
  QUALIFY: ['ELIGIBLE', 'REVIEW'],
  REVIEW_QUALIFICATION: ['ACCEPTED', 'NOT_ELIGIBLE'],
  INVITE: ['ANSWERED', 'DECLINED', 'UNANSWERED'],
  ASSIGN_TIER: ['SCHEDULE', 'PREPARE', 'REVIEW', 'CONFIRM_REFUSAL'],
  REVIEW_CONFIRMATION: ['NOT_ELIGIBLE', 'OVERRIDDEN'],
  REVIEW_READINESS: ['ACCEPTED', 'ASK_CUSTOMER', 'NOT_ELIGIBLE'],
  PREPARE: ['PREPARING'],
  REASSESS: ['ANSWERED', 'OVERDUE'],
  SCHEDULE_WAVE: ['HELD', 'CONFIRMED', 'WAITING_LIST', 'REVIEW'],
  REVIEW_PLACEMENT: ['WAIT', 'NOT_ELIGIBLE'],
  WAIT_FOR_SLOT: ['ACCEPTED'],
  CONFIRM_WAVE: ['CONFIRMED', 'ANOTHER_DATE', 'EXPIRED', 'DECLINED'],
  GO_NO_GO: ['GO', 'NO_GO', 'MOVED'],
  HAND_OVER: ['HANDED_OVER', 'MOVED'],
} as const satisfies Outcomes;

const secondDefinition = {
  ...firstDefinition,
  INVITE: [...firstDefinition.INVITE, 'ASK_OPERATOR'],
} as const satisfies Outcomes;

/** The outcomes that each definition branches on, by step; a test compares them with the recorded files. */
export const outcomesByDefinition: ReadonlyMap<number, Outcomes> = new Map<number, Outcomes>([
  [1, firstDefinition],
  [2, secondDefinition],
  [3, { ...secondDefinition, REVIEW_PLACEMENT: ['WAIT', 'MOVED', 'NOT_ELIGIBLE'] }],
]);

/** Every definition knows how a run ends early. */
const exits: readonly string[] = ['WITHDRAWN', 'SUPERSEDED', 'TOO_OLD'];

/**
 * The answer to a run at a step: the outcome, or TOO_OLD when the definition it began with does not branch on
 * that outcome and would fail; its successor continues from the checkpoint.
 */
export function outcomeFor<T extends string>(
  { definition }: Pick<Run, 'definition'>,
  step: Step,
  outcome: T,
): T | 'TOO_OLD' {
  const known = outcomesByDefinition.get(definition)?.[step]?.includes(outcome);
  return known === true || exits.includes(outcome) ? outcome : 'TOO_OLD';
}

const reviewSteps: Readonly<Record<ReviewKind, Step>> = {
  qualification: 'REVIEW_QUALIFICATION',
  confirmation: 'REVIEW_CONFIRMATION',
  readiness: 'REVIEW_READINESS',
  placement: 'REVIEW_PLACEMENT',
  go_no_go: 'GO_NO_GO',
};

const waitSteps: Readonly<Record<Exclude<WaitKind, 'review'>, Step>> = {
  answers: 'INVITE',
  reassessment: 'REASSESS',
  slot: 'WAIT_FOR_SLOT',
  confirmation: 'CONFIRM_WAVE',
  go_no_go: 'GO_NO_GO',
};

/** The step that a wait belongs to. */
export function stepOf(kind: WaitKind, reviewKind: ReviewKind | undefined): Step {
  return kind === 'review' ? reviewSteps[reviewKind ?? 'qualification'] : waitSteps[kind];
}
