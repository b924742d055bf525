import { ruleSetVersion } from '../classification/rule-sets.ts';
import type { Actor } from '../onboarding/actor.ts';
import { type Draft, presentAnswers } from '../onboarding/draft.ts';
import type { IntakeRecord, Submission, SubmissionCircumstances } from '../onboarding/records.ts';
import type { OnboardingState } from '../onboarding/state.ts';
import type { Answers } from '../questionnaire/answers.ts';
import { questions } from '../questionnaire/questionnaire.ts';
import { isSameAnswer } from '../questionnaire/same-answer.ts';
import type { Language } from '../text.ts';

/** What is known at the moment of a submission. */
export interface Submitted {
  readonly state: OnboardingState;
  readonly intake: IntakeRecord;
  readonly answers: Answers;
  readonly draft: Draft;
  readonly former: Submission | undefined;
  readonly actor: Actor;
  /** The language of the page; that of the onboarding if it came otherwise. */
  readonly language: Language | undefined;
}

/** Who saved each answer and when, as far as it was saved before and is the one submitted. */
function answered({ answers, draft, former, actor }: Submitted): SubmissionCircumstances['answered'] {
  if (actor.kind === 'machine') return {};
  const present = presentAnswers(draft, former);
  const found = questions.flatMap(({ id }) => {
    if (answers[id] === undefined || !isSameAnswer(id, present.answers[id], answers[id])) return [];
    const { by, at } = present.origin(id);
    if (by !== undefined && at !== undefined) return [[id, { by, at }] as const];
    // It was not touched since the submission before.
    const kept = isSameAnswer(id, former?.answers[id], answers[id])
      ? former?.circumstances?.answered[id]
      : undefined;
    return kept === undefined ? [] : [[id, kept] as const];
  });
  return Object.fromEntries(found);
}

/** What the record of a submission says beside the answers. */
export function circumstancesOf(submitted: Submitted): SubmissionCircumstances {
  const { state, intake, actor, language = intake.language } = submitted;
  return {
    language,
    organisation: state.name,
    by: actor.kind === 'customer' ? intake.contactName : actor.id,
    ruleSet: ruleSetVersion,
    answered: answered(submitted),
  };
}
