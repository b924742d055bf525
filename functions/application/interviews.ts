import { InvalidInputError } from '../domain/errors.ts';
import type { FieldProblem } from '../domain/input/field-problem.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { noDraft, presentAnswers } from '../domain/onboarding/draft.ts';
import {
  firstAnswerIn,
  type Interview,
  type Interviewed,
  letterProblems,
  type SignedLetter,
} from '../domain/onboarding/interviews.ts';
import * as transitions from '../domain/onboarding/transitions/interviews.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import { validateAnswers } from '../domain/questionnaire/validate-answers.ts';
import type { Request } from '../store/requests.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { type About, submitAnswers } from './submit-answers.ts';

/** An act of an operator in one interview. */
export interface InInterview {
  readonly reference: string;
  readonly interview: Interview;
  readonly actor: Actor;
}

/**
 * Carries out an act once for its key: a repeat does nothing more.
 *
 * @throws IdempotencyKeyReusedError when the key came with something else.
 */
async function once(
  dependencies: ApplicationDependencies,
  request: Request,
  reference: string,
  act: (dependencies: ApplicationDependencies) => Promise<void>,
): Promise<void> {
  const { store } = dependencies;
  if ((await store.requests.earlier(request)) !== undefined) return;
  const kept = store.forRequest(request);
  try {
    await act({ ...dependencies, store: kept.store });
    await kept.keep({ reference });
  } catch (error) {
    // Another call with the same key came first, or this one's act was stored before it failed.
    if ((await store.requests.earlier(request)) === undefined) throw error;
  }
}

/**
 * Begins an interview. The same request begins one, however often it comes.
 *
 * @throws what `startInterview` of the transitions throws, IdempotencyKeyReusedError
 */
export function startInterview(
  dependencies: ApplicationDependencies,
  request: Request,
  reference: string,
  interviewed: Interviewed,
  interviewer: transitions.Interviewer,
): Promise<void> {
  return once(dependencies, request, reference, async ({ store, clock }) => {
    await changeOnboarding(store, reference, (snapshot) =>
      transitions.startInterview(snapshot, interviewed, interviewer, clock.now()),
    );
  });
}

/**
 * Notes when the first answer of an interview was entered: once it is changed, the answers no longer say it. Where this was
 * interrupted, the next one does it.
 */
export async function noteFirstAnswer(
  { store }: Pick<ApplicationDependencies, 'store'>,
  reference: string,
  interview: Interview,
): Promise<void> {
  if (interview.firstAnswerAt !== undefined) return;
  const first = firstAnswerIn(interview, (await store.dossiers.draft(reference)) ?? noDraft);
  if (first !== undefined) await store.interviews.noteFirstAnswer(reference, interview.id, first);
}

/**
 * Mails the customer the link to read, change and attest what was entered.
 *
 * @throws InvalidInputError naming each answer that is missing; InterviewWithoutAnswersError
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export async function askToAttest(
  { store, clock, platform }: ApplicationDependencies,
  { reference, interview, actor }: InInterview,
): Promise<void> {
  await changeOnboarding(store, reference, async (snapshot) => {
    const [draft = noDraft, submission] = await Promise.all([
      store.dossiers.draft(reference),
      store.dossiers.submission(reference),
    ]);
    const change = transitions.askToAttest(snapshot, interview, actor, clock.now());
    if (change === undefined) return undefined;
    if (firstAnswerIn(interview, draft) === undefined) throw new transitions.InterviewWithoutAnswersError();
    const given = { ...presentAnswers(draft, submission).answers, E6: true };
    const validated = validateAnswers(given, { complete: true, sites: siteCodes(platform) });
    if ('problems' in validated) throw new InvalidInputError(validated.problems);
    return change;
  });
}

/** What is wrong with a letter that is to be recorded in an interview, as far as the letter itself says. */
export async function problemsOfLetter(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  { reference, interview }: Pick<InInterview, 'reference' | 'interview'>,
  letter: SignedLetter,
): Promise<readonly FieldProblem[]> {
  const draft = (await store.dossiers.draft(reference)) ?? noDraft;
  return letterProblems(letter, firstAnswerIn(interview, draft), clock.now());
}

/** What an operator submits on the strength of a letter. */
export interface ByLetter extends Pick<About, 'confirmed' | 'known'> {
  readonly answers: unknown;
  readonly letter: SignedLetter;
}

/**
 * Submits the answers with the letter in which the customer attests them. The same request submits once.
 *
 * @throws InvalidInputError for the letter, or naming every answer to correct
 * @throws IdempotencyKeyReusedError, and what `submitAnswers` throws
 */
export function submitByLetter(
  dependencies: ApplicationDependencies,
  request: Request,
  { reference, interview, actor }: InInterview,
  { answers, letter, ...about }: ByLetter,
): Promise<void> {
  return once(dependencies, request, reference, async (kept) => {
    const problems = await problemsOfLetter(kept, { reference, interview }, letter);
    if (problems.length > 0) throw new InvalidInputError(problems);
    await submitAnswers(kept, reference, answers, actor, { ...about, letter: { ...letter, interview } });
  });
}
