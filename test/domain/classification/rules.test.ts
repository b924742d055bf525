import { describe, expect, it } from 'vitest';
import { classify } from '../../../functions/domain/classification/classify.ts';
import type { RegistryStatus } from '../../../functions/domain/classification/facts.ts';
import { qualify } from '../../../functions/domain/classification/qualify.ts';
import { ruleSetVersion } from '../../../functions/domain/classification/rule-sets.ts';
import { ruleText } from '../../../functions/domain/classification/rule-texts.ts';
import { rulesOf202611, rulesOf202612 } from '../../../functions/domain/classification/rules.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { citation } from '../../../functions/domain/questionnaire/legal-references.ts';
import { plainAnswers, platform, today } from '../../support/sample-answers.ts';

type Version = '2026-11' | '2026-12';

interface Circumstances {
  readonly registryStatus?: RegistryStatus;
  readonly asOf?: string;
  readonly version?: Version;
}

function classified(change: Answers, circumstances: Circumstances = {}) {
  const { registryStatus = 'active', asOf = today, version = '2026-11' } = circumstances;
  return classify({ registryStatus, answers: { ...plainAnswers, ...change }, asOf, platform }, version);
}

/** What each rule that holds brings about, as `rule effect`. */
function effects(change: Answers, circumstances?: Circumstances): readonly string[] {
  return classified(change, circumstances).reasons.map(({ rule, effect }) => `${rule} ${effect}`);
}

const state: Answers = { A3: 'state_administration' };
const secret: Answers = { ...state, B4: ['foreign_policy'] };
const mandatory: Answers = { ...secret, B6: ['public_order'] };
const unknownGip: Answers = { A3: 'gip', A3b: 'unknown' };
const r06 = 'R06 MANDATORY';
const r07 = ['R07 UNDETERMINED', 'R07 MANUAL_REVIEW', 'R07 SENSITIVITY_ANALYSIS_MISSING'];
const r07b = ['R07b UNDETERMINED', 'R07b MANUAL_REVIEW'];
const r07c = ['R07c UNDETERMINED', 'R07c MANUAL_REVIEW'];
const r08 = ['R08 RECOMMENDED', 'R08 SENSITIVITY_ANALYSIS_MISSING'];
const r12 = 'R12 RECOMMENDED';
const r13 = 'R13 RECOMMENDED';
const r15 = 'R15 RECOMMENDED';
const r23 = 'R23 CLARIFICATION_NEEDED';

const table: readonly (readonly [string, Answers, readonly string[]])[] = [
  ['nothing', {}, []],
  ['R01 yes', { B1: 'yes' }, ['R01 NOT_ELIGIBLE']],
  ['R01 unknown', { B1: 'unknown' }, ['R01 MANUAL_REVIEW']],
  ['R04 yes', { B2: 'yes' }, ['R04 MANUAL_REVIEW', 'R04 DR_PATH', 'R04 RECOMMENDED']],
  ['R04 unknown', { B2: 'unknown' }, ['R04 MANUAL_REVIEW']],
  ['R05 B3 yes', { B3: 'yes' }, ['R05 MANUAL_REVIEW', 'R05 RECOMMENDED']],
  ['R05 B3 offline', { B3: 'discuss_offline' }, ['R05 MANUAL_REVIEW', 'R05 RECOMMENDED']],
  ['R05 A4 offline', { A4: 'discuss_offline' }, ['R05 MANUAL_REVIEW', 'R05 RECOMMENDED']],
  ['R06 administration, secret', mandatory, [r06]],
  ['R06 operator, mission', { A3: 'state_operator', B5: 'yes', B6: ['health_or_life'] }, [r06]],
  ['R06 listed gip', { ...mandatory, A3: 'gip', A3b: 'yes' }, [r06]],
  ['R06 not: unlisted gip', { ...mandatory, A3: 'gip', A3b: 'no' }, []],
  ['R06 not: company', { ...mandatory, A3: 'company' }, []],
  ['R06 not: no category', { ...state, B6: ['public_order'] }, []],
  ['R07', { ...secret, B6: ['unknown'] }, r07],
  ['R07 not: company', { ...secret, A3: 'company', B6: ['unknown'] }, []],
  ['R07 not: no category', { ...state, B6: ['unknown'] }, []],
  ['R07b B4', { ...state, B4: ['unknown'] }, r07b],
  ['R07b B5', { ...state, B5: 'unknown' }, r07b],
  ['R07b unknown gip', { ...unknownGip, B5: 'unknown' }, r07b],
  ['R07b not: category', { ...secret, B5: 'unknown', B6: ['public_order'] }, [r06]],
  ['R07b not: nothing unknown', state, []],
  ['R07b not: unlisted gip', { A3: 'gip', A3b: 'no', B4: ['unknown'] }, []],
  ['R07b not: company', { B4: ['unknown'], B5: 'unknown' }, []],
  ['R07c', { ...unknownGip, B4: ['privacy'] }, r07c],
  ['R07c whatever B6', { ...unknownGip, B5: 'yes', B6: ['public_order'] }, r07c],
  ['R07c not: no category', unknownGip, []],
  ['R08 no analysis', { ...secret, B6: ['none'] }, r08],
  ['R08 unknown analysis', { ...secret, B7: { answer: 'unknown' } }, r08],
  ['R08 analysis written', { ...secret, B7: { answer: 'yes', date: '2026-01-01' } }, ['R08 RECOMMENDED']],
  ['R08 not: company', { B4: ['privacy'] }, []],
  ['R10', { B8: { answer: 'yes_with_derogation', expiry: '2028-01-01' } }, ['R10 DEROGATION_DEADLINE']],
  ['R10 not: no expiry given', { B8: { answer: 'yes_with_derogation' } }, []],
  [
    'R10b',
    { ...mandatory, B8: { answer: 'yes_without_derogation' } },
    [r06, 'R10b MANUAL_REVIEW', 'R10b DEROGATION_MISSING'],
  ],
  ['R10b not: not mandatory', { B8: { answer: 'yes_without_derogation' } }, []],
  ['R10b not: with derogation', { ...mandatory, B8: { answer: 'no' } }, [r06]],
  ['R11 uncovered service', { B10: 'yes_for_third_parties' }, ['R11 HDS_REQUIRED', 'R11 MANUAL_REVIEW']],
  ['R11 covered', { B10: 'yes_for_third_parties', C1: ['azure_iaas'] }, ['R11 HDS_REQUIRED']],
  ['R11 not: own care', { B10: 'yes_own' }, []],
  ['R12', { A3: 'health_body' }, [r12]],
  ['R13 art9', { A3: 'local_authority', B9: ['art9'], B9b: 'under_10k' }, [r13]],
  ['R13 art10', { A3: 'local_authority', B9: ['art10'], B9b: 'under_10k' }, [r13]],
  ['R13 minors', { A3: 'local_authority', B9: ['minors'], B9b: 'under_10k' }, [r13, r15]],
  ['R13 privacy', { A3: 'local_authority', B4: ['privacy'] }, [r13]],
  ['R13 medical', { A3: 'local_authority', B4: ['medical_secrecy'] }, [r13]],
  ['R13 not: other secret', { A3: 'local_authority', B4: ['business_secrecy'] }, []],
  ['R13 not: other body', { A3: 'other_public', B4: ['privacy'] }, []],
  ['R14 ose', { A4: 'ose' }, ['R14 RECOMMENDED']],
  ['R14 oiv', { A4: 'oiv' }, ['R14 RECOMMENDED']],
  ['R14 essential', { A5: 'essential' }, ['R14 RECOMMENDED']],
  ['R15 important', { A5: 'important' }, [r15]],
  ['R15 minors', { B9: ['minors'], B9b: 'under_10k' }, [r15]],
  ['R15 art9 large', { B9: ['art9'], B9b: 'over_100k' }, [r15]],
  ['R15 art10 large', { B9: ['art10'], B9b: 'over_100k' }, [r15]],
  ['R15 not: smaller', { B9: ['art9'], B9b: '10k_100k' }, []],
  ['R15 not: unknown volume', { B9: ['art10'], B9b: 'unknown' }, []],
  ['R16 critical', { A6: 'yes', A6b: 'yes' }, ['R16 DORA_ANNEX', 'R16 EXIT_PLAN_REQUIRED']],
  ['R16 maybe critical', { A6: 'yes', A6b: 'unknown' }, ['R16 DORA_ANNEX', 'R16 EXIT_PLAN_REQUIRED']],
  ['R16 not critical', { A6: 'yes', A6b: 'no' }, ['R16 DORA_ANNEX']],
  ['R17 secrets', { B12: ['trade_secrets'] }, ['R17 RECOMMENDED']],
  ['R17 research', { B12: ['research'] }, ['R17 RECOMMENDED']],
  ['R17 not: public', { A3: 'other_public', B12: ['research'] }, []],
  ['R17b', { B12: ['export_controlled'] }, ['R17b MANUAL_REVIEW']],
  ['R18', { C1: ['exchange', 'intune'] }, ['R18 SERVICE_NOT_YET_AVAILABLE']],
  ['R21 not done', { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' }, ['R21 DPIA_MISSING']],
  ['R21 unknown', { B9: ['art10'], B9b: 'under_10k', B11: 'unknown' }, ['R21 DPIA_MISSING']],
  ['R21 minors', { B9: ['minors'], B9b: 'under_10k', B11: 'not_done' }, [r15, 'R21 DPIA_MISSING']],
  ['R21 not: done', { B9: ['art9'], B9b: 'under_10k', B11: 'done' }, []],
  ['R21 not: ordinary', { B11: 'not_done' }, []],
  ['R22', { A7: 'yes' }, ['R22 MANUAL_REVIEW']],
  ['R23 A5', { A5: 'unknown' }, [r23]],
  ['R23 A6', { A6: 'unknown' }, [r23]],
  ['R23 A7', { A7: 'unknown' }, [r23]],
  ['R23 B8', { B8: { answer: 'unknown' } }, [r23]],
  ['R23 B9', { B9: ['unknown'] }, [r23]],
  ['R23 B10', { B10: 'unknown' }, [r23]],
  ['R23 B12', { B12: ['unknown'] }, [r23]],
  ['R23 not: other questions', { B6: ['unknown'], C7: 'unknown', D1: 'unknown' }, []],
];

const hds = ['R11 HDS_REQUIRED', 'R11 MANUAL_REVIEW'];
const r10 = 'R10 DEROGATION_DEADLINE';
const unknownUsers: Answers = { C2: { usersInScope: 'unknown', totalStaff: 12 } };
const unknownMailbox: Answers = { C3: { ...plainAnswers.C3, '10_50': 'unknown' } };
const unknownForests: Answers = { C4: { tenants: 1, domains: 2, adForests: 'unknown' } };
const unknownServers: Answers = { C6: { ...plainAnswers.C6, servers: 'unknown' } };

/** What 2026-12 says of answers that 2026-11 does not know, or judges in another way. */
const tableOf202612: typeof table = [
  ['R04 offline', { B2: 'discuss_offline' }, ['R04 MANUAL_REVIEW']],
  ['R05 A4 unknown', { A4: 'unknown' }, ['R05 MANUAL_REVIEW', 'R05 RECOMMENDED']],
  ['R05 B3 unknown', { B3: 'unknown' }, ['R05 MANUAL_REVIEW', 'R05 RECOMMENDED']],
  ['R06 currency', { ...mandatory, B4: ['currency_credit'] }, [r06]],
  ['R06 offences', { ...mandatory, B4: ['offence_detection'] }, [r06]],
  ['R06 another secret', { ...mandatory, B4: ['other_legal_secret'] }, [r06]],
  ['R10 expiry unknown', { B8: { answer: 'yes_with_derogation', expiry: 'unknown' } }, [r10, r23]],
  ['R11 own data', { B10: 'yes_own' }, hds],
  ['R11 own data, covered', { B10: 'yes_own', C1: ['azure_iaas'] }, ['R11 HDS_REQUIRED']],
  ['R11 data of others', { B10: 'yes_for_third_parties' }, hds],
  ['R23 C2', unknownUsers, [r23]],
  ['R23 C2 whatever is wanted', { ...unknownUsers, C1: ['teams'] }, [r23]],
  ['R23 C3', unknownMailbox, [r23]],
  ['R23 not: C3 without mail', { ...unknownMailbox, C1: ['azure_iaas'] }, []],
  ['R23 C4', unknownForests, [r23]],
  ['R23 C6', unknownServers, [r23]],
  ['R23 not: C6 without Azure', { ...unknownServers, C1: ['exchange'] }, []],
  ['R23 not: dependencies', { C6: { ...plainAnswers.C6, dependencies: 'unknown' } }, []],
  ['R23 not: a band', { C2: { usersInScope: { from: 20_000 }, totalStaff: { from: 20_000 } } }, []],
  ['R23 not: two sites', { C8: { site: 'any', twoSites: 'unknown' } }, []],
];
const changed = ['R11 not: own care'];

describe('the rule set', () => {
  it.each(table)('2026-11: %s', (_name, change, expected) => {
    expect(effects(change)).toEqual(expected);
  });

  it.each([...table.filter(([name]) => !changed.includes(name)), ...tableOf202612])(
    '2026-12: %s',
    (_name, change, expected) => {
      expect(effects(change, { version: '2026-12' })).toEqual(expected);
    },
  );

  it('says of an unknown expiry and of unknown numbers what it can', () => {
    const change: Answers = {
      ...{ ...unknownUsers, ...unknownMailbox, ...unknownForests, ...unknownServers },
      A5: 'unknown',
      B8: { answer: 'yes_with_derogation', expiry: 'unknown' },
    };
    expect(classified(change, { version: '2026-12' }).conditions).toEqual([
      { code: 'DEROGATION_DEADLINE' },
      { code: 'CLARIFICATION_NEEDED', ids: ['A5', 'B8', 'C2', 'C3', 'C4', 'C6'] },
    ]);
  });

  it('holds no rule on absent answers', () => {
    const nothing = classify({ registryStatus: 'active', answers: {}, asOf: today, platform });
    expect(nothing).toEqual({
      eligibility: 'ELIGIBLE',
      requirementLevel: 'NOT_REQUIRED',
      conditions: [],
      reasons: [],
    });
    const secretAlone: Answers = { A3: 'state_operator', B4: ['privacy'], B6: ['none'] };
    const { conditions } = classify({
      registryStatus: 'active',
      answers: secretAlone,
      asOf: today,
      platform,
    });
    expect(conditions).toEqual([]);
  });

  it.each([
    ['active', []],
    ['ceased', ['R02 MANUAL_REVIEW']],
    ['not_found', ['R02 MANUAL_REVIEW']],
    ['unavailable', ['R02b REGISTRY_UNVERIFIED']],
  ] as const)('looks at a register that says %s', (status, expected) => {
    expect(effects({}, { registryStatus: status })).toEqual(expected);
  });

  it('counts a service as open on its opening day', () => {
    expect(effects({ C1: ['intune'] }, { asOf: '2026-12-31' })).toEqual(['R18 SERVICE_NOT_YET_AVAILABLE']);
    expect(effects({ C1: ['intune'] }, { asOf: '2027-01-01' })).toEqual([]);
  });

  it('tells the data of conditions', () => {
    const change: Answers = {
      A5: 'unknown',
      B12: ['unknown'],
      B8: { answer: 'yes_with_derogation', expiry: '2028-01-01' },
      C1: ['azure_ai', 'intune', 'exchange'],
    };
    expect(classified(change).conditions).toEqual([
      { code: 'DEROGATION_DEADLINE', date: '2028-01-01' },
      { code: 'SERVICE_NOT_YET_AVAILABLE', services: ['intune', 'azure_ai'], date: '2027-06-01' },
      { code: 'CLARIFICATION_NEEDED', ids: ['A5', 'B12'] },
    ]);
  });

  it('lets the strongest outcome win and keeps every reason', () => {
    const all = classified({ ...mandatory, A4: 'ose', B1: 'yes', B2: 'yes' });
    expect(all).toMatchObject({ eligibility: 'NOT_ELIGIBLE', requirementLevel: 'MANDATORY' });
    expect(all.reasons).toHaveLength(6);
    expect(all.reasons[0]).toEqual({ rule: 'R01', effect: 'NOT_ELIGIBLE', legalReference: 'IGI 1300' });
    const unclear = classified({ ...secret, A4: 'ose', B6: ['unknown'] });
    expect(unclear).toMatchObject({ eligibility: 'MANUAL_REVIEW', requirementLevel: 'UNDETERMINED' });
    expect(classified({ A4: 'ose' })).toMatchObject({
      eligibility: 'ELIGIBLE',
      requirementLevel: 'RECOMMENDED',
    });
  });

  it('explains every rule in both languages and cites its source in each', () => {
    expect(ruleSetVersion).toBe('2026-12');
    for (const [version, rules] of [
      ['2026-11', rulesOf202611],
      ['2026-12', rulesOf202612],
    ] as const) {
      const texts = rules.map(({ id }) => ruleText(id, version));
      expect(texts.filter(({ fr, en }) => Math.min(fr.length, en.length) < 40)).toEqual([]);
    }
    const cited = rulesOf202612.map(({ legalReference }) => citation(legalReference));
    expect(cited.filter(({ fr }) => /law|decree|regulation|policy|register|GDPR/i.test(fr))).toEqual([]);
    expect(cited.filter(({ en }) => /loi|décret|règlement|politique|registre|RGPD/i.test(en))).toEqual([]);
    expect(citation('an article of yesterday')).toEqual({
      fr: 'an article of yesterday',
      en: 'an article of yesterday',
    });
  });
});

describe('the first qualification', () => {
  it.each([
    ['active', 'ELIGIBLE', [], []],
    ['ceased', 'MANUAL_REVIEW', [], ['R02']],
    ['not_found', 'MANUAL_REVIEW', [], ['R02']],
    ['unavailable', 'ELIGIBLE', [{ code: 'REGISTRY_UNVERIFIED' }], ['R02b']],
  ] as const)(
    'of an organisation that the register calls %s is %s',
    (status, eligibility, conditions, rule) => {
      const result = qualify({ registryStatus: status });
      expect(result).toMatchObject({ ruleSetVersion: '2026-12', eligibility, conditions });
      expect(result.reasons.map((reason) => reason.rule)).toEqual(rule);
    },
  );
});
