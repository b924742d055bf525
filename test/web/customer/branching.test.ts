import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers, QuestionId } from '../../../functions/domain/questionnaire/answers.ts';
import { endsForm } from '../../../functions/domain/questionnaire/answers.ts';
import { openFollowUp } from '../../../functions/domain/questionnaire/question-order.ts';
import {
  findQuestion,
  questions,
  sections,
  withoutHidden,
} from '../../../functions/domain/questionnaire/questionnaire.ts';
import { validateAnswers } from '../../../functions/domain/questionnaire/validate-answers.ts';
import {
  checkPath,
  pathAfter,
  questionPath,
  type ReturnTo,
} from '../../../functions/web/customer/form-paths.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

const root = { formRoot: '/questionnaire' };

/** Answers that decide what else is asked, and one that does not for every other question. */
const deciding: Readonly<Partial<Record<QuestionId, readonly unknown[]>>> = {
  A3: ['gip', 'company', 'state_administration'],
  A3b: ['yes', 'no', 'unknown'],
  A6: ['yes', 'no'],
  A6b: ['yes', 'unknown'],
  B1: ['no', 'unknown', 'yes'],
  B9: [['none'], ['ordinary'], ['art9', 'minors'], ['unknown']],
  B9b: ['under_10k', 'unknown'],
};

function candidates(id: QuestionId): readonly unknown[] {
  return deciding[id] ?? [Object.entries(plainAnswers).find(([name]) => name === id)?.[1]];
}

const anyAnswers = fc
  .record(
    Object.fromEntries(
      questions
        .filter(({ id }) => id !== 'E6')
        .map(({ id }) => [id, fc.option(fc.constantFrom(...candidates(id)), { nil: undefined, freq: 4 })]),
    ),
  )
  .map((drawn) =>
    withoutHidden(Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined))),
  );

function questionAt(path: string) {
  return findQuestion(path.replace('/questionnaire/', '').replace(/\?.*/, ''));
}

/** Goes on from a question by answering each page in turn, until the way leaves the questions. */
function walk(from: QuestionId, answers: Answers, choose: (id: QuestionId) => unknown, returnTo?: ReturnTo) {
  const seen: QuestionId[] = [];
  let [path, present] = [questionPath(root, from), answers];
  for (let question = questionAt(path); question !== undefined; question = questionAt(path)) {
    seen.push(question.id);
    if (seen.length > questions.length) break;
    present = withoutHidden({ ...present, [question.id]: choose(question.id) });
    path = pathAfter(root, question, present, returnTo);
  }
  return { seen, answers: present, path };
}

/** A choice for each question, the same whenever it is asked. */
const choices = fc
  .record(Object.fromEntries(questions.map(({ id }) => [id, fc.constantFrom(...candidates(id))])))
  .map((drawn) => (id: QuestionId) => drawn[id]);

describe('the way through the questionnaire, whatever was answered before', () => {
  it('asks no question twice, and leaves each section complete', () => {
    fc.assert(
      fc.property(anyAnswers, choices, (before, choose) => {
        for (const { id: section, questions: own } of sections) {
          const [first] = own;
          if (first === undefined || first.id === 'E6') continue;
          const { seen, answers, path } = walk(first.id, before, choose);
          expect(new Set(seen).size).toBe(seen.length);
          if (endsForm(answers)) expect(path).toBe(checkPath(root));
          else expect(path).toBe(`/questionnaire/${section}`);
        }
      }),
    );
  });

  it('leads to a form that can be submitted', () => {
    fc.assert(
      fc.property(anyAnswers, choices, (before, choose) => {
        let answers = before;
        for (const { questions: own } of sections) {
          const [first] = own;
          if (first !== undefined) answers = walk(first.id, answers, choose).answers;
          if (endsForm(answers)) break;
        }
        expect(validateAnswers({ ...answers, E6: true }, { complete: true })).toHaveProperty('answers');
      }),
    );
  });

  it('comes back from a change to where it was opened, with no follow-up left open', () => {
    const anyQuestion = fc.constantFrom(...questions.map(({ id }) => id).filter((id) => id !== 'E6'));
    const anyReturn = fc.constantFrom<ReturnTo>('list', 'section', 'check');
    fc.assert(
      fc.property(anyAnswers, choices, anyQuestion, anyReturn, (before, choose, id, returnTo) => {
        const question = findQuestion(id);
        const isAsked =
          question !== undefined && withoutHidden({ ...before, [id]: choose(id) })[id] !== undefined;
        if (!isAsked) return;
        const { seen, answers, path } = walk(id, before, choose, returnTo);
        expect(seen.length).toBeLessThanOrEqual(2);
        const back = {
          list: '/questionnaire',
          section: `/questionnaire/${question.section}`,
          check: checkPath(root),
        };
        expect(path).toBe(endsForm(answers) ? checkPath(root) : back[returnTo]);
        expect(openFollowUp(question, answers)).toBeUndefined();
      }),
    );
  });
});
