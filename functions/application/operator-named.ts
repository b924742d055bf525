import type { KnownOperator } from '../store/staff.ts';

/** The operator with a name of the identity provider, now or before; undefined for one who is no operator any more. */
export function operatorNamed(
  operators: readonly KnownOperator[],
  name: string | undefined,
): KnownOperator | undefined {
  return operators.find(({ subject, earlier }) => subject === name || earlier.some((each) => each === name));
}
