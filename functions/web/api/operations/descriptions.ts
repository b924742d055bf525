import * as z from 'zod/mini';
import { inLanguage } from '../../../domain/text.ts';
import { defineOperation, noBody, noQuery } from '../operation.ts';
import { ApiProblem } from '../problem.ts';
import { isProblemCode, problemKind } from '../problem-catalogue.ts';
import { described, named } from '../schemas/registry.ts';

export const descriptionOperation = defineOperation({
  id: 'describe',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This API description (OpenAPI 3.1).',
  scope: undefined,
  problems: [],
  query: noQuery,
  body: noBody,
  success: {
    status: 200,
    description: 'The description.',
    schema: named('Description', 'An OpenAPI 3.1 document.', z.record(z.string(), z.unknown())),
    example: { openapi: '3.1.1' },
  },
  handle: async ({ description }) => description(),
});

export const problemOperation = defineOperation({
  id: 'describeProblem',
  method: 'GET',
  path: '/problems/{problem}',
  summary: 'Describe a problem type.',
  scope: undefined,
  problems: ['problem_not_found'],
  query: noQuery,
  body: noBody,
  success: {
    status: 200,
    description: 'The problem.',
    schema: named(
      'ProblemKind',
      'A problem type.',
      z.strictObject({
        code: described('Code, the last segment of the type.', z.string()),
        status: described('HTTP status.', z.int()),
        title: described('Title in the language of the response.', z.string()),
      }),
    ),
    example: { code: 'onboarding_closed', status: 409, title: 'Onboarding closed' },
  },
  handle: async ({ parameter, language }) => {
    const code = parameter('problem');
    if (!isProblemCode(code)) {
      throw new ApiProblem('problem_not_found', {
        fr: 'Aucun type de problème n’a ce code. Consultez la description de l’API.',
        en: 'No problem type has this code. See the API description.',
      });
    }
    const { status, title } = problemKind(code);
    return { code, status, title: inLanguage(title, language) };
  },
});
