import * as z from 'zod/mini';
import { recordRemediation } from '../../../application/record-remediation.ts';
import { remediationTasks } from '../../../domain/onboarding/remediation-tasks.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { reason } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './standing.ts';

export const remediationOperation = defineOperation({
  id: 'recordRemediation',
  method: 'POST',
  path: '/onboardings/{reference}/remediation',
  summary:
    'Record that a remediation task of the customer is done, or open it again. The same again changes nothing.',
  scope: 'onboarding/operations',
  problems: ['onboarding_closed', 'decision_refused', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(
    named(
      'Remediation',
      'What was found out about a remediation task. It is open again when a later answer asks for another extent.',
      z.strictObject({
        task: described('The task.', z.enum(remediationTasks)),
        done: described('False opens it again.', z.boolean()),
        extent: described(
          'How much there was to do when it was looked at, as `review.facts` says it; refused when it is another by now.',
          z.optional(z.string()),
        ),
        reason: described('What shows it; no names of persons.', reason),
      }),
    ),
    { task: 'MAILBOXES_OVER_200_GB', done: true, reason: 'Archives were split; the console shows none' },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => recordRemediation(call.dependencies, reference, call.body, call.who)),
});
