import * as z from 'zod/mini';
import { movePlace } from '../../../application/move-place.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { reason } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { decidedOrAsked, standingOrAsked } from './asked.ts';

export const moveOperation = defineOperation({
  id: 'movePlace',
  method: 'POST',
  path: '/onboardings/{reference}/move',
  summary:
    'Move a customer to one of its possible dates (see dates): the new place is held for it to confirm. A place that was offered, held or confirmed is a promise: without the customer’s asking, moving it takes two people.',
  scope: 'onboarding/operations',
  problems: [
    'onboarding_closed',
    'not_expected_now',
    'already_decided',
    'decision_refused',
    'concurrent_change',
    'approval_needed',
    'approval_lapsed',
    'date_not_possible',
  ],
  query: noQuery,
  body: bodyOf(
    named(
      'Move',
      'Where an operator moves a customer, and why.',
      z.strictObject({
        wave: described('Id of the wave to move to.', z.string().check(z.maxLength(64))),
        reason: described('Reason for the move, which the customer reads; without names of persons.', reason),
        askedByCustomer: z.optional(
          described('The customer has asked for this move: one person decides.', z.boolean()),
        ),
        approval: z.optional(
          described('Asks for a second person, if the move needs one (409 approval_needed).', z.boolean()),
        ),
      }),
    ),
    { wave: 'paris-2027-04-06', reason: 'The site is under maintenance on the first date' },
  ),
  ...decidedOrAsked,
  handle: (call) =>
    standingOrAsked(call, (reference) => movePlace(call.dependencies, reference, call.body, call.who)),
});
