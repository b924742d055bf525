import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import type { Language } from '../../functions/domain/text.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import type { Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';

/** Answers that bring up every follow-up. */
const answers = {
  ...plainAnswers,
  A3: 'gip',
  A3b: 'yes',
  A6: 'yes',
  A6b: 'yes',
  B9: ['art9'],
  B9b: 'under_10k',
} as const;

const questions = sections.flatMap(({ id }) => askedIn(id, answers)).map(({ id }) => id);

export interface FormPages {
  /** Each question as it stands right after the one before was saved, and again with its answer. */
  readonly questions: ReadonlyMap<string, string>;
  /** The list of sections and the answers of each, with everything answered. */
  readonly overviews: ReadonlyMap<string, string>;
}

/** The source of every page of the form on which people answer or look at their answers, by its name. */
export async function formPages(trial: Trial, siren: string, language: Language): Promise<FormPages> {
  const visitor = await openLink(trial, await trial.start(siren), language);
  const asked = new Map<string, string>();
  for (const id of questions) {
    asked.set(id, await visitor.page(`/questionnaire/${id}`));
    await visitor.answer(id, answers);
  }
  const overviews = new Map([['list of sections', await visitor.page('/questionnaire')]]);
  for (const { id } of sections)
    overviews.set(`answers of ${id}`, await visitor.page(`/questionnaire/${id}`));
  for (const id of questions) asked.set(`${id} answered`, await visitor.page(`/questionnaire/${id}`));
  return { questions: asked, overviews };
}
