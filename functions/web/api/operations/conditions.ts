import * as z from 'zod/mini';
import { clearCondition, moveDueDate } from '../../../application/clear-condition.ts';
import { keepDespiteCondition } from '../../../application/keep-despite-condition.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { day, evidenceLine, reason, reasonBody } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './standing.ts';

const problems = [
  'condition_not_found',
  'onboarding_closed',
  'decision_refused',
  'concurrent_change',
] as const;

const evidence = named(
  'Evidence',
  'What proves that a condition is cleared and where it is kept: never its content, and no protected information.',
  z.strictObject({
    title: described('Title of the document.', evidenceLine),
    reference: described('Its reference in the register where it is kept.', evidenceLine),
    date: described('Its date.', day),
    keptBy: described('The person or service that keeps it.', evidenceLine),
  }),
);

export const clearanceOperation = defineOperation({
  id: 'clearCondition',
  method: 'POST',
  path: '/onboardings/{reference}/conditions/{code}/clearance',
  summary: 'Clear any condition with evidence; the tier is recalculated.',
  scope: 'onboarding/operations',
  problems,
  query: noQuery,
  body: bodyOf(
    named(
      'Clearance',
      'Evidence that a condition is cleared; kept in the history.',
      z.strictObject({ evidence }),
    ),
    {
      evidence: {
        title: 'Exit plan, version 2',
        reference: 'REG-2026-42',
        date: '2026-12-04',
        keptBy: 'Project office',
      },
    },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      clearCondition(call.dependencies, reference, call.parameter('code'), call.body.evidence, call.who),
    ),
});

export const dueDateOperation = defineOperation({
  id: 'moveDueDate',
  method: 'POST',
  path: '/onboardings/{reference}/conditions/{code}/due-date',
  summary: 'Move the due date of a condition; the customer is told the former date, the new one and why.',
  scope: 'onboarding/operations',
  problems,
  query: noQuery,
  body: bodyOf(
    named(
      'DueDateMove',
      'The new due date of a condition. The same date again changes nothing.',
      z.strictObject({
        due: described('The new due date, today or later.', day),
        reason: described('The reason, which the customer reads; no names of persons.', reason),
      }),
    ),
    { due: '2027-02-26', reason: 'The committee that signs it meets in February' },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      moveDueDate(call.dependencies, reference, call.parameter('code'), call.body, call.who),
    ),
});

export const placeKeptOperation = defineOperation({
  id: 'keepPlace',
  method: 'POST',
  path: '/onboardings/{reference}/place-kept',
  summary:
    'Keep the customer in its wave although a blocking condition is overdue. Kept already, nothing changes.',
  scope: 'onboarding/operations',
  problems: ['onboarding_closed', 'decision_refused', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(reasonBody, { reason: 'The assessment is signed next week' }),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      keepDespiteCondition(call.dependencies, reference, call.body.reason, call.who),
    ),
});
