import * as z from 'zod/mini';
import { noDraft, presentAnswers } from '../../../domain/onboarding/draft.ts';
import { questions } from '../../../domain/questionnaire/questionnaire.ts';
import { standingExample } from '../examples/standing.ts';
import { defineOperation, noBody, noQuery } from '../operation.ts';
import { answersSchema } from '../schemas/answers-schema.ts';
import { instant, reference } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';

const draftSchema = named(
  'Draft',
  'The answers so far: what was saved on the form since the last submission, laid over what was submitted.',
  z.strictObject({
    reference,
    version: described('Grows with every answer that is saved or submitted.', z.int()),
    tag: described('The content of the ETag: the version of each answer.', z.string()),
    answers: described(
      'The answers by question id; questions without an answer are absent. The attestation (E6) belongs to a submission.',
      answersSchema,
    ),
    unreadable: described(
      'Ids of questions without an answer here whose saved one is of another release; they are to be answered again.',
      z.array(z.string()),
    ),
    saved: described(
      'When the present answer to each question was saved or submitted.',
      z.array(
        z.strictObject({
          question: described('Id of the question.', z.string()),
          at: described('Instant of the save or submission.', instant),
        }),
      ),
    ),
  }),
);

const draftExample = {
  reference: standingExample.reference,
  version: 5,
  tag: '0-A3.1-A4.1-A5.1-A6.1-A7.1',
  answers: { A3: 'company', A4: 'none', A5: 'out_of_scope', A6: 'no', A7: 'no' },
  unreadable: [],
  saved: [{ question: 'A3', at: '2026-11-23T08:12:00.000Z' }],
} as const;

export const draftOperation = defineOperation({
  id: 'showAnswers',
  method: 'GET',
  path: '/onboardings/{reference}/answers',
  summary:
    'Show the answers so far. Submit others with the ETag in If-Match, so that none saved meanwhile is undone.',
  scope: 'onboarding/read',
  problems: [],
  query: noQuery,
  body: noBody,
  success: {
    status: 200,
    description: 'The answers so far.',
    schema: draftSchema,
    example: draftExample,
    etag: ({ tag }) => `"${tag}"`,
  },
  handle: async ({ dependencies: { store }, parameter }) => {
    const of = parameter('reference');
    const [, draft = noDraft, submission] = await Promise.all([
      store.onboardings.now(of),
      store.dossiers.draft(of),
      store.dossiers.submission(of),
    ]);
    const { version, tag, answers, origin, unreadable } = presentAnswers(draft, submission);
    const saved = questions.flatMap(({ id }) => {
      const { at } = origin(id);
      return at === undefined || answers[id] === undefined ? [] : [{ question: id, at }];
    });
    return { reference: of, version, tag, answers, unreadable: [...unreadable], saved };
  },
});
