import { describe, expect, it } from 'vitest';
import type { Input, Option } from '../../../functions/domain/input/input.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import {
  findQuestion,
  questions,
  requiredQuestions,
  sectionProgress,
  sections,
  visibleQuestions,
  withoutHidden,
} from '../../../functions/domain/questionnaire/questionnaire.ts';
import { questionnaireVersion } from '../../../functions/domain/questionnaire/version.ts';
import type { Text } from '../../../functions/domain/text.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

function optionsOf(input: Input): readonly Option[] {
  if (input.kind === 'group') return input.parts.flatMap((part) => optionsOf(part.input));
  return 'options' in input ? input.options : [];
}

function textsOf(input: Input): readonly Text[] {
  const inner = input.kind === 'group' ? input.parts : input.kind === 'contacts' ? input.roles : [];
  return [...optionsOf(input), ...inner].map(({ label }) => label);
}

const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

describe('the questionnaire', () => {
  it('asks 43 questions in five sections, each id once', () => {
    expect(questionnaireVersion).toBe(2);
    expect(ids(sections)).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(new Set(ids(questions)).size).toBe(43);
    expect(questions.every(({ id, section }) => id.startsWith(section))).toBe(true);
  });

  it('labels everything in both languages and says why it asks', () => {
    const texts = questions.flatMap(({ label, help, input }) => [label, help, ...textsOf(input)]);
    expect(texts.flatMap(({ fr, en }) => [fr, en]).filter((text) => text.trim() === '')).toEqual([]);
    expect(questions.filter(({ help }) => Math.min(help.fr.length, help.en.length) < 80)).toEqual([]);
  });

  it('never gives two options of a question the same label', () => {
    const lists = questions.map(({ input }) => (input.kind === 'group' ? [] : optionsOf(input)));
    const twins = lists.filter((list) => new Set(list.map(({ label }) => label.fr)).size !== list.length);
    expect(twins).toEqual([]);
  });

  it('finds a question by id and nothing else', () => {
    expect(findQuestion('B9b')?.owner).toBe('dpo');
    expect(findQuestion('constructor')).toBeUndefined();
  });
});

describe('visibility', () => {
  const cases: readonly (readonly [string, Answers, boolean])[] = [
    ['A3b', { A3: 'gip' }, true],
    ['A3b', { A3: 'company' }, false],
    ['A3b', {}, false],
    ['A6b', { A6: 'yes' }, true],
    ['A6b', { A6: 'unknown' }, false],
    ['B9b', { B9: ['ordinary', 'art9'] }, true],
    ['B9b', { B9: ['art10'] }, true],
    ['B9b', { B9: ['minors'] }, true],
    ['B9b', { B9: ['ordinary'] }, false],
    ['B9b', { B9: ['unknown'] }, false],
  ];
  it.each(cases)('of %s under %j is %s', (id, answers, shows) => {
    expect(ids(visibleQuestions(answers)).includes(id)).toBe(shows);
  });

  it('drops the answers of questions that no longer show', () => {
    const answers: Answers = {
      A3: 'company',
      A3b: 'yes',
      A6: 'no',
      A6b: 'yes',
      B9: ['art9'],
      B9b: 'unknown',
    };
    expect(withoutHidden(answers)).toEqual({ A3: 'company', A6: 'no', B9: ['art9'], B9b: 'unknown' });
  });

  it('asks nothing more once classified information ends the form', () => {
    expect(requiredQuestions({ B1: 'yes' })).toEqual([]);
    expect(requiredQuestions({ B1: 'no' })).toHaveLength(40);
  });
});

describe('progress', () => {
  const statuses = (answers: Answers) => sectionProgress(answers).map(({ status }) => status);

  it('goes from not started through in progress to complete', () => {
    expect(new Set(statuses({}))).toEqual(new Set(['not_started']));
    expect(statuses({ A3: 'gip', D1: 0 })).toEqual([
      'in_progress',
      'not_started',
      'not_started',
      'in_progress',
      'not_started',
    ]);
    expect(new Set(statuses(plainAnswers))).toEqual(new Set(['complete']));
  });

  it('names what is missing, follow-up questions included', () => {
    const answers: Answers = { ...plainAnswers, A3: 'gip', A6: 'yes' };
    expect(sectionProgress(answers)[0]).toEqual({
      section: 'A',
      status: 'in_progress',
      answered: 5,
      total: 7,
      missing: ['A3b', 'A6b'],
    });
  });

  it('is complete everywhere once the form has ended', () => {
    expect(new Set(statuses({ B1: 'yes' }))).toEqual(new Set(['complete']));
  });
});
