import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Submission } from '../../../functions/domain/onboarding/records.ts';
import { canonicalRecord, submissionRecord } from '../../../functions/domain/record/submission-record.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

const state = {
  reference: 'TCO-2222-2222',
  siren: '999000102',
  name: 'Ministère fictif',
  language: 'fr',
} as const;
const submission: Submission = {
  questionnaireVersion: 1,
  answers: { ...plainAnswers, E6: true },
  number: 1,
  at: '2026-11-23T22:30:00.000Z',
  circumstances: {
    language: 'fr',
    organisation: 'Ministère fictif',
    by: 'Noé Relève',
    ruleSet: '2026-11',
    answered: { A3: { by: 'TCO-2222-2222', at: '2026-11-23T08:00:00.000Z' } },
  },
};

const recordOf = (given: Submission) =>
  submissionRecord({ state, submission: given, platform: samplePlatform });

/** The same object with its keys in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('the canonical form', () => {
  it('writes what RFC 8785 shows, where records hold such values', () => {
    const shown = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalRecord(shown)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const sorted = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalRecord(sorted)))).toEqual([4, 2, 6, 7, 1, 5, 3]);
  });

  it('is the same in whatever order the keys come, also after it was read from a file', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON has no negative zero.
        const read: unknown = JSON.parse(JSON.stringify(value));
        expect(canonicalRecord(reversed(read))).toBe(canonicalRecord(read));
      }),
    );
    const record: unknown = JSON.parse(JSON.stringify(recordOf(submission), null, 2));
    expect(canonicalRecord(reversed(record))).toBe(canonicalRecord(recordOf(submission)));
  });
});

describe('the record of a submission', () => {
  it('says who, when in Paris, in which version, and every answer in words and codes', () => {
    const record = recordOf(submission);
    expect(record).toMatchObject({
      organisation: { name: 'Ministère fictif', siren: '999000102' },
      submission: { number: 1, by: 'Noé Relève', inParis: '23 novembre 2026 à 23 h 30' },
      questionnaireVersion: 1,
      ruleSet: '2026-11',
    });
    const answers = record.sections.flatMap((section) => section.answers);
    expect(answers.map(({ id }) => id)).toEqual(
      expect.arrayContaining(Object.keys(plainAnswers).filter((id) => id !== 'E6')),
    );
    for (const { asked, answer } of answers) {
      expect(asked).toMatch(/\S/);
      expect(answer.join('')).toMatch(/\S/);
    }
    expect(answers.find(({ id }) => id === 'A3')).toMatchObject({
      answeredBy: 'Noé Relève',
      answeredAt: '2026-11-23T08:00:00.000Z',
    });
    expect(record.attestation).toMatch(/\S/);
  });

  it('is in the language of the submission', () => {
    const circumstances = {
      ...submission.circumstances,
      language: 'en',
      organisation: 'x',
      by: '',
      answered: {},
    } as const;
    const english = recordOf({ ...submission, circumstances });
    expect(english.submission.inParis).toBe('23 November 2026 at 23:30');
    expect(english.sections[0]?.title).not.toBe(recordOf(submission).sections[0]?.title);
  });

  it('of an earlier release says what is known of it', () => {
    const { circumstances: _, ...earlier } = submission;
    const record = recordOf(earlier);
    expect(record.organisation.name).toBe('Ministère fictif');
    expect(record.ruleSet).toBeUndefined();
    expect(
      record.sections.flatMap(({ answers }) => answers).every(({ answeredAt }) => answeredAt === undefined),
    ).toBe(true);
  });
});
