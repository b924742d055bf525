import { describe, expect, it } from 'vitest';
import { openConditions } from '../../../functions/domain/classification/conditions.ts';
import {
  questionsOffered,
  questionsToDeclare,
  readDeclaration,
  saysTheSame,
} from '../../../functions/domain/classification/declarations.ts';
import { type Condition, conditionCodes } from '../../../functions/domain/classification/outcomes.ts';
import type { Answers, QuestionId } from '../../../functions/domain/questionnaire/answers.ts';
import { assess } from '../../../functions/domain/readiness/assessment.ts';
import { plainAnswers, platform } from '../../support/sample-answers.ts';

/** The state, with data on which each of its conditions holds. */
const holding = {
  SENSITIVITY_ANALYSIS_MISSING: {
    A3: 'state_administration',
    B5: 'yes',
    B6: ['none'],
    B7: { answer: 'no' },
  },
  DPIA_MISSING: { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' },
  DEROGATION_MISSING: {
    A3: 'state_administration',
    B5: 'yes',
    B6: ['public_order'],
    B7: { answer: 'yes', date: '2026-10-01' },
    B8: { answer: 'yes_without_derogation' },
  },
  CLARIFICATION_NEEDED: { A5: 'unknown', A6: 'unknown', B9: ['unknown'], B12: ['unknown'] },
} as const satisfies Record<string, Partial<Answers>>;

function assessed(answers: Answers) {
  const asOf = '2026-11-23';
  return assess({ organisation: { registryStatus: 'active' }, answers, asOf, platform });
}

const cases = Object.entries(holding).map(([code, changes]) => {
  const answers: Answers = { ...plainAnswers, ...changes };
  const condition = assessed(answers).conditions.find((each) => each.code === code);
  if (condition === undefined) throw new Error(`The answers do not raise ${code}`);
  return { condition, answers };
});

/** Every answer that the page offers to a question, each completed with what it asks for besides. */
function offered(condition: Condition): readonly (readonly [QuestionId, unknown])[] {
  const ids: readonly string[] = questionsToDeclare(condition);
  return questionsOffered(condition).flatMap(({ id, input }): readonly (readonly [QuestionId, unknown])[] => {
    if (!ids.includes(id)) return [];
    if (input.kind === 'one') return input.options.map(({ code }) => [id, code] as const);
    if (input.kind === 'many') return input.options.map(({ code }) => [id, [code]] as const);
    if (input.kind !== 'group') throw new Error(`No answers are known for ${id}`);
    const [first] = input.parts;
    const options = first?.input.kind === 'one' ? first.input.options : [];
    const date = id === 'B7' ? { date: '2026-11-01' } : { expiry: '2028-06-30' };
    return options.map(({ code }) => {
      const dated = code === 'yes' || code === 'yes_with_derogation';
      return [id, { answer: code, ...(dated ? date : {}) }] as const;
    });
  });
}

/** An answer with the one that it makes visible. */
function completed(id: string, value: unknown): Readonly<Record<string, unknown>> {
  if (id === 'A6' && value === 'yes') return { A6: value, A6b: 'no' };
  const isDelicate = ['art9', 'art10', 'minors'].includes(String(value));
  return { [id]: value, ...(id === 'B9' && isDelicate ? { B9b: 'under_10k' } : {}) };
}

describe('the page on which a condition is declared', () => {
  it('knows each condition that a customer declares', () => {
    const declarable = conditionCodes.filter(
      (code) =>
        questionsToDeclare({ code, date: '2027-01-01', services: [], ids: ['A5'] } as const).length > 0,
    );
    expect(declarable.toSorted()).toEqual(Object.keys(holding).toSorted());
  });

  const choices = cases.flatMap(({ condition, answers }) =>
    offered(condition).map(([id, value]) => ({ condition, answers, id, given: completed(id, value) })),
  );
  it.each(choices)('offers only what clears it: $condition.code, $given', (choice) => {
    const { condition, answers, id, given } = choice;
    const read = readDeclaration(condition, given, { existing: answers, sites: [] });
    if ('problems' in read) throw new Error(read.problems[0]?.message.en);
    const after = openConditions(assessed({ ...answers, ...read.answers }).conditions, [], '2026-11-23');
    const open = after.find(({ code }) => code === condition.code);
    // Of several questions to clarify, the others stay.
    expect(open?.code === 'CLARIFICATION_NEEDED' ? open.ids.includes(id) : open).toBeFalsy();
  });

  it.each([
    ['DPIA_MISSING', { B11: 'not_done' }, '“Done”'],
    ['DPIA_MISSING', { B11: 'not_applicable' }, '“Done”'],
    ['DEROGATION_MISSING', { B8: { answer: 'unknown' } }, '“No” or “Yes, with a derogation”'],
    ['SENSITIVITY_ANALYSIS_MISSING', { B7: { answer: 'no' } }, '“Yes”'],
    ['CLARIFICATION_NEEDED', { A5: 'unknown' }, 'leave this question for later'],
  ])('says for %s and %j which answer clears it', (code, given, words) => {
    const found = cases.find(({ condition }) => condition.code === code);
    if (found === undefined) throw new Error(code);
    const read = readDeclaration(found.condition, given, { existing: found.answers, sites: [] });
    const [problem] = 'problems' in read ? read.problems : [];
    expect(problem?.code).toBe('does_not_clear');
    expect(problem?.message.en).toContain(words);
  });
});

describe('a declaration sent again', () => {
  const options = { existing: plainAnswers, sites: [] };
  it.each<readonly [Answers, unknown, boolean]>([
    [{ B7: { answer: 'yes', date: '2026-11-03' } }, { B7: { answer: 'yes', date: '03/11/2026' } }, true],
    [{ B9: ['minors', 'art9'], B9b: 'under_10k' }, { B9: ['art9', 'minors'], B9b: 'under_10k' }, true],
    [{ A7: 'no' }, { A5: 'out_of_scope' }, false],
    [{ A7: 'no' }, { A7: 'yes' }, false],
    [{ B11: 'done' }, undefined, false],
  ])('%j is the same as %j: %s', (declared, given, same) => {
    expect(saysTheSame(declared, given, options)).toBe(same);
  });
});
