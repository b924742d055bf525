import type { Actor } from '../domain/onboarding/actor.ts';
import type { ErasureRefusal } from '../domain/onboarding/erasure-request.ts';
import * as transitions from '../domain/onboarding/transitions/erasure-request.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

/**
 * The customer asks that its whole file be erased. Asked twice, it waits once.
 *
 * @throws NotExpectedNowError, OnboardingClosedError
 */
export async function requestErasure(
  { store, clock }: Dependencies,
  reference: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) =>
    transitions.requestErasure(snapshot, actor, clock.now()),
  );
}

/** What an operator decides of a request: the file is erased, or kept on a ground of the law. */
export type ErasureDecision =
  | { readonly decision: 'erase' }
  | { readonly decision: 'refuse'; readonly refusedFor: ErasureRefusal; readonly reason: string };

/**
 * An operator decides. Repeating the same changes nothing.
 *
 * @throws ErasureNotRequestedError
 */
export async function decideErasure(
  { store, clock }: Dependencies,
  reference: string,
  decided: ErasureDecision,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) =>
    decided.decision === 'erase'
      ? transitions.grantErasure(snapshot, actor, clock.now())
      : transitions.refuseErasure(snapshot, decided, actor, clock.now()),
  );
}
