import type { Operation } from '../operation.ts';
import { approvalOperation, approvalsOperation } from '../operations/approvals.ts';
import { clearanceOperation, dueDateOperation, placeKeptOperation } from '../operations/conditions.ts';
import { moveOperation } from '../operations/moves.ts';
import {
  cutoverOperation,
  placementReviewOperation,
  resumptionOperation,
  reviewOperation,
} from '../operations/operator-acts.ts';

/** What operators decide about an onboarding. */
export const operatorActOperations: readonly Operation[] = [
  reviewOperation,
  placementReviewOperation,
  clearanceOperation,
  dueDateOperation,
  placeKeptOperation,
  moveOperation,
  cutoverOperation,
  resumptionOperation,
  approvalsOperation,
  approvalOperation,
];
