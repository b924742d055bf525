import type { Operation } from '../operation.ts';
import { draftOperation } from '../operations/answers.ts';
import {
  answersOperation,
  contactOperation,
  correctionOperation,
  invitationOperation,
  slotOfferOperation,
  waveConfirmationOperation,
  withdrawalOperation,
} from '../operations/customer-acts.ts';
import { declarationOperation } from '../operations/declarations.ts';
import { talkOperation } from '../operations/talk.ts';

/** What is done about an onboarding for the customer's side. */
export const customerActOperations: readonly Operation[] = [
  draftOperation,
  answersOperation,
  correctionOperation,
  waveConfirmationOperation,
  contactOperation,
  slotOfferOperation,
  talkOperation,
  declarationOperation,
  withdrawalOperation,
  invitationOperation,
];
