import { describe, expect, it } from 'vitest';
import { type AssessmentFacts, assess } from '../../../functions/domain/readiness/assessment.ts';
import { plainAnswers, platform, today } from '../../support/sample-answers.ts';

const facts: AssessmentFacts = {
  organisation: { registryStatus: 'active' },
  answers: plainAnswers,
  asOf: today,
  platform,
};

describe('an assessment', () => {
  it('has the shape of the contract', () => {
    const result = assess({ ...facts, answers: { ...plainAnswers, D3: 1, A6: 'yes', A6b: 'yes' } });
    expect(result).toEqual({
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
    });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('lifts the cap once a blocking condition is cleared, and keeps it on record', () => {
    const restricted: AssessmentFacts = { ...facts, answers: { ...plainAnswers, B2: 'yes' } };
    expect(assess(restricted).readiness.tier).toBe('CONDITIONAL');
    expect(assess({ ...restricted, clearedConditions: ['DR_PATH'] })).toMatchObject({
      conditions: [{ code: 'DR_PATH', cleared: true }],
      readiness: { tier: 'READY', levers: [] },
    });
  });

  it('is capped until the wanted service opens', () => {
    const early: AssessmentFacts = { ...facts, answers: { ...plainAnswers, C1: ['intune'] } };
    expect(assess({ ...early, asOf: '2026-12-31' }).readiness.tier).toBe('CONDITIONAL');
    expect(assess({ ...early, asOf: '2027-01-01' })).toMatchObject({
      conditions: [],
      readiness: { tier: 'READY' },
    });
  });

  it('gives all four results on a form that ended early', () => {
    expect(assess({ ...facts, answers: { B1: 'yes' } })).toMatchObject({
      eligibility: 'NOT_ELIGIBLE',
      requirementLevel: 'NOT_REQUIRED',
      readiness: { tier: 'UNKNOWN', score: null, coverage: 0 },
    });
  });

  it('asks for what would determine the level', () => {
    const { readiness } = assess({
      ...facts,
      answers: { ...plainAnswers, A3: 'gip', A3b: 'unknown', B5: 'unknown' },
    });
    expect(readiness).toMatchObject({
      tier: 'UNKNOWN',
      levers: [{ code: 'CLARIFICATION_NEEDED', clearedBy: 'customer', ids: ['A3b', 'B5'] }],
      reaches: 'READY',
    });
  });
});
