import { recordFoundRunning, recordRunFailure } from '../../application/record-run-status.ts';
import { remindInTime } from '../../application/remind-in-time.ts';
import { resumePoint } from '../../domain/onboarding/transitions/run.ts';
import { pendingCompletions } from '../../domain/onboarding/waits.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ExecutionWatch, Workflow } from '../../platform/workflow.ts';
import type { Store } from '../../store/store.ts';
import type { Finding } from './findings.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly workflow: Workflow;
  readonly watch: ExecutionWatch;
}

/**
 * What became of a fault: it was repaired, it was gone when looked at again, or it has no safe repair and is left to the
 * operators.
 */
type Repair = 'repaired' | 'gone' | 'left';

const repairedIf = (changed: boolean): Repair => (changed ? 'repaired' : 'gone');

/**
 * Repairs a fault if that is safe while people and other functions act at the same time: each repair has no effect the
 * second time.
 */
export async function repair(dependencies: Dependencies, finding: Finding): Promise<Repair> {
  const { reference, run, seen } = finding;
  switch (finding.fault) {
    case 'WakeLost':
      return repairedIf(await wake(dependencies, finding));
    case 'ExecutionMissing':
      return (await start(dependencies, finding)) ? 'repaired' : 'left';
    case 'ExecutionOfFailed':
      // The report of its redrive was lost. The run is sound: no one has to stop it.
      return repairedIf(await recordFoundRunning(dependencies, reference, run));
    case 'FailureUnrecorded': {
      // The event of the status change was lost: without this the failure would stay invisible.
      const { status = 'UNKNOWN', redriveCount = 0, endedAt, error = status } = seen ?? {};
      const failure = { status, redriveCount, stoppedAt: endedAt, error };
      return repairedIf(await recordRunFailure(dependencies, reference, run, failure));
    }
    case 'WaitOverdue':
      // A heartbeat was lost: the workflow calls later than the reminder is due.
      return (await remindInTime(dependencies, reference)) ? 'repaired' : 'left';
    default:
      return 'left';
  }
}

/** Completes the tokens of decided waits; Step Functions rejects a token that is completed already. */
async function wake({ store, workflow }: Dependencies, { reference }: Finding): Promise<boolean> {
  const snapshot = await store.onboardings.now(reference);
  let woken = false;
  for (const { token, decision } of pendingCompletions(snapshot)) {
    if (await workflow.complete(token, decision)) woken = true;
  }
  return woken;
}

/** Starts the run that the onboarding should have; Step Functions rejects a second run of the same name. */
async function start({ store, workflow }: Dependencies, { reference, run }: Finding): Promise<boolean> {
  const { state } = await store.onboardings.now(reference);
  const resumeAt = resumePoint(state);
  if (state.run.number !== run || resumeAt === undefined) return false;
  await workflow.start(reference, run, resumeAt);
  return true;
}
