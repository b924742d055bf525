import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  definitionNumber,
  outcomeFor,
  outcomesByDefinition,
  type Step,
  stepOf,
} from '../../../functions/domain/onboarding/definitions.ts';
import { reviewKinds } from '../../../functions/domain/onboarding/lifecycle.ts';
import { isTaskName, type TaskName, waitOf } from '../../../workflows/tasks.ts';

const state = z.object({
  Type: z.string(),
  Parameters: z
    .object({ FunctionName: z.string(), Payload: z.object({ review: z.enum(reviewKinds).optional() }) })
    .optional(),
  Next: z.string().optional(),
  Choices: z.array(z.object({ Variable: z.string(), StringEquals: z.string().optional() })).optional(),
});
const machine = z.object({ States: z.record(z.string(), state) });

const taskSteps: Readonly<Partial<Record<TaskName, Step>>> = {
  QualifyProspect: 'QUALIFY',
  AssignReadinessTier: 'ASSIGN_TIER',
  BookPreparationWave: 'PREPARE',
  ScheduleWave: 'SCHEDULE_WAVE',
  HandOver: 'HAND_OVER',
};

/** The outcomes that a recorded file branches on after each of its steps. */
function recordedOutcomes(number: number): Readonly<Record<string, readonly string[]>> {
  const file = new URL(`../../recorded/workflows/${number}.asl.json`, import.meta.url);
  const { States } = machine.parse(JSON.parse(readFileSync(file, 'utf8')));
  const found = Object.values(States).flatMap(({ Parameters, Next = '' }) => {
    const name = Parameters?.FunctionName.replace(/^\$\{|\}$/g, '') ?? '';
    const outcomes = (States[Next]?.Choices ?? []).flatMap(({ StringEquals }) => StringEquals ?? []);
    if (!isTaskName(name) || outcomes.length === 0) return [];
    const wait = waitOf(name);
    const step = wait === undefined ? taskSteps[name] : stepOf(wait, Parameters?.Payload.review);
    return step === undefined ? [] : [[step, outcomes] as const];
  });
  return Object.fromEntries(found);
}

describe('The outcomes of a definition', () => {
  it('are listed for every definition up to the present one', () => {
    const numbers = Array.from({ length: definitionNumber }, (_, index) => index + 1);
    expect([...outcomesByDefinition.keys()]).toEqual(numbers);
  });

  it.each([...outcomesByDefinition])(
    'equal those that the recorded file %i branches on',
    (number, outcomes) => {
      const recorded = recordedOutcomes(number);
      expect(Object.keys(recorded).length).toBeGreaterThan(10);
      expect(outcomes).toEqual(recorded);
    },
  );
});

describe('A run', () => {
  it('is answered with an outcome that its definition knows at that step', () => {
    expect(outcomeFor({ definition: 1 }, 'CONFIRM_WAVE', 'CONFIRMED')).toBe('CONFIRMED');
    expect(outcomeFor({ definition: 1 }, 'WAIT_FOR_SLOT', 'SUPERSEDED')).toBe('SUPERSEDED');
  });

  it('is too old for an outcome that its definition knows elsewhere only, or not at all', () => {
    expect(outcomeFor({ definition: 1 }, 'WAIT_FOR_SLOT', 'CONFIRMED')).toBe('TOO_OLD');
    expect(outcomeFor({ definition: 1 }, 'REVIEW_READINESS', 'WAIT')).toBe('TOO_OLD');
    expect(outcomeFor({ definition: 99 }, 'CONFIRM_WAVE', 'CONFIRMED')).toBe('TOO_OLD');
  });
});
