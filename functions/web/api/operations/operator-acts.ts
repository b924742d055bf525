import * as z from 'zod/mini';
import { decideReview, type ReviewAnswer } from '../../../commands/reviews.ts';
import { clearCondition, cutoverResults, recordCutover, resume } from '../../../commands/upkeep.ts';
import { type ReviewKind, reviewDecisions } from '../../../domain/lifecycle.ts';
import { sections } from '../../../domain/questionnaire/questionnaire.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { day, reason, reasonBody } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './customer-acts.ts';

function reviewKind<Kind extends ReviewKind>(kind: Kind) {
  return described('Kind of the open review.', z.literal(kind));
}

const decisionReason = described('Why it is decided so.', reason);

function reviewOf<Kind extends 'qualification' | 'confirmation' | 'placement' | 'go_no_go'>(kind: Kind) {
  return z.strictObject({
    kind: reviewKind(kind),
    decision: described('The decision.', z.enum(reviewDecisions[kind])),
    reason: decisionReason,
  });
}

const reviewRequest = named(
  'ReviewDecision',
  'The decision on the open review, named by the review’s kind.',
  z.discriminatedUnion('kind', [
    reviewOf('qualification'),
    reviewOf('confirmation'),
    z.strictObject({
      kind: reviewKind('readiness'),
      decision: described('The decision.', z.enum(reviewDecisions.readiness)),
      reason: decisionReason,
      tier: z.optional(
        described('The tier to set; with set_tier.', z.enum(['READY', 'CONDITIONAL', 'NOT_READY'])),
      ),
      sections: z.optional(
        described(
          'With ask_customer: the sections to complete.',
          z.array(z.enum(sections.map(({ id }) => id))).check(z.minLength(1), z.maxLength(sections.length)),
        ),
      ),
    }),
    reviewOf('placement'),
    reviewOf('go_no_go'),
  ]),
);

function answerOf(request: z.infer<typeof reviewRequest>): ReviewAnswer {
  const { kind, decision } = request;
  const common = { kind, decision, reason: request.reason };
  if (request.kind !== 'readiness') return common;
  return {
    ...common,
    ...(request.tier === undefined ? {} : { tier: request.tier }),
    ...(request.sections === undefined ? {} : { sections: request.sections }),
  };
}

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
    standingAfter(call, (reference) =>
      decideReview(call.dependencies, reference, answerOf(call.body), call.who),
    ),
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
      'How the cutover went.',
      z.strictObject({
        result: described('How it went.', z.enum(cutoverResults)),
        hypercareEnd: z.optional(described('Last day of hypercare; a week from today unless given.', day)),
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
