import * as z from 'zod/mini';
import { calendarDateOf } from '../../../domain/calendar-date.ts';
import type { RegistryStatus } from '../../../domain/classification/facts.ts';
import { isFields, ownValue } from '../../../domain/input/read-input.ts';
import { siteCodes } from '../../../domain/platform-configuration.ts';
import type { Answers } from '../../../domain/questionnaire/answers.ts';
import { validateAnswers } from '../../../domain/questionnaire/validate-answers.ts';
import { assess } from '../../../domain/readiness/assessment.ts';
import { answersExample } from '../examples/answers.ts';
import { placed, problemsFound } from '../field-errors.ts';
import { type BodyReader, type Call, defineOperation, noQuery } from '../operation.ts';
import { assessmentFrame, assessmentRequest, assessmentSchema } from '../schemas/assessment-schema.ts';

/** The assessment of the answers above by the rules in force on the day of the example. */
const assessmentExample = {
  ruleSetVersion: '2026-12',
  eligibility: 'ELIGIBLE',
  requirementLevel: 'NOT_REQUIRED',
  conditions: [{ code: 'DORA_ANNEX' }, { code: 'EXIT_PLAN_REQUIRED' }],
  readiness: {
    tier: 'CONDITIONAL',
    score: 88.8,
    coverage: 100,
    dimensions: [
      { code: 'D1', name: 'strategy', weight: 10, answer: 4 },
      { code: 'D2', name: 'classification_compliance', weight: 20, answer: 4 },
      { code: 'D3', name: 'inventory', weight: 15, answer: 1 },
      { code: 'D4', name: 'identity', weight: 15, answer: 4 },
      { code: 'D5', name: 'network', weight: 10, answer: 4 },
      { code: 'D6', name: 'security_operations', weight: 10, answer: 4 },
      { code: 'D7', name: 'skills', weight: 10, answer: 4 },
      { code: 'D8', name: 'budget_contract', weight: 5, answer: 4 },
      { code: 'D9', name: 'change_management', weight: 5, answer: 4 },
    ],
    levers: [
      { kind: 'dimension', code: 'D3', from: 1, to: 2, gain: 3.75 },
      { kind: 'condition', code: 'EXIT_PLAN_REQUIRED', clearedBy: 'operator' },
    ],
    reaches: 'READY',
  },
  reasons: [
    { rule: 'R16', effect: 'DORA_ANNEX', legalReference: 'DORA art. 28-30' },
    { rule: 'R16', effect: 'EXIT_PLAN_REQUIRED', legalReference: 'DORA art. 28-30' },
  ],
} as const;

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
