import type { Operation } from '../operation.ts';
import { descriptionOperation, problemOperation } from '../operations/descriptions.ts';
import { trustRecordOperation } from '../operations/trust-record.ts';

/** What anyone may read; it answers for the addresses that no area has, too. */
export const publicOperations: readonly Operation[] = [
  trustRecordOperation,
  descriptionOperation,
  problemOperation,
];
