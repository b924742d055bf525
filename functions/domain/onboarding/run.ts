import { definitionNumber } from './definitions.ts';
import type { OnboardingState, Run } from './state.ts';

/** The run that begins with an onboarding. */
export function firstRun(startedAt: string): Run {
  return {
    number: 1,
    startedAt,
    startedAtVersion: 1,
    definition: definitionNumber,
    status: 'running',
    redriveCount: 0,
  };
}

/** The run that takes over; it begins with the definition of this release. */
export function nextRun({ run, version }: OnboardingState, startedAt: string): Run {
  return {
    ...firstRun(startedAt),
    number: run.number + 1,
    startedAtVersion: version + 1,
    // The failure of the run before does not apply to this one.
    failedAt: undefined,
    error: undefined,
  };
}
