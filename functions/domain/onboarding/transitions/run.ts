import { NotExpectedNowError } from '../../errors.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import { seeksAnotherDate } from '../cutover.ts';
import type { DomainEvent } from '../events.ts';
import { type Checkpoint, checkpointOf, lifecycle } from '../lifecycle.ts';
import { nextRun } from '../run.ts';
import type { OnboardingState } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/** The failure of a run as Step Functions reports it. Its events come late, twice and in any order. */
export interface RunFailure {
  /** FAILED, TIMED_OUT, ABORTED, or UNKNOWN. */
  readonly status: string;
  /** Name of the error; the status of a run that ended without one. */
  readonly error: string;
  /** How often the run had been redriven when it failed. */
  readonly redriveCount: number;
  /** When it failed; the report may come much later. Absent when it is not known. */
  readonly stoppedAt?: Date | undefined;
}

/**
 * Records that the present run has failed; undefined if that is recorded or past. The stage is unchanged. A failure after
 * another redrive than the recorded one is the later of the two, whichever is reported first.
 */
export function failRun({ run }: OnboardingState, failure: RunFailure, at: Date): Change | undefined {
  const { status, error, redriveCount, stoppedAt = at } = failure;
  const isRecorded = run.status === 'failed' && redriveCount === run.redriveCount;
  if (run.status === 'ended' || redriveCount < run.redriveCount || isRecorded) return undefined;
  return {
    run: { status: 'failed', failedAt: stoppedAt.toISOString(), error, redriveCount },
    event: { type: 'EXECUTION_FAILED', actor: system, data: { run: run.number, status, error } },
    messages: [
      { kind: 'mail', template: 'owner_stuck', to: 'owner' },
      { kind: 'mail', template: 'review_overdue', to: 'operators' },
      { kind: 'event', type: 'OnboardingFailed', data: { status, error } },
    ],
  };
}

function runAgain({ run }: OnboardingState, redriveCount: number): Change {
  return {
    run: { status: 'running', failedAt: undefined, error: undefined, redriveCount },
    event: { type: 'EXECUTION_REDRIVEN', actor: system, data: { run: run.number } },
  };
}

/**
 * Records that the present run was redriven; undefined if that is recorded or past. The start of a run is reported as
 * RUNNING too, with no redrive, possibly after its failure.
 */
export function redriveRun(state: OnboardingState, redriveCount: number): Change | undefined {
  const { run } = state;
  return run.status === 'ended' || redriveCount <= run.redriveCount
    ? undefined
    : runAgain(state, redriveCount);
}

/** The failure that was recorded when Step Functions was asked, and the number of redrives that it gave. */
interface SeenRunning {
  readonly failedAt: string | undefined;
  readonly redriveCount: number;
}

/**
 * Takes a recorded failure back because Step Functions, asked after it was recorded, has the run running; undefined if the
 * failure is no longer the one that was seen then.
 */
export function findRunning(state: OnboardingState, seen: SeenRunning): Change | undefined {
  const { run } = state;
  const isTheSame = run.status === 'failed' && run.failedAt === seen.failedAt;
  return isTheSame ? runAgain(state, Math.max(seen.redriveCount, run.redriveCount)) : undefined;
}

/**
 * The checkpoint at which a run continues for an onboarding; undefined if nothing is left to run. An onboarding about
 * to have its placement reviewed, or the silence of its customer, is still in the stage before.
 */
export function resumePoint(state: OnboardingState): Checkpoint | undefined {
  if (seeksAnotherDate(state)) return 'SCHEDULE_WAVE';
  const { stage, reviewKind } = state;
  const checkpoint = checkpointOf(stage, reviewKind);
  if (checkpoint !== undefined && reviewKind === 'placement') return 'REVIEW_PLACEMENT';
  // A part has the tier of its whole.
  if (checkpoint === 'ASSIGN_TIER' && state.part !== undefined) return 'SCHEDULE_WAVE';
  return checkpoint === 'INVITE' && reviewKind === 'readiness' ? 'REVIEW_READINESS' : checkpoint;
}

/** The part of a change that starts a successor of the present run at a checkpoint. */
export function successorAt(resumeAt: Checkpoint, state: OnboardingState, at: Date) {
  const run = nextRun(state, at.toISOString());
  return { run, start: { kind: 'start', run: run.number, resumeAt } } as const;
}

function startNextRun(state: OnboardingState, event: DomainEvent, at: Date): Change | undefined {
  const resumeAt = resumePoint(state);
  if (resumeAt === undefined) return undefined;
  const { run, start } = successorAt(resumeAt, state, at);
  return { run, event, messages: [start] };
}

/** Continues an onboarding in a new run because the present one is too old; undefined if nothing is left to run. */
export function continueInSuccessor(state: OnboardingState, at: Date): Change | undefined {
  const data = { run: state.run.number + 1 };
  return startNextRun(state, { type: 'CONTINUED', actor: system, data }, at);
}

/**
 * An operator starts a new run from the onboarding's checkpoint; the run before it, if any is left, ends by itself.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError when nothing is left to run.
 */
export function resume(state: OnboardingState, reason: string, actor: Actor, at: Date): Change {
  refuseClosed(state);
  const change = startNextRun(state, { type: 'RESUMED', actor, reason }, at);
  if (change === undefined) {
    throw new NotExpectedNowError(
      { fr: 'Reprendre l’exécution', en: 'Resuming the run' },
      lifecycle[state.stage].label,
    );
  }
  return change;
}
