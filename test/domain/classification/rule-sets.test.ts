import { describe, expect, it } from 'vitest';
import { requirementLevelLabels } from '../../../functions/domain/classification/outcomes.ts';
import { ruleSetFor, UnknownRuleSetError } from '../../../functions/domain/classification/rule-sets.ts';
import { ruleText } from '../../../functions/domain/classification/rule-texts.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { questionnaireVersion } from '../../../functions/domain/questionnaire/version.ts';
import { assess } from '../../../functions/domain/readiness/assessment.ts';
import { plainAnswers, platform, today } from '../../support/sample-answers.ts';

const mandatory: Answers = { A3: 'state_administration', B4: ['foreign_policy'], B6: ['public_order'] };
const versions = ['2026-11', '2026-12'] as const;

function assessed(change: Answers, ruleSetVersion?: string) {
  return assess({
    organisation: { registryStatus: 'active' },
    answers: { ...plainAnswers, ...change },
    asOf: today,
    platform,
    ...(ruleSetVersion === undefined ? {} : { ruleSetVersion }),
  });
}

/** Eligibility, condition codes and tier under each version, from the same answers. */
function inBoth(change: Answers) {
  return versions.map((version) => {
    const { eligibility, conditions, readiness } = assessed(change, version);
    return [eligibility, conditions.map(({ code }) => code).join(), readiness.tier];
  });
}

const cases: readonly (readonly [string, Answers, readonly string[], readonly string[]])[] = [
  ['no health data', {}, ['ELIGIBLE', '', 'READY'], ['ELIGIBLE', '', 'READY']],
  [
    'its own health data in a service without certificate',
    { B10: 'yes_own' },
    ['ELIGIBLE', '', 'READY'],
    ['MANUAL_REVIEW', 'HDS_REQUIRED', 'READY'],
  ],
  [
    'its own health data in a certified service',
    { B10: 'yes_own', C1: ['azure_iaas'] },
    ['ELIGIBLE', '', 'READY'],
    ['ELIGIBLE', 'HDS_REQUIRED', 'READY'],
  ],
  [
    'health data of others in a service without certificate',
    { B10: 'yes_for_third_parties' },
    ['MANUAL_REVIEW', 'HDS_REQUIRED', 'READY'],
    ['MANUAL_REVIEW', 'HDS_REQUIRED', 'READY'],
  ],
  [
    'a project under way without a derogation',
    { ...mandatory, B8: { answer: 'yes_without_derogation' } },
    ['MANUAL_REVIEW', 'DEROGATION_MISSING', 'CONDITIONAL'],
    ['MANUAL_REVIEW', 'DEROGATION_MISSING', 'READY'],
  ],
];

describe('the versions of the rules', () => {
  it.each(cases)('judge %s each in its way', (_name, change, before, after) => {
    expect(inBoth(change)).toEqual([before, after]);
  });

  it('are applied by name; 2026-12 is in force', () => {
    const ownData: Answers = { B10: 'yes_own' };
    expect(assessed(ownData)).toMatchObject({
      ruleSetVersion: '2026-12',
      conditions: [{ code: 'HDS_REQUIRED' }],
    });
    expect(assessed(ownData, '2026-11')).toMatchObject({ ruleSetVersion: '2026-11', conditions: [] });
    expect(ruleSetFor(1)).toBe('2026-11');
    expect(ruleSetFor(questionnaireVersion)).toBe('2026-12');
    expect(() => assessed({}, '2031-01')).toThrow(UnknownRuleSetError);
  });

  it('give their reasons in their own words', () => {
    expect(ruleText('R10b', '2026-12').fr).toContain('votre dossier est prioritaire');
    expect(ruleText('R10b', '2026-11').fr).not.toContain('prioritaire');
    expect(ruleText('R11', '2026-12').fr).toContain('il vous faut votre propre certificat');
    expect(requirementLevelLabels.RECOMMENDED.fr).toContain('aucun texte ne vous y oblige');
    expect(ruleText('R12', '2026-12')).toBe(ruleText('R12', '2026-11'));
    expect(ruleText('R12', '2031-01')).toBe(ruleText('R12', '2026-11'));
  });
});
