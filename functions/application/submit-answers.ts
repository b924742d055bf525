import { AnswersChangedError, InvalidInputError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { openCorrection } from '../domain/onboarding/correction.ts';
import {
  changedSince,
  type Draft,
  hasAnswersOfPeople,
  newestVersion,
  noDraft,
  presentAnswers,
  tagOfSubmission,
} from '../domain/onboarding/draft.ts';
import type { Interview, SignedLetter } from '../domain/onboarding/interviews.ts';
import { answersBefore } from '../domain/onboarding/records.ts';
import * as answers from '../domain/onboarding/transitions/answers.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import { unrevisited } from '../domain/questionnaire/unrevisited.ts';
import { validateAnswers } from '../domain/questionnaire/validate-answers.ts';
import { circumstancesOf } from '../domain/record/circumstances.ts';
import type { Language } from '../domain/text.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';
import { correctedWith } from './correct-answers.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * What the sender knows of the answers saved so far: the tags of those it has read, nothing although people may have saved
 * some, or that they are to be replaced whatever they are.
 */
export type KnownDraft = { readonly tags: readonly string[] } | 'unknown' | 'replace';

export interface About {
  /** The questions asked again whose answer stays as it was. */
  readonly confirmed?: readonly string[];
  /** What the sender has seen; without it, it replaces what it has not seen. */
  readonly known?: KnownDraft;
  /** The language of the page; that of the onboarding without it. */
  readonly language?: Language;
  /** The letter that attests them, and the interview that it was recorded in. */
  readonly letter?: SignedLetter & { readonly interview: Interview };
}

/**
 * Submits the complete answers: the first time, again while the customer prepares, or again because an operator has
 * asked, or to correct them.
 *
 * @throws InvalidInputError naming every field to correct, and every question asked again that was neither answered anew
 * nor confirmed.
 * @throws AnswersChangedError when others have saved answers that the sender has not seen.
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: a second submission of the same round.
 */
export async function submitAnswers(
  dependencies: ApplicationDependencies,
  reference: string,
  given: unknown,
  actor: Actor,
  { confirmed = [], known = 'replace', language, letter }: About = {},
): Promise<void> {
  const { store, clock, platform } = dependencies;
  const validated = validateAnswers(given, { complete: true, sites: siteCodes(platform) });
  if ('problems' in validated) throw new InvalidInputError(validated.problems);
  await changeOnboarding(store, reference, async (snapshot) => {
    const { state } = snapshot;
    answers.expectAnswers(snapshot, clock.now());
    const announced = await store.dossiers.announceSubmission(reference);
    const [draft = noDraft, intake, former, people, interviews] = await Promise.all([
      store.dossiers.draft(reference),
      store.dossiers.intake(reference),
      state.submission === 0 ? undefined : store.dossiers.submission(reference),
      state.persons === undefined ? [] : store.people.of(reference),
      state.interviews === undefined ? [] : store.interviews.of(reference),
    ]);
    const sent = { answers: validated.answers, draft, former };
    const isCorrection = openCorrection(snapshot, clock.now()) !== undefined;
    const named = { state, intake, people, interviews, letter, actor, isCorrection, language };
    const submitting = {
      ...sent,
      circumstances: circumstancesOf({ ...sent, ...named }),
      draft: { version: draft.version, next: newestVersion(draft) + 1, announced },
    };
    const change = isCorrection
      ? await correctedWith(dependencies, snapshot, submitting, actor)
      : answers.submitAnswers(snapshot, submitting, actor, clock.now());
    if (state.questionsAsked !== undefined && !isCorrection) {
      const left = unrevisited(state, answersBefore(former), validated.answers, confirmed);
      if (left.length > 0) throw new InvalidInputError(left);
    }
    await refuseUnseen(store, { reference, draft, known, at: clock.now() });
    return change;
  });
}

interface Seen {
  readonly reference: string;
  readonly draft: Draft;
  readonly known: KnownDraft;
  readonly at: Date;
}

/** @throws AnswersChangedError, and what {@link answers.expectAnswers} throws */
async function refuseUnseen(
  { dossiers, onboardings }: Store,
  { reference, draft, known, at }: Seen,
): Promise<void> {
  if (known === 'replace') return;
  if (known === 'unknown' && !hasAnswersOfPeople(draft)) return;
  const tags = known === 'unknown' ? [tagOfSubmission(draft.byMachine ?? 0)] : known.tags;
  const present = presentAnswers(draft, await dossiers.submission(reference));
  const changed = (tags.length === 0 ? [''] : tags).map((tag) => changedSince(present, tag));
  const [least = []] = changed.toSorted((a, b) => a.length - b.length);
  if (least.length === 0 && known !== 'unknown') return;
  // A submission that came between is told as such.
  answers.expectAnswers(await onboardings.now(reference), at);
  throw new AnswersChangedError(least, known !== 'unknown');
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
