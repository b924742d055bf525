import * as z from 'zod/mini';
import { declareCondition } from '../../../application/declare-condition.ts';
import { InvalidInputError } from '../../../domain/errors.ts';
import { isFields, ownValue } from '../../../domain/input/read-input.ts';
import { placed, problemsFound } from '../field-errors.ts';
import { type BodyReader, defineOperation, noQuery } from '../operation.ts';
import { invalidFields } from '../problem.ts';
import { answersSchema } from '../schemas/answers-schema.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './standing.ts';

const declaration = named(
  'Declaration',
  'The answers that clear a condition, and nothing else, with the attestation of E6.',
  z.strictObject({
    answers: described('Just the questions that clear the condition, by id.', answersSchema),
    attestation: described('The answers are attested to be true and complete.', z.literal(true)),
  }),
);

/** Which answers are asked for depends on the condition: the use case reads them as the form does. */
const declarationFrame = z.strictObject({ answers: z.unknown(), attestation: z.literal(true) });

const declarationBody: BodyReader<unknown> = {
  schema: declaration,
  example: { answers: { B11: 'done' }, attestation: true },
  read: (sent) => {
    const given = isFields(sent) ? ownValue(sent, 'answers') : undefined;
    const frame = z.safeParse(declarationFrame, sent);
    return frame.success && given !== undefined
      ? { value: given }
      : { problems: problemsFound(frame.error?.issues ?? missingAnswers, sent) };
  },
};

const missingAnswers: z.core.$ZodIssue[] = [
  { code: 'invalid_type', expected: 'object', path: ['answers'], message: '', input: undefined },
];

export const declarationOperation = defineOperation({
  id: 'declareCondition',
  method: 'POST',
  path: '/onboardings/{reference}/conditions/{code}/declaration',
  summary:
    'Declare for the customer that a condition is met; the results are recalculated and a place is kept.',
  scope: 'onboarding/write',
  problems: [
    'condition_not_found',
    'onboarding_closed',
    'decision_refused',
    'concurrent_change',
    'not_expected_now',
  ],
  query: noQuery,
  body: declarationBody,
  success: standing,
  handle: (call) =>
    standingAfter(call, async (reference) => {
      try {
        await declareCondition(call.dependencies, reference, call.parameter('code'), call.body, call.who);
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        throw invalidFields('invalid_input', placed(error.problems, call.body, ['answers']));
      }
    }),
});
