import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../functions/domain/classification/outcomes.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { type OptionCode, optionCodes } from '../../../functions/domain/questionnaire/option-codes.ts';
import { type AssessmentFacts, assess } from '../../../functions/domain/readiness/assessment.ts';
import { platform } from '../../support/sample-answers.ts';
import { type Reading, readIndependently } from './independent-reading.ts';

/** More of them, from the same seeds, when asked: `RULE_RUNS=100000`. */
const numRuns = Number(process.env['RULE_RUNS'] ?? 2_000);

/** The options that version 2 of the questionnaire added. */
const added: readonly string[] = ['currency_credit', 'offence_detection', 'other_legal_secret'];

type Version = 1 | 2;

function one<Key extends keyof typeof optionCodes>(key: Key, without: readonly string[] = []) {
  const codes: readonly OptionCode<Key>[] = optionCodes[key];
  return fc.constantFrom(...codes.filter((code) => !without.includes(code)));
}

/** One to three options, or one that stands alone. */
function many<Key extends 'B4' | 'B6' | 'B9' | 'B12'>(key: Key, without: readonly string[] = []) {
  const codes: readonly OptionCode<Key>[] = optionCodes[key];
  const alone = ['none', 'unknown'];
  const offered = codes.filter((code) => !without.includes(code));
  const together = offered.filter((code) => !alone.includes(code));
  return fc.oneof(
    fc.subarray(together, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...offered.filter((code) => alone.includes(code)).map((code) => [code])),
  );
}

function figure(version: Version) {
  const exact = fc.nat({ max: 30_000 });
  if (version === 1) return exact;
  const bands = [{ from: 1, to: 9 }, { from: 200, to: 999 }, { from: 20_000 }];
  return fc.oneof(exact, fc.constantFrom(...bands), fc.constant('unknown' as const));
}

const dates = fc.constantFrom('2026-12-31', '2027-03-01', '2027-12-31');

function derogation(version: Version) {
  const expiry = version === 1 ? dates : fc.oneof(dates, fc.constant('unknown' as const));
  return fc.oneof(
    one('B8', ['yes_with_derogation']).map((answer) => ({ answer })),
    expiry.map((date) => ({ answer: 'yes_with_derogation' as const, expiry: date })),
  );
}

function dimension() {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(2 as const, 3 as const, 4 as const) },
    { weight: 1, arbitrary: fc.constantFrom(0 as const, 1 as const, 'na' as const, 'unknown' as const) },
  );
}

/** Answers about who the customer is and what it keeps. Questions that are not asked are taken out afterwards. */
function protection(version: Version) {
  const noUnknown = version === 1 ? ['unknown'] : [];
  return fc.record({
    A3: one('A3'),
    A3b: one('A3b'),
    A4: one('A4', noUnknown),
    A5: one('A5'),
    A6: one('A6'),
    A6b: one('A6b'),
    A7: one('A7'),
    B1: fc.oneof({ weight: 5, arbitrary: fc.constant('no' as const) }, one('B1')),
    B2: one('B2', version === 1 ? ['discuss_offline'] : []),
    B3: one('B3', noUnknown),
    B4: many('B4', version === 1 ? added : []),
    B5: one('B5'),
    B6: many('B6'),
    B7: fc.oneof(
      one('B7', ['yes']).map((answer) => ({ answer })),
      fc.constant({ answer: 'yes' as const, date: '2026-10-01' }),
    ),
    B8: derogation(version),
    B9: many('B9'),
    B9b: one('B9b'),
    B10: one('B10'),
    B11: one('B11'),
    B12: many('B12'),
  });
}

function projectOf(version: Version) {
  const number = figure(version);
  return fc.record({
    C1: fc.subarray([...optionCodes.C1], { minLength: 1 }),
    C2: fc.record({ usersInScope: number, totalStaff: number }),
    C3: fc.record({
      under_1: number,
      '1_10': number,
      '10_50': number,
      '50_100': number,
      '100_200': number,
      over_200: number,
    }),
    C4: fc.record({ tenants: number, domains: number, adForests: number }),
    C6: fc.record({ servers: number, applications: number, dependencies: one('dependencies') }),
    D1: dimension(),
    D2: dimension(),
    D3: dimension(),
    D4: dimension(),
    D5: dimension(),
    D6: dimension(),
    D7: dimension(),
    D8: dimension(),
    D9: dimension(),
  });
}

/** Without the follow-ups that were not asked; after classified information now and then nothing else. */
function asked(answers: Answers, endsAtOnce: boolean): Answers {
  const { A3b, A6b, B9b, ...rest } = answers;
  if (answers.B1 === 'yes' && endsAtOnce) return { B1: 'yes' };
  const particular = (answers.B9 ?? []).some((code) => ['art9', 'art10', 'minors'].includes(code));
  return {
    ...rest,
    ...(answers.A3 === 'gip' && A3b !== undefined ? { A3b } : {}),
    ...(answers.A6 === 'yes' && A6b !== undefined ? { A6b } : {}),
    ...(particular && B9b !== undefined ? { B9b } : {}),
  };
}

function facts(version: Version): fc.Arbitrary<AssessmentFacts> {
  return fc
    .record({
      protection: protection(version),
      project: projectOf(version),
      endsAtOnce: fc.boolean(),
      asOf: fc.constantFrom('2025-12-31', '2026-11-23', '2026-12-31', '2027-01-01', '2027-06-01'),
      registryStatus: fc.constantFrom(
        'active' as const,
        'active' as const,
        'ceased' as const,
        'not_found' as const,
        'unavailable' as const,
      ),
    })
    .map(({ endsAtOnce, asOf, registryStatus, ...groups }) => ({
      organisation: { registryStatus },
      answers: asked({ ...groups.protection, ...groups.project }, endsAtOnce),
      asOf,
      platform,
    }));
}

function written(condition: Condition): string {
  if (condition.code === 'DEROGATION_DEADLINE') {
    return condition.date === undefined ? condition.code : `${condition.code} ${condition.date}`;
  }
  if (condition.code === 'SERVICE_NOT_YET_AVAILABLE') {
    return `${condition.code} ${condition.services.toSorted().join()} ${condition.date}`;
  }
  if (condition.code === 'CLARIFICATION_NEEDED') {
    return `${condition.code} ${condition.ids.toSorted().join()}`;
  }
  return condition.code;
}

function assessed(given: AssessmentFacts, ruleSetVersion: string): Reading {
  const { eligibility, requirementLevel, conditions, readiness } = assess({ ...given, ruleSetVersion });
  const { score, coverage, tier } = readiness;
  return {
    eligibility,
    requirementLevel,
    conditions: conditions.map(written).toSorted(),
    score,
    coverage,
    tier,
  };
}

describe('two readings of the rules agree', () => {
  it.each([
    ['version 1 under 2026-11', 1, '2026-11'],
    ['version 1 under 2026-12', 1, '2026-12'],
    ['version 2 under 2026-12', 2, '2026-12'],
  ] as const)('on answers of %s', { timeout: 600_000 }, (_, version, rules) => {
    const property = fc.property(facts(version), (given) => {
      expect(assessed(given, rules)).toEqual(readIndependently(given, rules));
    });
    fc.assert(property, { numRuns, seed: 20_261_127 });
  });
});
