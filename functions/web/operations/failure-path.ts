import type { FailureClass } from '../../domain/onboarding/failures.ts';

export const failuresPath = '/operations/failures';

/** Where a kind of failure is explained. */
export function failurePath(failure: FailureClass): string {
  return `${failuresPath}#${failure}`;
}
