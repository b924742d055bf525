import * as z from 'zod/mini';
import { calendarDateOf } from '../../../domain/calendar-date.ts';
import type { RegistryStatus } from '../../../domain/classification/facts.ts';
import { isFields, ownValue } from '../../../domain/input/read-input.ts';
import { siteCodes } from '../../../domain/platform-configuration.ts';
import type { Answers } from '../../../domain/questionnaire/answers.ts';
import { validateAnswers } from '../../../domain/questionnaire/validate-answers.ts';
import { assess } from '../../../domain/readiness/assessment.ts';
import { answersExample, assessmentExample } from '../examples.ts';
import { placed, problemsFound } from '../field-errors.ts';
import { type BodyReader, type Call, defineOperation, noQuery } from '../operation.ts';
import { assessmentFrame, assessmentRequest, assessmentSchema } from '../schemas/assessment-schema.ts';

interface WhatIf {
  readonly registryStatus: RegistryStatus;
  readonly answers: Answers;
  readonly asOf: string | undefined;
}

/** Validates the frame by its schema and the answers by the questionnaire, and reports the problems of both at once. */
const whatIfBody: BodyReader<WhatIf> = {
  schema: assessmentRequest,
  example: {
    organisation: { registryStatus: 'active' },
    answers: answersExample,
    asOf: '2026-11-23',
  },
  read: (sent, { platform }) => {
    const frame = z.safeParse(assessmentFrame, sent);
    const given = isFields(sent) ? ownValue(sent, 'answers') : undefined;
    const sites = siteCodes(platform);
    const validated = validateAnswers(given, { complete: true, sites });
    if (frame.success && 'answers' in validated) {
      const { organisation, asOf } = frame.data;
      return { value: { ...organisation, answers: validated.answers, asOf } };
    }
    return {
      problems: [
        ...(frame.success ? [] : problemsFound(frame.error.issues, sent)),
        ...('problems' in validated && given !== undefined
          ? placed(validated.problems, given, ['answers'])
          : []),
      ],
    };
  },
};

async function whatIf({ dependencies: { platform, clock }, body }: Call<unknown, WhatIf>) {
  return assess({
    organisation: { registryStatus: body.registryStatus },
    answers: body.answers,
    asOf: body.asOf ?? calendarDateOf(clock.now()),
    platform,
  });
}

export const assessmentOperation = defineOperation({
  id: 'assess',
  method: 'POST',
  path: '/assessments',
  summary: 'Simulate an assessment: the four results for these facts, with their reasons. Nothing is stored.',
  scope: 'onboarding/read',
  problems: [],
  query: noQuery,
  body: whatIfBody,
  success: {
    status: 200,
    description: 'The four results.',
    schema: assessmentSchema,
    example: assessmentExample,
    again: whatIf,
  },
  handle: whatIf,
});
