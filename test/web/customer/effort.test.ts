import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedIn } from '../../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { answeringTime } from '../../../functions/web/customer/answering-time.ts';
import { sirens } from '../../support/canaries.ts';
import { type Effort, effortOf, minutesOf, sumOf } from '../../support/reading-effort.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

describe.each(['fr', 'en'] as const)(
  'the form in %s, for someone to whom no follow-up applies',
  (language) => {
    let questions: Effort;
    beforeAll(async () => {
      const reference = await trial.start(sirens[language === 'fr' ? 0 : 1] ?? '');
      const visitor = await openLink(trial, reference, language);
      const efforts: Effort[] = [];
      for (const { id: section } of sections) {
        for (const { id } of askedIn(section, plainAnswers)) {
          efforts.push(effortOf(await visitor.page(`/questionnaire/${id}`)));
        }
      }
      questions = sumOf(efforts);
    });

    it('shows at most 1,800 words', () => {
      expect(questions.words).toBeGreaterThan(1_500);
      expect(questions.words).toBeLessThanOrEqual(1_800);
    });

    it('takes as many minutes as the invitation announces', () => {
      const [least = 0, most = 0] = (answeringTime[language].match(/\d+/g) ?? []).map(Number);
      expect(most).toBe(20);
      expect(minutesOf(questions)).toBeGreaterThanOrEqual(least);
      expect(minutesOf(questions)).toBeLessThanOrEqual(most);
    });
  },
);
