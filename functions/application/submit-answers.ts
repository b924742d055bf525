import { InvalidInputError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import * as answers from '../domain/onboarding/transitions/answers.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import { unrevisited } from '../domain/questionnaire/asked-questions.ts';
import { validateAnswers } from '../domain/questionnaire/validate-answers.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * Submits the complete answers: the first time, again while the customer prepares, or again because an operator has
 * asked. `confirmed` are the questions asked again whose answer stays as it was.
 *
 * @throws InvalidInputError naming every field to correct, and every question asked again that was neither answered anew
 * nor confirmed.
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: a second submission of the same round.
 */
export async function submitAnswers(
  { store, clock, platform }: ApplicationDependencies,
  reference: string,
  given: unknown,
  actor: Actor,
  confirmed: readonly string[] = [],
): Promise<void> {
  const validated = validateAnswers(given, { complete: true, sites: siteCodes(platform) });
  if ('problems' in validated) throw new InvalidInputError(validated.problems);
  await changeOnboarding(store, reference, async (snapshot) => {
    const change = answers.submitAnswers(snapshot, validated.answers, actor, clock.now());
    if (snapshot.state.questionsAsked !== undefined) {
      const before = (await store.dossiers.submission(reference))?.answers ?? {};
      const left = unrevisited(snapshot.state, before, validated.answers, confirmed);
      if (left.length > 0) throw new InvalidInputError(left);
    }
    return change;
  });
}

/**
 * The customer does not go on.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export async function declineInvitation(
  { store, clock }: ApplicationDependencies,
  reference: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) =>
    answers.declineInvitation(snapshot, reason, actor, clock.now()),
  );
}
