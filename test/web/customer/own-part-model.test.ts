import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftTo, questionsOf, shownTo } from '../../../functions/domain/onboarding/own-questions.ts';
import { type Acting, may, respondent } from '../../../functions/domain/onboarding/people.ts';
import { type Answers, endsForm, type QuestionId } from '../../../functions/domain/questionnaire/answers.ts';
import {
  findQuestion,
  questions,
  withoutHidden,
} from '../../../functions/domain/questionnaire/questionnaire.ts';
import { validateAnswers } from '../../../functions/domain/questionnaire/validate-answers.ts';
import { questionPath, taskListPath } from '../../../functions/web/customer/form-paths.ts';
import { ownPathAfter } from '../../../functions/web/customer/own-part.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

/** Answers that decide what else is asked, and one that does not for every other question. */
const deciding: Readonly<Partial<Record<QuestionId, readonly unknown[]>>> = {
  A3: ['gip', 'company'],
  A3b: ['yes', 'no'],
  A6: ['yes', 'no'],
  A6b: ['yes', 'unknown'],
  B1: ['no', 'unknown', 'no', 'yes'],
  B9: [['none'], ['ordinary'], ['art9', 'minors']],
  B9b: ['under_10k', 'unknown'],
};
const plain: Readonly<Record<string, unknown>> = plainAnswers;
const root = { formRoot: '/questionnaire' };
const asked = questions.filter(({ id }) => id !== 'E6');

/** Someone who was named: by an office, for sections, for both, or as the integrator. */
const anyPerson: fc.Arbitrary<Acting> = fc.oneof(
  fc.record({
    role: fc.constant('invitee' as const),
    office: fc.option(fc.constantFrom('ciso' as const, 'dpo' as const, 'cio' as const), { nil: undefined }),
    sections: fc.subarray(['A', 'B', 'C', 'D', 'E'] as const),
  }),
  fc.constant({ role: 'integrator' as const }),
);

const choices = fc
  .record(Object.fromEntries(asked.map(({ id }) => [id, fc.constantFrom(...(deciding[id] ?? [plain[id]]))])))
  .map((drawn) => (id: QuestionId) => drawn[id]);

/** What others may have answered before, in any order. */
const anyBefore = fc
  .tuple(fc.subarray(asked.map(({ id }) => id)), choices)
  .map(([ids, choose]) => withoutHidden(Object.fromEntries(ids.map((id) => [id, choose(id)]))));

/** Answers everything that is left to someone, by the way that the pages lead: from the list, and back to it. */
function answerPart(acting: Acting, before: Answers, choose: (id: QuestionId) => unknown) {
  const seen: QuestionId[] = [];
  let answers = before;
  for (let [next] = leftTo(acting, answers); next !== undefined; [next] = leftTo(acting, answers)) {
    for (let path = questionPath(root, next.id); path !== taskListPath(root); ) {
      const question = findQuestion(path.replace('/questionnaire/', ''));
      if (question === undefined || seen.length > 2 * questions.length)
        throw new Error(`Dead end at ${path}`);
      seen.push(question.id);
      answers = withoutHidden({ ...answers, [question.id]: choose(question.id) });
      path = ownPathAfter(root, acting, question, answers);
    }
  }
  return { seen, answers };
}

it('leaves nothing to anyone once the form has ended', () => {
  fc.assert(
    fc.property(anyPerson, anyBefore, (acting, before) => {
      expect(leftTo(acting, { ...before, B1: 'yes' })).toEqual([]);
    }),
  );
});

describe('the part of someone who was named, whatever others answer before and meanwhile', () => {
  it('asks nothing twice, only what is theirs and shows, and ends with nothing left', () => {
    fc.assert(
      fc.property(anyPerson, anyBefore, choices, (acting, before, choose) => {
        const { seen, answers } = answerPart(acting, before, choose);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => before[id] !== undefined)).toEqual([]);
        const own = questionsOf(acting).map(({ id }) => id);
        expect(seen.filter((id) => !own.includes(id))).toEqual([]);
        expect(leftTo(acting, answers)).toEqual([]);
        if (!endsForm(answers)) {
          expect(shownTo(acting, answers).filter(({ id }) => answers[id] === undefined)).toEqual([]);
        }
      }),
    );
  });

  it('never leads an integrator to sections A, B or E', () => {
    fc.assert(
      fc.property(anyBefore, choices, (before, choose) => {
        const { seen } = answerPart({ role: 'integrator' }, before, choose);
        expect(seen.filter((id) => !/^[CD]/.test(id))).toEqual([]);
      }),
    );
  });

  it('leaves the rest to the contact, who then has a form that can be submitted', () => {
    fc.assert(
      fc.property(fc.array(anyPerson, { maxLength: 4 }), anyBefore, choices, (people, before, choose) => {
        let answers = before;
        for (const acting of [...people, respondent]) {
          const rest = answerPart({ ...acting }, answers, (id) => (id === 'E6' ? true : choose(id)));
          answers = rest.answers;
        }
        const whole = validateAnswers({ ...answers, E6: true }, { complete: true });
        expect(whole).toHaveProperty('answers');
      }),
    );
  });

  it('is asked a follow-up when the answer above it is changed by someone else', () => {
    fc.assert(
      fc.property(anyPerson, anyBefore, choices, choices, (acting, before, choose, others) => {
        const { answers } = answerPart(acting, before, choose);
        const theirs = (['A3', 'A6', 'B9'] as const).map((id) => [id, others(id)]);
        const changed = withoutHidden({ ...answers, ...Object.fromEntries(theirs) });
        const { answers: after } = answerPart(acting, changed, choose);
        expect(leftTo(acting, after)).toEqual([]);
      }),
    );
  });
});

it('gives a follow-up to everyone who answers the question above it', () => {
  const followUps = questions.filter(({ visibleIf }) => visibleIf !== undefined);
  expect(followUps.map(({ id }) => id)).toEqual(['A3b', 'A6b', 'B9b']);
  fc.assert(
    fc.property(anyPerson, (acting) => {
      for (const question of followUps) {
        const above = findQuestion(question.visibleIf?.question ?? '');
        if (above === undefined) throw new Error(`${question.id} follows nothing`);
        const own = [above, question].map((each) => may(acting, { kind: 'answer', question: each }));
        expect(own[0]).toBe(own[1]);
      }
    }),
  );
});
