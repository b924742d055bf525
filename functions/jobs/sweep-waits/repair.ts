import { recordRunFailure } from '../../application/record-run-status.ts';
import { remindLate } from '../../application/remind-late.ts';
import { resumePoint } from '../../domain/onboarding/transitions/run.ts';
import { pendingCompletions } from '../../domain/onboarding/waits.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Workflow } from '../../platform/workflow.ts';
import type { Store } from '../../store/store.ts';
import type { Finding } from './findings.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly workflow: Workflow;
}

/**
 * Repairs a fault if that is safe while people and other functions act at the same time: each repair has no effect the
 * second time.
 *
 * @returns false if the fault is gone or has no safe repair.
 */
export async function repair(dependencies: Dependencies, finding: Finding): Promise<boolean> {
  switch (finding.fault) {
    case 'WakeLost':
      return wake(dependencies, finding);
    case 'ExecutionMissing':
      return start(dependencies, finding);
    case 'FailureUnrecorded':
      // The event of the status change was lost: without this the failure would stay invisible.
      return recordRunFailure(dependencies, finding.reference, finding.run, {
        status: finding.status ?? 'UNKNOWN',
        error: 'found by the sweeper',
      });
    case 'WaitOverdue':
      // A heartbeat was lost: the workflow calls later than the reminder is due.
      return remindLate(dependencies, finding.reference);
    default:
      return false;
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
