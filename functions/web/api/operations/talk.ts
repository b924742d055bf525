import * as z from 'zod/mini';
import { recordTalk } from '../../../application/talk.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { reason } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './standing.ts';

const talkHeld = named(
  'TalkHeld',
  'How the talk went. It goes on: its time to answer runs again, later by the days of the pause. It needs more time: the pause goes on to its end. It stops: the invitation is declined.',
  z.discriminatedUnion('outcome', [
    z.strictObject({
      outcome: described('What the customer wants.', z.enum(['goes_on', 'needs_more_time'])),
    }),
    z.strictObject({
      outcome: described('The customer does not wish to continue.', z.literal('stops')),
      reason: described('Why, without names of persons; kept in the history.', reason),
    }),
  ]),
);

export const talkOperation = defineOperation({
  id: 'recordTalk',
  method: 'POST',
  path: '/onboardings/{reference}/talk',
  summary: 'Record the talk with a customer that wanted to talk before answering (see talk).',
  scope: 'onboarding/write',
  problems: ['onboarding_closed', 'not_expected_now', 'already_decided', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(talkHeld, { outcome: 'goes_on' }),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => recordTalk(call.dependencies, reference, call.body, call.who)),
});
