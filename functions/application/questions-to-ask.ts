import type { OnboardingState } from '../domain/onboarding/state.ts';
import { askableQuestions, askedQuestions } from '../domain/questionnaire/asked-questions.ts';
import type { Question } from '../domain/questionnaire/question.ts';
import { type ReviewQuestions, reviewQuestions } from '../domain/readiness/review-questions.ts';
import type { Store } from '../store/store.ts';

/** What an operator may ask a customer again. The answers themselves are not part of it. */
export interface QuestionsToAsk extends ReviewQuestions {
  /** The questions that apply to the customer. */
  readonly askable: readonly Question[];
}

const none: QuestionsToAsk = { leftOpen: [], answered: [], askable: [] };

/** The questions behind the readiness review of an onboarding, and those that may be asked; none before an answer. */
export async function questionsToAsk(store: Store, state: OnboardingState): Promise<QuestionsToAsk> {
  const [submission, result] = await Promise.all([
    store.dossiers.submission(state.reference),
    store.dossiers.result(state.reference),
  ]);
  if (submission === undefined || result === undefined) return none;
  const { answers } = submission;
  const all = askableQuestions.map(({ id }) => id);
  return {
    ...reviewQuestions(answers, result.assessment, state.settledRules),
    askable: askedQuestions({ questionsAsked: all }, answers),
  };
}
