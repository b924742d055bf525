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
import { remediationOperation } from '../operations/remediation.ts';

/** What operators decide about an onboarding. */
export const operatorActOperations: readonly Operation[] = [
  reviewOperation,
  placementReviewOperation,
  clearanceOperation,
  dueDateOperation,
  placeKeptOperation,
  remediationOperation,
  moveOperation,
  cutoverOperation,
  resumptionOperation,
  approvalsOperation,
  approvalOperation,
];
