import type { Operation } from '../operation.ts';
import { assessmentOperation } from '../operations/assessments.ts';

/** What the rules would say of answers. */
export const assessmentOperations: readonly Operation[] = [assessmentOperation];
