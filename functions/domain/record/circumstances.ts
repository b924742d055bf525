import { ruleSetVersion } from '../classification/rule-sets.ts';
import { organisationName } from '../intake/scope-names.ts';
import type { Actor } from '../onboarding/actor.ts';
import { type Draft, presentAnswers } from '../onboarding/draft.ts';
import type { Interview, SignedLetter } from '../onboarding/interviews.ts';
import { erasedPerson, type Person } from '../onboarding/people.ts';
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
  /** Those whom the customer has named. */
  readonly people: readonly Person[];
  /** True if it corrects the submission before. */
  readonly isCorrection: boolean;
  /** The interviews so far. */
  readonly interviews: readonly Interview[];
  /** The signed letter that attests the answers, and the interview it was recorded in. */
  readonly letter: (SignedLetter & { readonly interview: Interview }) | undefined;
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

/** The names of persons by id; of whoever has had their data erased, that they have. */
function namesOf({ people }: Submitted, language: Language): ReadonlyMap<string, string> {
  return new Map(
    people.map(({ id, name, erasedAt }) => [id, erasedAt === undefined ? name : erasedPerson[language]]),
  );
}

/** The interviews in which something was entered that is submitted, and the one that the letter was recorded in. */
function interviewsOf(
  { interviews, letter }: Submitted,
  saved: SubmissionCircumstances['answered'],
): Pick<SubmissionCircumstances, 'interviews'> {
  const ids = new Set([
    ...Object.values(saved).map(({ by }) => by),
    ...(letter === undefined ? [] : [letter.interview.id]),
  ]);
  const named = interviews.filter(({ id }) => ids.has(id));
  if (named.length === 0) return {};
  return {
    interviews: Object.fromEntries(
      named.map(({ id, operator, name, role, on }) => [id, { operator, name, role, on }]),
    ),
  };
}

/** What the record of a submission says beside the answers. */
export function circumstancesOf(submitted: Submitted): SubmissionCircumstances {
  const { state, intake, actor, isCorrection, letter, language = intake.language } = submitted;
  const names = namesOf(submitted, language);
  const saved = answered(submitted);
  const named = [...names].filter(([id]) => Object.values(saved).some(({ by }) => by === id));
  const byOther = letter?.interview.operator ?? actor.id;
  const contact =
    actor.id !== state.reference &&
    names.size > 0 &&
    Object.values(saved).some(({ by }) => by === state.reference);
  return {
    language,
    organisation: organisationName(state),
    // A deputy submits in a name of their own.
    by: actor.kind === 'customer' ? (names.get(actor.id) ?? intake.contactName) : byOther,
    ...(isCorrection ? { corrects: state.submission } : {}),
    ruleSet: ruleSetVersion,
    ...(named.length === 0 && !contact
      ? {}
      : {
          people: {
            ...Object.fromEntries(named),
            ...(contact ? { [state.reference]: intake.contactName } : {}),
          },
        }),
    ...interviewsOf(submitted, saved),
    ...(letter === undefined
      ? {}
      : { letter: { reference: letter.reference, on: letter.on, interview: letter.interview.id } }),
    answered: saved,
  };
}
