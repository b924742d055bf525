import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersFor, questionsOf } from '../../../functions/domain/onboarding/own-questions.ts';
import { type Act, type Acting, may, respondent } from '../../../functions/domain/onboarding/people.ts';
import { questions } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { members, team } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

const everybody = { respondent, ...team } as const satisfies Readonly<Record<string, Acting>>;
type Who = keyof typeof everybody;
const names: readonly Who[] = ['respondent', ...members];

/** Who may do what; the questions have a table of their own. */
const table: readonly (readonly [act: Act, who: readonly Who[]])[] = [
  [{ kind: 'see_state' }, names],
  [{ kind: 'see_result' }, ['respondent', 'deputy']],
  [{ kind: 'decide' }, ['respondent', 'deputy']],
  [{ kind: 'name', role: 'deputy' }, ['respondent']],
  [{ kind: 'name', role: 'invitee' }, ['respondent', 'deputy']],
  [{ kind: 'name', role: 'integrator' }, ['respondent', 'deputy']],
  [{ kind: 'declare', owners: ['ciso'] }, ['respondent', 'deputy', 'ciso']],
  [{ kind: 'declare', owners: ['dpo'] }, ['respondent', 'deputy', 'dpo']],
  [{ kind: 'declare', owners: ['ciso', 'dpo'] }, ['respondent', 'deputy', 'ciso', 'dpo']],
  [{ kind: 'declare', owners: ['sponsor'] }, ['respondent', 'deputy']],
  [{ kind: 'declare', owners: [] }, ['respondent', 'deputy']],
];

describe('the rights of the people of an onboarding', () => {
  it.each(table)('%o are those of the table', (act, who) => {
    expect(names.filter((name) => may(everybody[name], act))).toEqual(
      names.filter((name) => who.includes(name)),
    );
  });

  it.each([
    ['respondent', questions.map(({ id }) => id).join(' ')],
    ['deputy', questions.map(({ id }) => id).join(' ')],
    ['ciso', 'B1 B2 B3 B4 B5 B6 B7 B8 B12'],
    ['dpo', 'B9 B9b B10 B11'],
    ['cio', 'C1 C2 C3 C4 C5 C6 C7 C8 D1 D2 D3 D4 D5 D6 D7 D8 D9'],
    ['section', 'A3 A3b A4 A5 A6 A6b A7'],
    ['integrator', 'C1 C2 C3 C4 C5 C6 C7 C8 D1 D2 D3 D4 D5 D6 D7 D8 D9'],
  ] as const)('%s answers %s', (who, ids) => {
    expect(
      questionsOf(everybody[who])
        .map(({ id }) => id)
        .join(' '),
    ).toBe(ids);
  });

  it('show an integrator nothing of A, B and E, and no one named for a part the attestation', () => {
    const shown = Object.keys(answersFor(team.integrator, { ...plainAnswers, E6: true }));
    expect(shown.filter((id) => /^[ABE]/.test(id))).toEqual([]);
    const all = { role: 'invitee', sections: ['A', 'B', 'C', 'D', 'E'] } as const;
    expect(Object.keys(answersFor(all, { ...plainAnswers, E6: true }))).not.toContain('E6');
  });

  it('grow with no role into more than the contact has, and never into a decision', () => {
    const acting = fc.record({
      role: fc.constantFrom('invitee' as const, 'integrator' as const),
      office: fc.constantFrom('ciso' as const, 'dpo' as const, 'cio' as const, undefined),
      sections: fc.subarray(['A', 'B', 'C', 'D', 'E'] as const),
    });
    fc.assert(
      fc.property(acting, (who) => {
        for (const act of [
          { kind: 'decide' },
          { kind: 'see_result' },
          { kind: 'name', role: 'invitee' },
        ] as const)
          expect(may(who, act)).toBe(false);
      }),
    );
  });

  it('let a follow-up be answered by whoever answers the question above it', () => {
    for (const question of questions) {
      const above = questions.find(({ id }) => id === question.visibleIf?.question);
      if (above !== undefined)
        expect([above.owner, above.section]).toEqual([question.owner, question.section]);
    }
  });
});
