import * as z from 'zod/mini';
import { clearCondition } from '../../../application/clear-condition.ts';
import { decideReview } from '../../../application/decide-review.ts';
import { recordCutover } from '../../../application/record-cutover.ts';
import { resume } from '../../../application/resume.ts';
import {
  cutoverResults,
  type ReviewDecision,
  type ReviewKind,
  reviewDecisions,
} from '../../../domain/onboarding/lifecycle.ts';
import { sections } from '../../../domain/questionnaire/questionnaire.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { day, reason, reasonBody } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './customer-acts.ts';

/** What a decision on a review of this kind says whatever it is. */
function decisionOn<Kind extends ReviewKind, const Decisions extends readonly ReviewDecision[]>(
  kind: Kind,
  decisions: Decisions,
) {
  return {
    kind: described('Kind of the open review.', z.literal(kind)),
    decision: described('The decision.', z.enum(decisions)),
    reason: described('Why it is decided so.', reason),
  };
}

function reviewOf<Kind extends Exclude<ReviewKind, 'readiness'>>(kind: Kind) {
  return z.strictObject(decisionOn(kind, reviewDecisions[kind]));
}

/** By kind and decision: each takes what it needs and nothing else. */
const reviewRequest = named(
  'ReviewDecision',
  'The decision on the open review, named by the review’s kind.',
  z.discriminatedUnion('kind', [
    reviewOf('qualification'),
    reviewOf('confirmation'),
    z.discriminatedUnion('decision', [
      z.strictObject(decisionOn('readiness', ['accept', 'reject'])),
      z.strictObject({
        ...decisionOn('readiness', ['set_tier']),
        tier: described('The tier to set.', z.enum(['READY', 'CONDITIONAL', 'NOT_READY'])),
      }),
      z.strictObject({
        ...decisionOn('readiness', ['ask_customer']),
        sections: described(
          'The sections to complete.',
          z.array(z.enum(sections.map(({ id }) => id))).check(z.minLength(1), z.maxLength(sections.length)),
        ),
      }),
    ]),
    reviewOf('placement'),
    reviewOf('go_no_go'),
  ]),
);

export const reviewOperation = defineOperation({
  id: 'decideReview',
  method: 'POST',
  path: '/onboardings/{reference}/reviews',
  summary: 'Decide the open review.',
  scope: 'onboarding/operations',
  problems: [
    'onboarding_closed',
    'not_expected_now',
    'already_decided',
    'decision_refused',
    'concurrent_change',
  ],
  query: noQuery,
  body: bodyOf(reviewRequest, {
    kind: 'qualification',
    decision: 'accept',
    reason: 'Checked with the organisation and its registration',
  }),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => decideReview(call.dependencies, reference, call.body, call.who)),
});

export const clearanceOperation = defineOperation({
  id: 'clearCondition',
  method: 'POST',
  path: '/onboardings/{reference}/conditions/{code}/clearance',
  summary: 'Settle a condition with evidence; the tier is computed again.',
  scope: 'onboarding/operations',
  problems: ['condition_not_found', 'onboarding_closed', 'decision_refused', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(
    named(
      'Clearance',
      'Evidence that a condition is settled; kept in the history.',
      z.strictObject({ evidence: described('What shows it is settled.', reason) }),
    ),
    { evidence: 'Exit plan received and checked, register entry 42' },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      clearCondition(call.dependencies, reference, call.parameter('code'), call.body.evidence, call.who),
    ),
});

export const cutoverOperation = defineOperation({
  id: 'recordCutover',
  method: 'POST',
  path: '/onboardings/{reference}/cutover',
  summary: 'Record how the cutover went, and until when hypercare lasts.',
  scope: 'onboarding/operations',
  problems: ['onboarding_closed', 'not_expected_now', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(
    named(
      'Cutover',
      'How the cutover went: before its day it can only be postponed. The same record again changes nothing.',
      z.strictObject({
        result: described('How it went.', z.enum(cutoverResults)),
        hypercareEnd: z.optional(
          described('Last day of hypercare, of a cutover that is done; a week after it unless given.', day),
        ),
      }),
    ),
    { result: 'done', hypercareEnd: '2027-03-16' },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => {
      const { result, hypercareEnd } = call.body;
      const cutover = { result, ...(hypercareEnd === undefined ? {} : { hypercareEnd }) };
      return recordCutover(call.dependencies, reference, cutover, call.who);
    }),
});

export const resumptionOperation = defineOperation({
  id: 'resume',
  method: 'POST',
  path: '/onboardings/{reference}/resumption',
  summary: 'Start a new run of the workflow from the last checkpoint.',
  scope: 'onboarding/operations',
  problems: ['onboarding_closed', 'not_expected_now', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(reasonBody, { reason: 'The run failed on a fault that is mended' }),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => resume(call.dependencies, reference, call.body.reason, call.who)),
});
