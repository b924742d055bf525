import type { Actor } from '../domain/onboarding/actor.ts';
import { type Acting, respondent } from '../domain/onboarding/people.ts';
import * as transitions from '../domain/onboarding/transitions/talk.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

/**
 * The customer wants to talk first: sales are to get in touch, and its time to answer is paused. Nothing happens when that
 * was asked before.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, AlreadyTalkingError, TalksUsedUpError
 */
export async function askToTalk(
  { store, clock }: Dependencies,
  reference: string,
  matter: string | undefined,
  actor: Actor,
  by: Acting = respondent,
): Promise<void> {
  await changeOnboarding(store, reference, async (snapshot) => {
    const former = snapshot.state.talk === undefined ? undefined : await store.dossiers.matter(reference);
    return transitions.askToTalk(snapshot, { matter, former }, { actor, by }, clock.now());
  });
}

/**
 * Sales have talked with the customer.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, InvalidInputError
 */
export async function recordTalk(
  { store, clock }: Dependencies,
  reference: string,
  held: transitions.TalkHeld,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) =>
    transitions.recordTalk(snapshot, held, actor, clock.now()),
  );
}
