import { AnswersChangedError, InvalidInputError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import {
  changedSince,
  type Draft,
  hasAnswersOfPeople,
  noDraft,
  presentAnswers,
} from '../domain/onboarding/draft.ts';
import { answersBefore } from '../domain/onboarding/records.ts';
import * as answers from '../domain/onboarding/transitions/answers.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import { unrevisited } from '../domain/questionnaire/asked-questions.ts';
import { validateAnswers } from '../domain/questionnaire/validate-answers.ts';
import { circumstancesOf } from '../domain/record/circumstances.ts';
import type { Language } from '../domain/text.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * What the sender knows of the answers saved so far: the version it has read, nothing although people may have saved
 * some, or that they are to be replaced whatever they are.
 */
export type KnownDraft = { readonly version: number } | 'unknown' | 'replace';

interface About {
  /** The questions asked again whose answer stays as it was. */
  readonly confirmed?: readonly string[];
  /** What the sender has seen; without it, it replaces what it has not seen. */
  readonly known?: KnownDraft;
  /** The language of the page; that of the onboarding without it. */
  readonly language?: Language;
}

/**
 * Submits the complete answers: the first time, again while the customer prepares, or again because an operator has
 * asked.
 *
 * @throws InvalidInputError naming every field to correct, and every question asked again that was neither answered anew
 * nor confirmed.
 * @throws AnswersChangedError when others have saved answers that the sender has not seen.
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: a second submission of the same round.
 */
export async function submitAnswers(
  { store, clock, platform }: ApplicationDependencies,
  reference: string,
  given: unknown,
  actor: Actor,
  { confirmed = [], known = 'replace', language }: About = {},
): Promise<void> {
  const validated = validateAnswers(given, { complete: true, sites: siteCodes(platform) });
  if ('problems' in validated) throw new InvalidInputError(validated.problems);
  await changeOnboarding(store, reference, async (snapshot) => {
    const { state } = snapshot;
    const [draft = noDraft, intake, former] = await Promise.all([
      store.dossiers.draft(reference),
      store.dossiers.intake(reference),
      state.submission === 0 ? undefined : store.dossiers.submission(reference),
    ]);
    const submitting = { answers: validated.answers, draft, former };
    const circumstances = circumstancesOf({ ...submitting, state, intake, actor, language });
    const change = answers.submitAnswers(snapshot, { ...submitting, circumstances }, actor, clock.now());
    if (state.questionsAsked !== undefined) {
      const left = unrevisited(state, answersBefore(former), validated.answers, confirmed);
      if (left.length > 0) throw new InvalidInputError(left);
    }
    await refuseUnseen(store, reference, draft, known);
    return change;
  });
}

/** @throws AnswersChangedError */
async function refuseUnseen(
  { dossiers }: Store,
  reference: string,
  draft: Draft,
  known: KnownDraft,
): Promise<void> {
  if (known === 'replace') return;
  const version = known === 'unknown' ? (draft.byMachine ?? 0) : known.version;
  if (known === 'unknown' ? !hasAnswersOfPeople(draft) : version === draft.version) return;
  const present = presentAnswers(draft, await dossiers.submission(reference));
  throw new AnswersChangedError(changedSince(present, version), known !== 'unknown');
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
