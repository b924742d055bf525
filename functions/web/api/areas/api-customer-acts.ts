import type { Operation } from '../operation.ts';
import { draftOperation } from '../operations/answers.ts';
import { contractOperation } from '../operations/contract.ts';
import {
  answersOperation,
  contactOperation,
  correctionOperation,
  invitationOperation,
  withdrawalOperation,
} from '../operations/customer-acts.ts';
import { declarationOperation } from '../operations/declarations.ts';
import { talkOperation } from '../operations/talk.ts';
import { datesOperation, slotOfferOperation, waveConfirmationOperation } from '../operations/wave-answers.ts';

/** What is done about an onboarding for the customer's side. */
export const customerActOperations: readonly Operation[] = [
  draftOperation,
  answersOperation,
  correctionOperation,
  datesOperation,
  waveConfirmationOperation,
  contactOperation,
  slotOfferOperation,
  talkOperation,
  declarationOperation,
  contractOperation,
  withdrawalOperation,
  invitationOperation,
];
