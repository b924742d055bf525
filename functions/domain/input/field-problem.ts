import type { Text } from '../text.ts';

/**
 * Why one field of a request is refused.
 * `message` names the error and its fix; it never repeats the value itself.
 */
export interface FieldProblem {
  /** The field as the sender knows it: `siren`, `C2.usersInScope`, `E2[1].to`. */
  readonly field: string;
  /** Machine-readable kind of problem, such as `missing`, `unknown_option`, `not_a_date`. */
  readonly code: string;
  readonly message: Text;
}
