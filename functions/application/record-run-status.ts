import { failRun, findRunning, type RunFailure, redriveRun } from '../domain/onboarding/transitions/run.ts';
import type { Clock } from '../platform/clock.ts';
import type { ExecutionWatch } from '../platform/workflow.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';

/**
 * Records that the run of an onboarding has failed: the operators must act, and the stage is unchanged.
 *
 * @returns false when the run is not the present one, or its failure is recorded or past.
 */
export function recordRunFailure(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  reference: string,
  run: number,
  failure: RunFailure,
): Promise<boolean> {
  return changeOnboarding(store, reference, ({ state }) =>
    state.run.number === run ? failRun(state, failure, clock.now()) : undefined,
  );
}

/** Records that a failed run was redriven; false when it is not the present one, or that is recorded or past. */
export function recordRedrive(
  { store }: { readonly store: Store },
  reference: string,
  run: number,
  redriveCount: number,
): Promise<boolean> {
  return changeOnboarding(store, reference, ({ state }) =>
    state.run.number === run ? redriveRun(state, redriveCount) : undefined,
  );
}

/**
 * Takes back the failure of a run that is running: its redrive was not reported.
 *
 * @returns false when the failure is not there, or Step Functions does not have the run running.
 */
export async function recordFoundRunning(
  { store, watch }: { readonly store: Store; readonly watch: ExecutionWatch },
  reference: string,
  run: number,
): Promise<boolean> {
  const { failedAt } = (await store.onboardings.now(reference)).state.run;
  const seen = await watch.describe(reference, run);
  if (seen?.status !== 'RUNNING') return false;
  const { redriveCount } = seen;
  return changeOnboarding(store, reference, ({ state }) =>
    state.run.number === run ? findRunning(state, { failedAt, redriveCount }) : undefined,
  );
}
