import type { SentPage } from '../../functions/application/save-page.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../functions/domain/questionnaire/question.ts';
import { questionsIn } from '../../functions/domain/questionnaire/questionnaire.ts';

/** The answers to all questions of a section, as one page. */
export function pageOf(section: SectionId, answers: Answers): SentPage {
  const questions = questionsIn(section);
  const given = Object.entries(answers).filter(([id]) => questions.some((question) => question === id));
  return { questions, given: Object.fromEntries(given) };
}
