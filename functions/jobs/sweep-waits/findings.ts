import { grace } from '../../domain/onboarding/durations.ts';
import { parseExecutionName } from '../../domain/onboarding/execution-name.ts';
import { checkpointOf, hasPlaceInWave } from '../../domain/onboarding/lifecycle.ts';
import { parseReference } from '../../domain/onboarding/reference.ts';
import { isPastWait } from '../../domain/onboarding/waits.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { SweepFault } from '../../platform/metrics.ts';
import type { ExecutionSeen, RunningExecution } from '../../platform/workflow.ts';
import type { SweptOnboarding } from '../../store/sweeps.ts';

export interface Finding {
  readonly fault: SweepFault;
  readonly reference: string;
  readonly run: number;
  /** Distinguishes faults of the same kind in different waits. */
  readonly wait?: string;
  /** How the run ended, if its failure was not recorded. */
  readonly seen?: ExecutionSeen;
}

function isOlder(instant: string | Date | undefined, now: Date): boolean {
  return instant === undefined || new Date(instant).getTime() <= now.getTime() - grace;
}

/** The run that an execution is named after; undefined for a name that the system does not give. */
export function subjectOf(name: string): { reference: string; run: number } | undefined {
  const named = parseExecutionName(name);
  return named !== undefined && parseReference(named.reference) === named.reference ? named : undefined;
}

/** The fault of a running execution, given the stored state of its onboarding; undefined if there is none. */
export function judgeRunning(
  { name, startedAt }: RunningExecution,
  onboarding: SweptOnboarding | undefined,
  now: Date,
): Finding | undefined {
  if (!isOlder(startedAt, now)) return undefined;
  const subject = subjectOf(name);
  if (subject === undefined) return { fault: 'ExecutionWithoutOnboarding', reference: 'unknown', run: 0 };
  if (onboarding === undefined) return { fault: 'ExecutionWithoutOnboarding', ...subject };
  const { state, wait } = onboarding;
  if (state.run.number !== subject.run) {
    return isOlder(state.run.startedAt, now) ? { fault: 'ExecutionSuperseded', ...subject } : undefined;
  }
  if (wait?.decision !== undefined && wait.token !== undefined) {
    return { fault: 'WakeLost', ...subject, wait: wait.id };
  }
  if (state.run.status === 'failed') {
    return isOlder(state.run.failedAt, now) ? { fault: 'ExecutionOfFailed', ...subject } : undefined;
  }
  if (!isOlder(state.stageSince, now)) return undefined;
  return checkpointOf(state.stage, state.reviewKind) === undefined
    ? { fault: 'ExecutionAfterEnd', ...subject }
    : undefined;
}

/** True if an onboarding needs a running execution; a failed run is for the operators. */
export function needsRun({ state }: SweptOnboarding, now: Date): boolean {
  return (
    state.run.status !== 'failed' &&
    checkpointOf(state.stage, state.reviewKind) !== undefined &&
    isOlder(state.stageSince, now) &&
    isOlder(state.run.startedAt, now)
  );
}

/** The fault of an onboarding that needs a run, given its execution in Step Functions; undefined if there is none. */
export function judgeOpen(
  { state }: SweptOnboarding,
  seen: ExecutionSeen | undefined,
  now: Date,
): Finding | undefined {
  const { reference } = state;
  const run = state.run.number;
  if (seen === undefined) return { fault: 'ExecutionMissing', reference, run };
  const { status, endedAt } = seen;
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE' || !isOlder(endedAt, now)) return undefined;
  if (status === 'SUCCEEDED') return { fault: 'ExecutionEndedEarly', reference, run };
  return { fault: 'FailureUnrecorded', reference, run, seen };
}

/** A customer has a place in a wave that has ended or no longer exists: its go/no-go would never open. */
export function judgePlace(
  { state }: SweptOnboarding,
  calendar: ReadonlyMap<string, Pick<Wave, 'state'>>,
  now: Date,
): Finding | undefined {
  const { reference, wave } = state;
  const run = state.run.number;
  if (wave === undefined || !isOlder(state.stageSince, now)) return undefined;
  if (!hasPlaceInWave(state)) return undefined;
  const found = calendar.get(wave)?.state;
  // The customers of a cancelled wave are moved.
  if (found !== undefined && found !== 'DONE') return undefined;
  return { fault: 'PlaceInEndedWave', reference, run, wait: wave };
}

/** A wait that was not renewed when it was due although its run continues. */
export function judgeWait(onboarding: SweptOnboarding, now: Date): Finding | undefined {
  const { state, wait } = onboarding;
  if (wait === undefined || !isPastWait(onboarding, new Date(now.getTime() - grace))) return undefined;
  return { fault: 'WaitOverdue', reference: state.reference, run: state.run.number, wait: wait.id };
}
