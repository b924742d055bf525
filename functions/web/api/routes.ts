import type { Operation } from './operation.ts';
import { draftOperation } from './operations/answers.ts';
import { approvalOperation, approvalsOperation } from './operations/approvals.ts';
import { assessmentOperation } from './operations/assessments.ts';
import {
  clearanceOperation,
  declarationOperation,
  dueDateOperation,
  placeKeptOperation,
} from './operations/conditions.ts';
import {
  answersOperation,
  contactOperation,
  correctionOperation,
  invitationOperation,
  slotOfferOperation,
  waveConfirmationOperation,
  withdrawalOperation,
} from './operations/customer-acts.ts';
import { descriptionOperation, problemOperation } from './operations/descriptions.ts';
import { searchOperation, showOperation, startOperation } from './operations/onboardings.ts';
import { cutoverOperation, resumptionOperation, reviewOperation } from './operations/operator-acts.ts';
import { talkOperation } from './operations/talk.ts';
import { trustRecordOperation } from './operations/trust-record.ts';
import {
  calendarOperation,
  changeWaveOperation,
  newWaveOperation,
  showWaveOperation,
} from './operations/waves.ts';

/** The one table of the API: routing, authorisation, validation and description read it. */
export const routes: readonly Operation[] = [
  startOperation,
  searchOperation,
  showOperation,
  draftOperation,
  answersOperation,
  correctionOperation,
  waveConfirmationOperation,
  contactOperation,
  reviewOperation,
  slotOfferOperation,
  talkOperation,
  declarationOperation,
  clearanceOperation,
  dueDateOperation,
  placeKeptOperation,
  cutoverOperation,
  withdrawalOperation,
  invitationOperation,
  resumptionOperation,
  approvalsOperation,
  approvalOperation,
  assessmentOperation,
  calendarOperation,
  newWaveOperation,
  showWaveOperation,
  changeWaveOperation,
  trustRecordOperation,
  descriptionOperation,
  problemOperation,
];
