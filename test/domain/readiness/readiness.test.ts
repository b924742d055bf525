import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Condition,
  type RequirementLevel,
  requirementLevels,
} from '../../../functions/domain/classification/outcomes.ts';
import type { Answers, DimensionAnswer } from '../../../functions/domain/questionnaire/answers.ts';
import { type DimensionCode, dimensions } from '../../../functions/domain/questionnaire/dimensions.ts';
import { compareReadiness } from '../../../functions/domain/readiness/compare.ts';
import type { Lever } from '../../../functions/domain/readiness/levers.ts';
import { type Readiness, readinessOf } from '../../../functions/domain/readiness/readiness.ts';
import { tiers } from '../../../functions/domain/readiness/tier.ts';

type DimensionAnswers = { readonly [Code in DimensionCode]?: DimensionAnswer };

/** Answers to D1..D9 in order, as `4 4 2 na ? -`: `?` unknown, `-` absent. */
function graded(line: string): DimensionAnswers {
  const words: Readonly<Record<string, DimensionAnswer>> = {
    0: 0,
    1: 1,
    2: 2,
    3: 3,
    4: 4,
    na: 'na',
    '?': 'unknown',
  };
  const given = line.split(' ');
  const answers: { [Code in DimensionCode]?: DimensionAnswer } = {};
  for (const [index, { code }] of dimensions.entries()) {
    const answer = words[given[index] ?? ''];
    if (answer !== undefined) answers[code] = answer;
  }
  return answers;
}

function assessed(
  line: string,
  blockers: readonly Condition[] = [],
  requirementLevel: RequirementLevel = 'NOT_REQUIRED',
): Readiness {
  return readinessOf({ answers: graded(line), requirementLevel, blockers, undeterminedBy: ['B6'] });
}

const shown = (levers: readonly Lever[]) =>
  levers.map((lever) =>
    lever.kind === 'dimension'
      ? `${lever.code} ${lever.from}>${lever.to}`
      : `${lever.code} ${lever.clearedBy}`,
  );

describe('score and coverage', () => {
  it.each([
    ['4 4 4 4 4 4 4 4 4', 100, 100],
    ['0 0 0 0 0 0 0 0 0', 0, 100],
    ['2 2 2 2 2 2 2 2 2', 50, 100],
    ['4 3 4 3 2 4 1 4 0', 73.8, 100],
    ['3 na na na na na na 4 na', 83.3, 100],
    ['3 4 3 ? ? ? na na na', 86.1, 56.3],
    ['- - - - - - - - -', null, 0],
    ['na na na na na na na na na', null, 0],
    ['? ? ? ? ? ? ? ? ?', null, 0],
    ['2 3 3 3 4 3 3 3 4', 76.3, 100],
    ['4 3 3 3 3 3 3 4 3', 78.8, 100],
  ])('of %s are %s and %s', (line, score, coverage) => {
    expect(assessed(line)).toMatchObject({ score, coverage });
  });

  it('round half up where binary fractions would not', () => {
    // 100 x 345 / 400 = 86.25
    expect(assessed('4 3 4 4 3 3 3 4 3').score).toBe(86.3);
  });
});

describe('the tier', () => {
  it.each([
    ['4 4 4 4 ? ? ? ? ?', 'UNKNOWN', 'coverage 60'],
    ['4 4 4 4 4 ? ? ? ?', 'READY', 'coverage 70'],
    ['2 2 3 2 2 3 2 3 2', 'NOT_READY', 'a score of 57.5'],
    ['2 2 3 2 3 3 2 3 2', 'CONDITIONAL', 'a score of 60'],
    ['0 4 4 4 4 4 4 4 4', 'NOT_READY', 'D1 at 0'],
    ['4 0 4 4 4 4 4 4 4', 'NOT_READY', 'D2 at 0'],
    ['4 4 4 0 4 4 4 4 4', 'NOT_READY', 'D4 at 0'],
    ['4 4 0 4 4 4 4 4 4', 'CONDITIONAL', 'D3 at 0'],
    ['4 4 1 4 4 4 4 4 4', 'CONDITIONAL', 'an answer of 1'],
    ['4 4 2 4 4 4 4 4 4', 'READY', 'an answer of 2'],
    ['4 3 3 3 3 3 4 3 3', 'READY', 'a score of 80'],
    ['4 3 3 3 3 3 3 4 3', 'CONDITIONAL', 'a score of 78.8'],
    ['na na na na na na na na na', 'UNKNOWN', 'nothing that applies'],
  ])('of %s is %s for %s', (line, tier) => {
    expect(assessed(line).tier).toBe(tier);
  });

  it('is capped by a blocking condition and unknown while the level is undetermined', () => {
    expect(assessed('4 4 4 4 4 4 4 4 4', [{ code: 'DR_PATH' }]).tier).toBe('CONDITIONAL');
    expect(assessed('4 4 4 4 4 4 4 4 4', [], 'UNDETERMINED').tier).toBe('UNKNOWN');
    expect(assessed('0 0 0 0 0 0 0 0 0', [{ code: 'DR_PATH' }]).tier).toBe('NOT_READY');
  });
});

describe('levers', () => {
  it('are none for a ready customer', () => {
    expect(assessed('4 4 4 4 4 4 4 4 4')).toMatchObject({ levers: [], reaches: 'READY' });
  });

  it('of NOT_READY lift indispensable zeros first, then the heaviest dimension step by step', () => {
    const { levers, reaches } = assessed('0 2 2 0 2 2 2 2 2');
    expect(shown(levers)).toEqual(['D1 0>1', 'D4 0>1', 'D2 2>3', 'D2 3>4', 'D3 2>3', 'D3 3>4']);
    expect(reaches).toBe('CONDITIONAL');
    expect(levers[0]).toEqual({ kind: 'dimension', code: 'D1', from: 0, to: 1, gain: 2.5 });
    expect(levers[2]).toMatchObject({ gain: 5 });
  });

  it('of CONDITIONAL raise low answers, clear what blocks, then single steps', () => {
    const { levers, reaches } = assessed('3 3 0 3 3 3 3 1 3', [
      { code: 'DR_PATH' },
      { code: 'DPIA_MISSING' },
    ]);
    expect(shown(levers)).toEqual([
      'D3 0>2',
      'D8 1>2',
      'DR_PATH operator',
      'DPIA_MISSING customer',
      'D2 3>4',
      'D3 2>3',
      'D3 3>4',
    ]);
    expect(levers[0]).toMatchObject({ gain: 7.5 });
    expect(reaches).toBe('READY');
  });

  it('of a customer held by a condition alone are that condition', () => {
    const unopened: Condition = {
      code: 'SERVICE_NOT_YET_AVAILABLE',
      services: ['intune'],
      date: '2027-01-01',
    };
    const { levers, reaches } = assessed('4 4 4 4 4 4 4 4 4', [unopened]);
    expect(levers).toEqual([{ kind: 'condition', code: 'SERVICE_NOT_YET_AVAILABLE', clearedBy: 'date' }]);
    expect(reaches).toBe('READY');
  });

  it('of UNKNOWN answer the heaviest open dimensions until enough is known', () => {
    const { levers, reaches } = assessed('4 ? - 4 4 4 ? 4 4');
    expect(shown(levers)).toEqual(['D2 unknown>2']);
    expect(levers[0]).toMatchObject({ gain: 0 });
    expect(reaches).toBe('READY');
    expect(shown(assessed('- - - - - - - - -').levers)).toEqual([
      'D2 unknown>2',
      'D3 unknown>2',
      'D4 unknown>2',
      'D1 unknown>2',
      'D5 unknown>2',
    ]);
    expect(shown(assessed('na na na na na na na na na').levers)).toEqual(['D2 na>2']);
  });

  it('of an undetermined level ask for the answers that determine it', () => {
    const missing: Condition = { code: 'SENSITIVITY_ANALYSIS_MISSING' };
    const { levers, reaches } = assessed('4 4 4 4 4 4 4 4 4', [missing, { code: 'DR_PATH' }], 'UNDETERMINED');
    expect(levers).toEqual([
      { kind: 'condition', code: 'SENSITIVITY_ANALYSIS_MISSING', clearedBy: 'customer' },
      { kind: 'condition', code: 'CLARIFICATION_NEEDED', clearedBy: 'customer', ids: ['B6'] },
    ]);
    expect(reaches).toBe('CONDITIONAL');
  });
});

describe('for any answers', () => {
  const answer = fc.constantFrom<DimensionAnswer>(0, 1, 2, 3, 4, 'na', 'unknown');
  const answers = fc.record(
    {
      D1: answer,
      D2: answer,
      D3: answer,
      D4: answer,
      D5: answer,
      D6: answer,
      D7: answer,
      D8: answer,
      D9: answer,
    },
    { requiredKeys: [] },
  );
  const blockers = fc.subarray<Condition>([{ code: 'DR_PATH' }, { code: 'SENSITIVITY_ANALYSIS_MISSING' }]);
  const facts = fc.record({ answers, blockers, requirementLevel: fc.constantFrom(...requirementLevels) });
  const undeterminedBy = ['B6'] as const;

  function pulled(given: Answers, levers: readonly Lever[]): Answers {
    let done = given;
    for (const lever of levers) if (lever.kind === 'dimension') done = { ...done, [lever.code]: lever.to };
    return done;
  }

  it('pulling all levers reaches the tier named, which is better unless it is READY', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const before = readinessOf({ ...known, undeterminedBy });
        const cleared = before.levers.flatMap((lever) => (lever.kind === 'condition' ? [lever.code] : []));
        const after = readinessOf({
          answers: pulled(known.answers, before.levers),
          blockers: known.blockers.filter(({ code }) => !cleared.includes(code)),
          requirementLevel: cleared.includes('CLARIFICATION_NEEDED') ? 'MANDATORY' : known.requirementLevel,
          undeterminedBy,
        });
        expect(after.tier).toBe(before.reaches);
        expect(before.tier === 'READY').toBe(before.levers.length === 0);
        expect(before.tier === 'READY' || tiers.indexOf(after.tier) > tiers.indexOf(before.tier)).toBe(true);
      }),
      { seed: 31, numRuns: 1000 },
    );
  });

  it('every lever starts where the one before left its dimension, and its gain is what the score gains', () => {
    fc.assert(
      fc.property(facts, (known) => {
        let now: Answers = known.answers;
        const readiness = readinessOf({ ...known, undeterminedBy });
        for (const lever of readiness.levers) {
          if (lever.kind === 'condition') continue;
          const before = readinessOf({ ...known, answers: now, undeterminedBy }).score ?? 0;
          expect(lever.from).toBe(now[lever.code] ?? 'unknown');
          now = { ...now, [lever.code]: lever.to };
          const after = readinessOf({ ...known, answers: now, undeterminedBy }).score ?? 0;
          const sure = typeof lever.from === 'number';
          expect(sure ? Math.abs(after - before - lever.gain) : lever.gain).toBeLessThan(0.11);
        }
        expect(readiness.tier).toBeDefined();
      }),
      { seed: 32, numRuns: 300 },
    );
  });

  it('score and coverage stay within 0 and 100 with one decimal, near the exact value', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const {
          score,
          coverage,
          dimensions: rows,
        } = readinessOf({
          answers: given,
          requirementLevel: 'NOT_REQUIRED',
          blockers: [],
          undeterminedBy,
        });
        for (const value of [score ?? 0, coverage]) {
          expect(value >= 0 && value <= 100 && Number(value.toFixed(1)) === value).toBe(true);
        }
        const counted = rows.flatMap((row) =>
          typeof row.answer === 'number' ? [{ weight: row.weight, answer: row.answer }] : [],
        );
        const weight = counted.reduce((sum, row) => sum + row.weight, 0);
        const points = counted.reduce((sum, row) => sum + row.weight * row.answer, 0);
        expect(score === null).toBe(weight === 0);
        expect(Math.abs((score ?? 0) - (weight === 0 ? 0 : (25 * points) / weight))).toBeLessThan(0.0500001);
      }),
      { seed: 33, numRuns: 500 },
    );
  });
});

describe('a reassessment', () => {
  it('tells what changed', () => {
    expect(compareReadiness(assessed('0 2 2 2 2 2 2 2 -'), assessed('1 2 2 2 2 2 2 2 4'))).toEqual({
      tier: { from: 'NOT_READY', to: 'NOT_READY' },
      direction: 'same',
      score: 5.3,
      coverage: 5,
      dimensions: [
        { code: 'D1', from: 0, to: 1 },
        { code: 'D9', from: null, to: 4 },
      ],
    });
  });

  it('tells better from worse, and has no score change without both scores', () => {
    const ready = assessed('4 4 4 4 4 4 4 4 4');
    const nothing = assessed('- - - - - - - - -');
    expect(compareReadiness(nothing, ready)).toMatchObject({
      direction: 'better',
      score: null,
      coverage: 100,
    });
    expect(compareReadiness(ready, nothing)).toMatchObject({
      direction: 'worse',
      score: null,
      coverage: -100,
    });
  });
});
