import type { Actor } from '../domain/onboarding/actor.ts';
import type { Split } from '../domain/onboarding/part.ts';
import { answersInForce } from '../domain/onboarding/records.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import * as reviews from '../domain/onboarding/transitions/reviews.ts';
import { type SplitFacts, splitInto } from '../domain/onboarding/transitions/split.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import { searchableName } from '../domain/text.ts';
import { wantedSite } from '../domain/waves/demand-of.ts';
import { largestWave } from '../domain/waves/placement.ts';
import { changeOnboarding } from './change.ts';
import { factsFor } from './decide-review.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { NotAssessedError } from './read-placing.ts';

/** Reads what the parts of an onboarding are checked against. @throws NotAssessedError */
export async function splittingFor(
  { store, platform }: Pick<ApplicationDependencies, 'store' | 'platform'>,
  { state }: Snapshot,
): Promise<SplitFacts> {
  const [submission, result, declared, active, calendar] = await Promise.all([
    store.dossiers.submission(state.reference),
    store.dossiers.result(state.reference),
    store.dossiers.intake(state.reference),
    store.starts.actives(state.siren),
    store.waves.calendar(siteCodes(platform)),
  ]);
  if (submission === undefined || result === undefined) {
    throw new NotAssessedError('The onboarding has no result to be split with');
  }
  const answers = answersInForce(submission);
  return {
    answers,
    assessment: result.assessment,
    declared,
    largestWave: largestWave(wantedSite(answers), calendar),
    active: new Map(
      active.flatMap(({ scope, reference }) =>
        scope === undefined ? [] : [[searchableName(scope), reference]],
      ),
    ),
  };
}

/** A decision of a placement review that splits the onboarding. */
export type SplitAnswer = Pick<reviews.ReviewAnswer, 'reason' | 'seen'> & { readonly split: Split };

/**
 * An operator splits an onboarding whose placement is reviewed.
 *
 * @throws OnboardingClosedError, AlreadyDecidedError
 * @throws NotExpectedNowError when another review is open, or none.
 * @throws DecisionRefusedError for a part.
 * @throws InvalidInputError when the parts do not make up the whole.
 */
export async function splitOnboarding(
  dependencies: ApplicationDependencies,
  reference: string,
  { split, ...given }: SplitAnswer,
  actor: Actor,
): Promise<void> {
  const { store, clock } = dependencies;
  const answer = { ...given, kind: 'placement', decision: 'split', split } as const;
  await changeOnboarding(store, reference, async (snapshot) => {
    const at = clock.now();
    reviews.checkOpenReview(snapshot, answer, at);
    const entails = splitInto(snapshot, split, await splittingFor(dependencies, snapshot));
    const facts = { ...(await factsFor(dependencies, snapshot, answer)), split: entails };
    return reviews.decideReview(snapshot, answer, facts, actor, at);
  });
}
