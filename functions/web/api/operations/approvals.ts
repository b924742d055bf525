import * as z from 'zod/mini';
import { answerApproval } from '../../../application/answer-approval.ts';
import { isPastLimit } from '../../../domain/onboarding/approvals.ts';
import { pageAt } from '../../../store/table.ts';
import { approvalView } from '../../shared/standing-view.ts';
import { approvalExample, standingExample } from '../examples/standing.ts';
import { bodyOf, defineOperation, noBody, noQuery } from '../operation.ts';
import { pageQuery, standardLimit } from '../page-query.ts';
import { count, reason, reference } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { approvalSchema } from '../schemas/standing-schemas.ts';
import { standing, standingOf } from './standing.ts';

const approvalPageSchema = named(
  'ApprovalPage',
  'A page of the requests that wait for a second person.',
  z.strictObject({
    items: described(
      'The requests, the first to lapse first; a page may hold fewer than requested.',
      z.array(
        named(
          'ApprovalItem',
          'A request with the onboarding that it is about.',
          z.strictObject({
            reference,
            legalName: described('Name of the organisation.', z.string()),
            approval: described('The request.', approvalSchema),
          }),
        ),
      ),
    ),
    unreadable: described(
      'How many requests were left out of this page because another release of the service has saved them.',
      count,
    ),
    cursor: described('Cursor of the next page; null on the last page.', z.nullable(z.string())),
  }),
);

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
    'Agree, as a second operator, to a decision that another person asked for, or decline. An agreement carries the decision out.',
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
