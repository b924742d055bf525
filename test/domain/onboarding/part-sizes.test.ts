import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answersOfPart,
  effortsOfParts,
  equalParts,
  splitProblems,
} from '../../../functions/domain/onboarding/part-sizes.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { assess } from '../../../functions/domain/readiness/assessment.ts';
import { effortFrom } from '../../../functions/domain/waves/demand-of.ts';
import { plainAnswers, platform, today } from '../../support/sample-answers.ts';

const answers: Answers = {
  ...plainAnswers,
  C1: ['exchange', 'azure_iaas'],
  C2: { usersInScope: 30_000, totalStaff: 31_000 },
  C3: { under_1: 0, '1_10': 0, '10_50': 0, '50_100': 100, '100_200': 60, over_200: 40 },
  C4: { tenants: 1, domains: 2, adForests: 4 },
  C6: { servers: 90, applications: 3, dependencies: 'partly' },
};
const assessment = assess({
  organisation: { registryStatus: 'active' },
  answers,
  asOf: today,
  platform,
  clearedConditions: [],
});
const whole = { answers, assessment, declared: {}, largestWave: 240 };

const first = { scope: 'A', users: 12_000, mailboxesOver50: 150, servers: 90 };
const second = { scope: 'B', users: 18_000, mailboxesOver50: 50, servers: 0 };

const codesOf = (parts: readonly (typeof first)[], of: Partial<typeof whole> = {}) =>
  splitProblems({ parts }, { ...whole, ...of }).map(({ field, code }) => `${field} ${code}`);

describe('a split', () => {
  it('adds up exactly to the numbers that the customer has given', () => {
    expect(codesOf([first, second])).toEqual([]);
    expect(codesOf([first, { ...second, users: 17_999 }])).toEqual(['parts does_not_add_up']);
    expect(codesOf([first, { ...second, mailboxesOver50: 51 }])).toEqual(['parts does_not_add_up']);
    expect(codesOf([first, { ...second, servers: 1 }])).toEqual(['parts does_not_add_up']);
    const [problem] = splitProblems({ parts: [first, { ...second, users: 17_999 }] }, whole);
    expect(problem?.message).toEqual({
      fr: expect.stringContaining(
        '29 999 au lieu de 30 000'
          .replaceAll(' ', '\u202f')
          .replace(/\u202fau\u202flieu\u202fde\u202f/, ' au lieu de '),
      ),
      en: expect.stringContaining('29,999 instead of 30,000'),
    });
  });

  it('replaces by its sum what the customer gives as a band, or does not know', () => {
    const vague = {
      C2: { usersInScope: { from: 20_000 }, totalStaff: 'unknown' },
      C3: { ...answers.C3, over_200: 'unknown' },
    };
    const of = { answers: { ...answers, ...vague } as Answers };
    expect(
      codesOf(
        [
          { ...first, users: 7 },
          { ...second, mailboxesOver50: 3 },
        ],
        of,
      ),
    ).toEqual([]);
  });

  it('has no part without anything, and none that is larger than every wave', () => {
    expect(codesOf([{ ...first, users: 0, mailboxesOver50: 0, servers: 0 }, second])).toContain(
      'parts[0].users part_is_empty',
    );
    const [small, large] = [
      { ...first, users: 1_000 },
      { ...second, users: 29_000 },
    ];
    expect(codesOf([small, large])).toEqual(['parts[1] larger_than_every_wave']);
    expect(codesOf([small, large], { largestWave: undefined as never })).toEqual([]);
  });

  it('counts extra forests in the first part only, and the points for conditions in each', () => {
    const { points } = effortFrom(answers, assessment, {});
    // 300 + 4 + 9 + 15 of the whole.
    expect(points).toBe(328);
    const [one, two] = effortsOfParts({ parts: [first, second] }, whole);
    // 120 + 4 + 9 + 15, and 180 + 2.
    expect([one?.points, two?.points]).toEqual([148, 182]);
    const restricted = { ...assessment, conditions: [{ code: 'DORA_ANNEX' } as const] };
    const each = effortsOfParts({ parts: [first, second] }, { answers, assessment: restricted });
    expect(each.map((effort) => effort.points)).toEqual([153, 187]);
  });

  it('leaves every answer but the numbers as it was', () => {
    const { C2, C3, C4, C6, ...rest } = answersOfPart(answers, { ...second, number: 2 });
    const { C2: _2, C3: _3, C4: _4, C6: _6, ...same } = answers;
    expect(rest).toEqual(same);
    expect({
      users: C2?.usersInScope,
      forests: C4?.adForests,
      servers: C6?.servers,
      large: C3?.['50_100'],
    }).toEqual({
      users: 18_000,
      forests: 1,
      servers: 0,
      large: 50,
    });
  });

  it('begins with equal parts that add up, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), (count) => {
        const parts = equalParts(count, whole);
        expect(parts).toHaveLength(count);
        expect(splitProblems({ parts }, { ...whole, largestWave: undefined })).toEqual([]);
      }),
    );
  });
});
