import * as z from 'zod/mini';
import { recordContract } from '../../../application/record-contract.ts';
import { longestEvidence } from '../../../domain/input/problem-texts.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { day, plainLine } from '../schemas/plain-values.ts';
import { described, descriptions, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './standing.ts';

/** The domain reports its length and the characters it refuses, as for a form. */
const line = z.string();
descriptions.add(line, { pattern: plainLine, minLength: 1, maxLength: longestEvidence });

export const contractOperation = defineOperation({
  id: 'recordContract',
  method: 'POST',
  path: '/onboardings/{reference}/contract',
  summary:
    'Record the signed contract, or correct what was recorded, until the onboarding is closed. The same again changes nothing.',
  scope: 'onboarding/write',
  problems: ['onboarding_closed', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(
    named(
      'SignedContract',
      'What is recorded of a signed contract: where the paper is kept, never its content.',
      z.strictObject({
        reference: described('Its reference in the register of contracts.', line),
        signedOn: described('The day on which it was signed, today at the latest.', day),
        dataProcessingAgreement: described(
          'True once the agreement on data processing (GDPR, art. 28) is signed with it; required.',
          z.boolean(),
        ),
        keptBy: described(
          'The service or role that keeps the paper, rather than the name of a person.',
          line,
        ),
      }),
    ),
    {
      reference: 'CT-2026-118',
      signedOn: '2026-11-20',
      dataProcessingAgreement: true,
      keptBy: 'Legal department',
    },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => recordContract(call.dependencies, reference, call.body, call.who)),
});
