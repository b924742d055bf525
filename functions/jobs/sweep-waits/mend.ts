import { recordRunFailure } from '../../application/record-run-status.ts';
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
 * Mends what is safe to mend whoever else acts at the same time: each of these does nothing when it was done before.
 *
 * @returns false when there was nothing to mend any more, or nothing safe to do.
 */
export async function mend(dependencies: Dependencies, finding: Finding): Promise<boolean> {
  switch (finding.fault) {
    case 'WakeLost':
      return wake(dependencies, finding);
    case 'ExecutionMissing':
      return start(dependencies, finding);
    case 'FailureUnrecorded':
      // The status change was lost on its way: the failure becomes visible all the same.
      return recordRunFailure(dependencies, finding.reference, finding.run, {
        status: finding.status ?? 'UNKNOWN',
        error: 'found by the sweeper',
      });
    default:
      return false;
  }
}

/** Completes the tokens of decided waits; one that was completed before refuses. */
async function wake({ store, workflow }: Dependencies, { reference }: Finding): Promise<boolean> {
  const snapshot = await store.onboardings.now(reference);
  let woken = false;
  for (const { token, decision } of pendingCompletions(snapshot)) {
    if (await workflow.complete(token, decision)) woken = true;
  }
  return woken;
}

/** Starts the run that the onboarding should have: its name keeps a second one from being started. */
async function start({ store, workflow }: Dependencies, { reference, run }: Finding): Promise<boolean> {
  const { state } = await store.onboardings.now(reference);
  const resumeAt = resumePoint(state);
  if (state.run.number !== run || resumeAt === undefined) return false;
  await workflow.start(reference, run, resumeAt);
  return true;
}
