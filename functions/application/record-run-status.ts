import { failRun, type RunFailure, redriveRun } from '../domain/onboarding/transitions/run.ts';
import type { Clock } from '../platform/clock.ts';
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

/** Records that a failed run was redriven. */
export function recordRedrive(
  { store }: { readonly store: Store },
  reference: string,
  run: number,
  redriveCount: number | undefined,
): Promise<boolean> {
  return changeOnboarding(store, reference, ({ state }) =>
    state.run.number === run ? redriveRun(state, redriveCount) : undefined,
  );
}
