import { describe, expect, it } from 'vitest';
import { wayToClear } from '../../../functions/domain/classification/condition-texts.ts';
import {
  blockingConditions,
  conditionLife,
  conditionsAgainstGo,
  dueDates,
  openConditions,
  withCleared,
} from '../../../functions/domain/classification/conditions.ts';
import {
  type Condition,
  conditionCodes,
  eligibilityLabels,
  eligibilityText,
  requirementLevelLabels,
} from '../../../functions/domain/classification/outcomes.ts';
import { ruleSetVersion } from '../../../functions/domain/classification/rule-sets.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { findQuestion } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { tierLabels } from '../../../functions/domain/readiness/tier.ts';

const unopened: Condition = { code: 'SERVICE_NOT_YET_AVAILABLE', services: ['intune'], date: '2027-01-01' };
const unclear: Condition = { code: 'CLARIFICATION_NEEDED', ids: ['A5', 'B10', 'A7', 'B12'] };
const every: readonly Condition[] = [
  { code: 'SENSITIVITY_ANALYSIS_MISSING' },
  { code: 'DPIA_MISSING' },
  { code: 'EXIT_PLAN_REQUIRED' },
  { code: 'DEROGATION_MISSING' },
  { code: 'DR_PATH' },
  unopened,
  { code: 'REGISTRY_UNVERIFIED' },
  unclear,
  { code: 'DEROGATION_DEADLINE', date: '2028-01-01' },
  { code: 'DORA_ANNEX' },
  { code: 'HDS_REQUIRED' },
];
const codes = (conditions: readonly { readonly code: string }[]) => conditions.map(({ code }) => code);

describe('the life of conditions', () => {
  it.each([
    ['SENSITIVITY_ANALYSIS_MISSING', true, 'customer', 60, 'ciso'],
    ['DPIA_MISSING', true, 'customer', 60, 'dpo'],
    ['EXIT_PLAN_REQUIRED', true, 'operator', 90, 'projectManager'],
    ['DEROGATION_MISSING', true, 'customer', 60, 'sponsor'],
    ['DR_PATH', true, 'operator', 90, 'ciso'],
    ['SERVICE_NOT_YET_AVAILABLE', true, 'date', undefined, 'platform'],
    ['REGISTRY_UNVERIFIED', true, 'registry', 10, 'sales'],
    ['CLARIFICATION_NEEDED', false, 'customer', 30, undefined],
    ['DEROGATION_DEADLINE', false, undefined, undefined, undefined],
    ['DORA_ANNEX', false, undefined, undefined, undefined],
    ['HDS_REQUIRED', false, undefined, undefined, undefined],
  ] as const)('%s: blocking %s, by %s in %s days, owner %s', (code, blocking, clearedBy, days, owner) => {
    const life = conditionLife(code);
    expect([life.blocking, life.clearedBy, life.dueDays, life.owner]).toEqual([
      blocking,
      clearedBy,
      days,
      owner,
    ]);
    expect([life.label, wayToClear(code, ruleSetVersion)].every(({ fr, en }) => fr !== '' && en !== '')).toBe(
      true,
    );
  });

  it('has a row for each code and a label for each outcome', () => {
    expect(codes(every)).toEqual([...conditionCodes]);
    const labels = [eligibilityLabels, requirementLevelLabels, tierLabels].flatMap((group) =>
      Object.values(group),
    );
    expect(labels).toHaveLength(11);
  });

  it('leaves open what somebody has to settle', () => {
    expect(codes(openConditions(every, ['DR_PATH', 'DORA_ANNEX'], '2026-12-31'))).toEqual([
      'SENSITIVITY_ANALYSIS_MISSING',
      'DPIA_MISSING',
      'EXIT_PLAN_REQUIRED',
      'DEROGATION_MISSING',
      'SERVICE_NOT_YET_AVAILABLE',
      'REGISTRY_UNVERIFIED',
      'CLARIFICATION_NEEDED',
    ]);
    expect(openConditions([{ code: 'DR_PATH', cleared: true }], [], '2026-12-31')).toEqual([]);
  });

  it('closes an unopened service by itself on the day', () => {
    expect(openConditions([unopened], [], '2026-12-31')).toEqual([unopened]);
    expect(openConditions([unopened], [], '2027-01-01')).toEqual([]);
  });

  it('blocks only by blocking conditions', () => {
    expect(codes(blockingConditions([unclear, { code: 'DR_PATH' }], [], '2026-11-23'))).toEqual(['DR_PATH']);
  });

  it('refuses a go for blocking conditions alone, and never for a missing derogation', () => {
    expect(codes(conditionsAgainstGo(every, ['DR_PATH'], '2026-12-31'))).toEqual([
      'SENSITIVITY_ANALYSIS_MISSING',
      'DPIA_MISSING',
      'EXIT_PLAN_REQUIRED',
      'SERVICE_NOT_YET_AVAILABLE',
      'REGISTRY_UNVERIFIED',
    ]);
  });

  it.each([
    ['2026-12-31', ['SERVICE_NOT_YET_AVAILABLE']],
    ['2027-01-01', []],
    ['2027-01-02', []],
  ])('judges by a cutover on %s whether a service opens in time', (cutover, against) => {
    expect(codes(conditionsAgainstGo([unopened], [], cutover))).toEqual(against);
  });

  it('dates each task and splits clarifications by owner', () => {
    expect(dueDates([...every], '2026-11-23')).toEqual([
      { code: 'SENSITIVITY_ANALYSIS_MISSING', owner: 'ciso', due: '2027-01-22' },
      { code: 'DPIA_MISSING', owner: 'dpo', due: '2027-01-22' },
      { code: 'EXIT_PLAN_REQUIRED', owner: 'projectManager', due: '2027-02-21' },
      { code: 'DEROGATION_MISSING', owner: 'sponsor', due: '2027-01-22' },
      { code: 'DR_PATH', owner: 'ciso', due: '2027-02-21' },
      { code: 'SERVICE_NOT_YET_AVAILABLE', owner: 'platform', due: '2027-01-01' },
      { code: 'REGISTRY_UNVERIFIED', owner: 'sales', due: '2026-12-03' },
      { code: 'CLARIFICATION_NEEDED', owner: 'respondent', due: '2026-12-23', ids: ['A5', 'A7'] },
      { code: 'CLARIFICATION_NEEDED', owner: 'dpo', due: '2026-12-23', ids: ['B10'] },
      { code: 'CLARIFICATION_NEEDED', owner: 'ciso', due: '2026-12-23', ids: ['B12'] },
    ]);
  });

  const settled: readonly (readonly [Condition, Answers, boolean])[] = [
    [{ code: 'SENSITIVITY_ANALYSIS_MISSING' }, { B7: { answer: 'yes', date: '2026-12-01' } }, true],
    [{ code: 'SENSITIVITY_ANALYSIS_MISSING' }, { B7: { answer: 'yes' } }, false],
    [{ code: 'SENSITIVITY_ANALYSIS_MISSING' }, {}, false],
    [{ code: 'DPIA_MISSING' }, { B11: 'done' }, true],
    [{ code: 'DPIA_MISSING' }, { B11: 'not_done' }, false],
    [{ code: 'DEROGATION_MISSING' }, { B8: { answer: 'no' } }, true],
    [{ code: 'DEROGATION_MISSING' }, { B8: { answer: 'yes_without_derogation' } }, false],
    [{ code: 'DEROGATION_MISSING' }, {}, false],
    [{ code: 'DR_PATH' }, {}, false],
  ];
  it.each(settled)('%j is settled by the answers %j: %s', (condition, answers, cleared) => {
    expect(withCleared([condition], [], answers)).toEqual([cleared ? { ...condition, cleared } : condition]);
  });

  it('marks what is cleared, never what only informs', () => {
    expect(withCleared([{ code: 'DR_PATH' }, { code: 'DORA_ANNEX' }], ['DR_PATH', 'DORA_ANNEX'], {})).toEqual(
      [{ code: 'DR_PATH', cleared: true }, { code: 'DORA_ANNEX' }],
    );
  });
});

describe('the owner of a clarification', () => {
  it.each(['A5', 'A6', 'A7', 'B8', 'B9', 'B10', 'B12'] as const)(
    'is the one the questionnaire names for %s',
    (id) => {
      const [task] = dueDates([{ code: 'CLARIFICATION_NEEDED', ids: [id] }], '2026-11-23');
      expect(task?.owner).toBe(findQuestion(id)?.owner);
    },
  );
});

describe('eligibility in words', () => {
  const reasons = [
    { rule: 'R22', effect: 'MANUAL_REVIEW', legalReference: '-' },
    { rule: 'R05', effect: 'MANUAL_REVIEW', legalReference: '-' },
  ] as const;

  it.each([
    [[], eligibilityLabels.MANUAL_REVIEW.en],
    [['R22'], eligibilityLabels.MANUAL_REVIEW.en],
    [['R22', 'R05'], 'Eligible, after review by an operator'],
  ])('with the rules %j settled', (settled, text) => {
    expect(eligibilityText({ eligibility: 'MANUAL_REVIEW', reasons }, settled).en).toBe(text);
  });

  it('says eligible where nobody had to look', () => {
    expect(eligibilityText({ eligibility: 'ELIGIBLE', reasons: [] }, [])).toBe(eligibilityLabels.ELIGIBLE);
  });
});
