import type { Operation } from '../operation.ts';
import { searchOperation, showOperation, startOperation } from '../operations/onboardings.ts';

/** Onboardings are started, found and read. */
export const onboardingOperations: readonly Operation[] = [startOperation, searchOperation, showOperation];
