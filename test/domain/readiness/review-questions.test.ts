import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { assess } from '../../../functions/domain/readiness/assessment.ts';
import { reviewQuestions } from '../../../functions/domain/readiness/review-questions.ts';
import { plainAnswers, platform, today } from '../../support/sample-answers.ts';

function questionsOf(changes: Partial<Answers>, settledRules: readonly string[] = []) {
  const answers = { ...plainAnswers, ...changes };
  const organisation = { registryStatus: 'active' } as const;
  return reviewQuestions(answers, assess({ organisation, answers, asOf: today, platform }), settledRules);
}

describe('the questions behind a readiness review', () => {
  it.each<readonly [string, Partial<Answers>, readonly string[], readonly string[]]>([
    ['nothing in doubt', {}, [], []],
    ['B2 unknown (R04)', { B2: 'unknown' }, ['B2'], []],
    ['B2 yes (R04)', { B2: 'yes' }, [], ['B2']],
    ['B3 to be discussed (R05)', { B3: 'discuss_offline' }, ['B3'], []],
    ['A4 to be discussed (R05)', { A4: 'discuss_offline' }, ['A4'], []],
    ['a company held from abroad (R22)', { A7: 'yes' }, [], ['A7']],
    ['export control (R17b)', { B12: ['export_controlled'] }, [], ['B12']],
    ['a clarification (R23)', { A5: 'unknown' }, ['A5'], []],
    [
      'an undetermined level (R07)',
      { A3: 'state_administration', B4: ['privacy'], B6: ['unknown'] },
      ['B6'],
      [],
    ],
    [
      'a GIP of unknown standing (R07b, R07c)',
      { A3: 'gip', A3b: 'unknown', B4: ['unknown'] },
      ['A3b', 'B4'],
      [],
    ],
    ['too few dimensions known', { D2: 'unknown', D3: 'unknown' }, ['D2', 'D3'], []],
    ['one dimension unknown among many', { D9: 'unknown' }, [], []],
  ])('are named for %s', (_what, changes, leftOpen, answered) => {
    expect(questionsOf(changes)).toEqual({ leftOpen, answered });
  });

  it('are none of a rule that an operator has settled', () => {
    expect(questionsOf({ B2: 'unknown' }, ['R04'])).toEqual({ leftOpen: [], answered: [] });
  });
});
