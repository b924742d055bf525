import * as z from 'zod/mini';
import { answerApproval } from '../../../application/answer-approval.ts';
import { isPastLimit } from '../../../domain/onboarding/approvals.ts';
import { pageAt } from '../../../store/table.ts';
import { approvalView } from '../../shared/onboarding-view.ts';
import { approvalExample, standingExample } from '../examples.ts';
import { bodyOf, defineOperation, noBody, noQuery } from '../operation.ts';
import { pageQuery, standardLimit } from '../page-query.ts';
import { approvalPageSchema } from '../schemas/onboarding-schemas.ts';
import { reason } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingOf } from './customer-acts.ts';

export const approvalsOperation = defineOperation({
  id: 'listApprovals',
  method: 'GET',
  path: '/approvals',
  summary: 'List the decisions that wait for a second person.',
  scope: 'onboarding/read',
  operators: 'too',
  problems: [],
  query: z.strictObject(pageQuery),
  body: noBody,
  success: {
    status: 200,
    description: 'A page of requests.',
    schema: approvalPageSchema,
    example: {
      items: [
        { reference: standingExample.reference, legalName: 'Direction fictive', approval: approvalExample },
      ],
      unreadable: 0,
      cursor: null,
    },
  },
  handle: async ({ dependencies: { store, clock }, query: { cursor, limit = standardLimit } }) => {
    const page = await store.approvals.waiting({ limit, ...pageAt(cursor) });
    const at = clock.now();
    const waiting = page.items.filter(({ approval }) => !isPastLimit(approval, at));
    return {
      items: waiting.map(({ state: { reference, name }, approval }) => ({
        reference,
        legalName: name,
        approval: approvalView(approval),
      })),
      unreadable: (page.unreadable ?? []).length,
      cursor: page.cursor ?? null,
    };
  },
});

export const approvalOperation = defineOperation({
  id: 'answerApproval',
  method: 'POST',
  path: '/approvals/{approval}',
  summary:
    'Agree, as a second operator, to a decision that somebody else asked for, or decline. An agreement carries the decision out.',
  scope: undefined,
  operators: 'only',
  problems: [
    'own_request',
    'onboarding_closed',
    'not_expected_now',
    'already_decided',
    'approval_lapsed',
    'decision_refused',
    'concurrent_change',
  ],
  query: noQuery,
  body: bodyOf(
    named(
      'ApprovalAnswer',
      'The answer of the second person.',
      z.strictObject({
        decision: described('Whether the person agrees.', z.enum(['approve', 'decline'])),
        reason: described('Reason for the answer.', reason),
      }),
    ),
    { decision: 'approve', reason: 'Checked the signed impact assessment' },
  ),
  success: {
    ...standing,
    again: (call, { reference = '' }) => standingOf(call, reference),
  },
  handle: async (call) => {
    const answer = { id: call.parameter('approval'), ...call.body };
    return standingOf(call, await answerApproval(call.dependencies, answer, call.who));
  },
});
