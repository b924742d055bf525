import * as z from 'zod/mini';
import { decideReview } from '../../../application/decide-review.ts';
import { openPlacementReview } from '../../../application/open-placement-review.ts';
import { recordCutover } from '../../../application/record-cutover.ts';
import { resume } from '../../../application/resume.ts';
import { splitOnboarding } from '../../../application/splitting.ts';
import { isBlank } from '../../../domain/input/plain-text.ts';
import { isFields, ownValue } from '../../../domain/input/read-input.ts';
import { readScope } from '../../../domain/intake/scope.ts';
import type { Actor } from '../../../domain/onboarding/actor.ts';
import {
  cutoverResults,
  type ReviewDecision,
  type ReviewKind,
  reviewDecisions,
} from '../../../domain/onboarding/lifecycle.ts';
import { partsAllowed } from '../../../domain/onboarding/part.ts';
import type { Approval } from '../../../domain/onboarding/state.ts';
import { askableQuestions } from '../../../domain/questionnaire/asked-questions.ts';
import { sections } from '../../../domain/questionnaire/questionnaire.ts';
import { type PlacedProblem, problemAt } from '../field-errors.ts';
import { bodyOf, defineOperation, noQuery, type OperationDependencies, type Read } from '../operation.ts';
import { questionIds } from '../schemas/answers-schema.ts';
import { count, day, reason, reasonBody, scope } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { decidedOrAsked, standingOrAsked } from './asked.ts';
import { standing, standingAfter } from './standing.ts';

const waveName = z.string().check(z.maxLength(64));

const splitFields = {
  parts: described(
    'The parts, 2 to 20. Their users, mailboxes and servers add up exactly to those of the whole; a number that the whole gives as a band, or not at all, is replaced by their sum.',
    z
      .array(
        z.strictObject({
          scope: described('What of the organisation it is; unlike every other open scope of it.', scope),
          users: described('Users of the part.', count),
          mailboxesOver50: described('Its mailboxes over 50 GB.', count),
          servers: described('Its servers.', count),
        }),
      )
      .check(z.minLength(partsAllowed.least), z.maxLength(partsAllowed.most)),
  ),
  inOrder: z.optional(described('Each part cuts over after the one before it.', z.boolean())),
};

/** The fields common to all decisions of a review kind. */
function decisionOn<Kind extends ReviewKind, const Decisions extends readonly ReviewDecision[]>(
  kind: Kind,
  decisions: Decisions,
) {
  return {
    kind: described('Kind of the open review.', z.literal(kind)),
    decision: described('The decision.', z.enum(decisions)),
    reason: described('Reason for the decision.', reason),
    approval: z.optional(
      described('Asks for a second person, if the decision needs one (409 approval_needed).', z.boolean()),
    ),
  };
}

function reviewOf<Kind extends Exclude<ReviewKind, 'readiness' | 'placement'>>(kind: Kind) {
  return z.strictObject(decisionOn(kind, reviewDecisions[kind]));
}

/** Each combination of kind and decision accepts only the fields it needs. */
const reviewRequest = named(
  'ReviewDecision',
  'The decision on the open review, by the kind of review.',
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
        questions: z.optional(
          described(
            'The questions to answer again. Required, with message, unless sections is given.',
            z.array(questionIds).check(z.minLength(1), z.maxLength(askableQuestions.length)),
          ),
        ),
        message: z.optional(
          described(
            'What the customer needs to know: plain text, shown on its pages only, without protected or classified information.',
            reason,
          ),
        ),
        sections: z.optional(
          described(
            'The sections to complete, instead of questions. Accepted for one release.',
            z.array(z.enum(sections.map(({ id }) => id))).check(z.minLength(1), z.maxLength(sections.length)),
          ),
        ),
      }),
    ]),
    z.discriminatedUnion('decision', [
      z.strictObject(decisionOn('placement', ['wait', 'reject'])),
      z.strictObject({
        ...decisionOn('placement', ['move']),
        wave: described('Id of the wave in which a place is held for the customer (see dates).', waveName),
      }),
      z.strictObject({ ...decisionOn('placement', ['split']), ...splitFields }),
    ]),
    reviewOf('go_no_go'),
  ]),
);

const decisionBody = bodyOf(reviewRequest, {
  kind: 'qualification',
  decision: 'accept',
  reason: 'Checked with the organisation and its registration',
});

/** A decision of earlier releases; what took its place. */
const replaced: Readonly<Record<string, string>> = { split_by_hand: 'split' };

function replacedDecision(sent: unknown) {
  const decision = isFields(sent) ? ownValue(sent, 'decision') : undefined;
  const by =
    typeof decision === 'string' && Object.hasOwn(replaced, decision) ? replaced[decision] : undefined;
  return by === undefined ? [] : [problemAt(['decision'], 'replaced_by', by)];
}

type ReviewRequest = z.infer<typeof reviewRequest>;
type RequestFor<Decision extends ReviewDecision> = Extract<ReviewRequest, { readonly decision: Decision }>;

/** A customer is asked either questions, with a message, or sections: the schema alone cannot say so. */
function askedProblems({ questions, message, sections: whole }: RequestFor<'ask_customer'>) {
  if (questions === undefined && whole === undefined) return [problemAt(['questions'], 'missing')];
  if (questions !== undefined && whole !== undefined) return [problemAt(['sections'], 'not_expected')];
  if (questions !== undefined && message === undefined) return [problemAt(['message'], 'missing')];
  return [];
}

/** The scopes of the parts, read as all scopes are. */
function withScopesRead(request: RequestFor<'split'>): Read<ReviewRequest> {
  const problems: PlacedProblem[] = [];
  const parts = request.parts.map((part, index) => {
    const read = isBlank(part.scope) ? ({ problem: 'empty' } as const) : readScope(part.scope);
    if ('value' in read) return { ...part, scope: read.value };
    problems.push(problemAt(['parts', index, 'scope'], read.problem));
    return part;
  });
  return problems.length > 0 ? { problems } : { value: { ...request, parts } };
}

const reviewBody: typeof decisionBody = {
  ...decisionBody,
  read: (sent, dependencies) => {
    const gone = replacedDecision(sent);
    if (gone.length > 0) return { problems: gone };
    const read = decisionBody.read(sent, dependencies);
    if ('problems' in read) return read;
    if (read.value.decision === 'split') return withScopesRead(read.value);
    const problems = read.value.decision === 'ask_customer' ? askedProblems(read.value) : [];
    return problems.length > 0 ? { problems } : read;
  },
};

/** Carries out the decision; a split has its parts in place of a request for a second person. */
async function decide(
  dependencies: OperationDependencies,
  reference: string,
  body: ReviewRequest,
  who: Actor,
): Promise<Approval | undefined> {
  if (body.decision !== 'split') return decideReview(dependencies, reference, body, who);
  const { parts, inOrder, reason: why } = body;
  const split = { parts, ...(inOrder === undefined ? {} : { inOrder }) };
  await splitOnboarding(dependencies, reference, { reason: why, split }, who);
  return undefined;
}

export const reviewOperation = defineOperation({
  id: 'decideReview',
  method: 'POST',
  path: '/onboardings/{reference}/reviews',
  summary:
    'Decide the open review. From a week before the cutover, a go is kept and applied when its decision opens, or taken back.',
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
  body: reviewBody,
  ...decidedOrAsked,
  handle: (call) =>
    standingOrAsked(call, (reference) => decide(call.dependencies, reference, call.body, call.who)),
});

export const placementReviewOperation = defineOperation({
  id: 'openPlacementReview',
  method: 'POST',
  path: '/onboardings/{reference}/placement-review',
  summary:
    'Open a placement review, to split an onboarding or to place it elsewhere, before a wave is confirmed. A place that is held is kept until it is decided.',
  scope: 'onboarding/operations',
  problems: ['onboarding_closed', 'not_expected_now', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(reasonBody, { reason: 'The customer asks for several dates, one for each directorate' }),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      openPlacementReview(call.dependencies, reference, call.body.reason, call.who),
    ),
});

export const cutoverOperation = defineOperation({
  id: 'recordCutover',
  method: 'POST',
  path: '/onboardings/{reference}/cutover',
  summary: 'Record the result of the cutover and the end of hypercare.',
  scope: 'onboarding/operations',
  problems: ['onboarding_closed', 'not_expected_now', 'other_place', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(
    named(
      'Cutover',
      'The result of the cutover. Before the cutover date it can only be postponed. Recording the same result again changes nothing.',
      z.strictObject({
        result: described('The result.', z.enum(cutoverResults)),
        hypercareEnd: z.optional(
          described('Last day of hypercare after a completed cutover; default one week after it.', day),
        ),
        reason: z.optional(
          described(
            'Why it was rolled back or postponed; required then, and another date is sought.',
            reason,
          ),
        ),
        wave: z.optional(
          described(
            'Id of the wave whose cutover is meant; 409 when it was handed over for another.',
            waveName,
          ),
        ),
      }),
    ),
    { result: 'done', hypercareEnd: '2027-03-16' },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => {
      const { result, hypercareEnd, reason: why, wave } = call.body;
      const cutover = {
        result,
        ...(hypercareEnd === undefined ? {} : { hypercareEnd }),
        ...(why === undefined ? {} : { reason: why }),
        ...(wave === undefined ? {} : { wave }),
      };
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
  body: bodyOf(reasonBody, { reason: 'The run failed on a fault that has been fixed' }),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => resume(call.dependencies, reference, call.body.reason, call.who)),
});
