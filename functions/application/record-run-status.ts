import type { OnboardingState } from '../domain/onboarding/state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Decided, system, type Transition } from '../store/onboardings.ts';
import type { Store } from '../store/store.ts';

/** How Step Functions says that a run goes. Its events come late, twice and in any order. */
export interface RunFailure {
  /** FAILED, TIMED_OUT, ABORTED, or UNKNOWN. */
  readonly status: string;
  /** Name of the error. */
  readonly error: string;
  /** How often the run had been redriven when it failed; absent when that is not known. */
  readonly redriveCount?: number | undefined;
}

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
}

function failed(state: OnboardingState, failure: RunFailure, at: Date): Transition | undefined {
  const { number, status, redriveCount } = state.run;
  if (status !== 'running') return undefined;
  // The run was redriven since: this failure is an earlier one.
  if (failure.redriveCount !== undefined && failure.redriveCount < redriveCount) return undefined;
  const { status: reported, error } = failure;
  return {
    run: { status: 'failed', failedAt: at.toISOString(), error },
    happening: { type: 'EXECUTION_FAILED', who: system, data: { run: number, status: reported, error } },
    messages: [
      { kind: 'mail', template: 'owner_stuck', to: 'owner' },
      { kind: 'mail', template: 'review_overdue', to: 'operators' },
      { kind: 'event', type: 'OnboardingFailed', data: { status: reported, error } },
    ],
  };
}

function redriven(state: OnboardingState, redriveCount: number | undefined): Transition | undefined {
  const { run } = state;
  // A run that begins is reported as running too, and that report may come after its failure.
  const count = redriveCount ?? (run.status === 'failed' ? run.redriveCount + 1 : 0);
  if (run.status === 'ended' || count <= run.redriveCount) return undefined;
  return {
    run: { status: 'running', failedAt: undefined, error: undefined, redriveCount: count },
    happening: { type: 'EXECUTION_REDRIVEN', who: system, data: { run: run.number } },
  };
}

function decided(transition: Transition | undefined): Decided<boolean> {
  return transition === undefined ? { result: false } : { result: true, transition };
}

/**
 * Shows on an onboarding that its run has failed: it is the operators' turn, and the stage stays what it is.
 *
 * @returns false when the run is not the present one, or its failure is recorded or past.
 */
export function recordRunFailure(
  { store, clock }: Dependencies,
  reference: string,
  run: number,
  failure: RunFailure,
): Promise<boolean> {
  return store.onboardings.change(reference, async ({ state }) =>
    decided(state.run.number === run ? failed(state, failure, clock.now()) : undefined),
  );
}

/** Shows that a failed run goes on after a redrive. */
export function recordRedrive(
  { store }: Pick<Dependencies, 'store'>,
  reference: string,
  run: number,
  redriveCount: number | undefined,
): Promise<boolean> {
  return store.onboardings.change(reference, async ({ state }) =>
    decided(state.run.number === run ? redriven(state, redriveCount) : undefined),
  );
}
