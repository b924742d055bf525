import { InvalidInputError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import * as answers from '../domain/onboarding/transitions/answers.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import { validateAnswers } from '../domain/questionnaire/validate-answers.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * Submits the complete answers: the first time, or again while the customer prepares.
 *
 * @throws InvalidInputError naming every field to correct.
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: a second submission of the same round.
 */
export async function submitAnswers(
  { store, clock, platform }: ApplicationDependencies,
  reference: string,
  given: unknown,
  actor: Actor,
): Promise<void> {
  const validated = validateAnswers(given, { complete: true, sites: siteCodes(platform) });
  if ('problems' in validated) throw new InvalidInputError(validated.problems);
  await changeOnboarding(store, reference, (snapshot) =>
    answers.submitAnswers(snapshot, validated.answers, actor, clock.now()),
  );
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
