import type { Actor } from '../domain/onboarding/actor.ts';
import type { Change } from '../domain/onboarding/change.ts';
import type { Booking, Snapshot } from '../domain/onboarding/state.ts';
import {
  askForAnotherDate,
  confirmWave,
  declineWave,
  heldPlace,
  type WaveDecision,
} from '../domain/onboarding/transitions/confirmation.ts';
import { acceptOffer, offeredBooking, refuseOffer } from '../domain/onboarding/transitions/offers.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

function waveOf({ waves }: Store, { site, wave }: Booking) {
  return waves.get(site, wave);
}

/**
 * The customer's answer about the wave held for it.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 * @throws HoldExpiredError when the place is no longer held.
 * @throws WaveNotOpenError when it is confirmed too late for its wave.
 * @throws DecisionRefusedError when another date was asked for too often.
 */
export async function answerWave(
  { store, clock }: ApplicationDependencies,
  reference: string,
  decision: WaveDecision,
  actor: Actor,
): Promise<void> {
  const transitions: Readonly<
    Record<WaveDecision, (snapshot: Snapshot, at: Date) => Change | Promise<Change>>
  > = {
    confirm: async (snapshot, at) => {
      const { booking } = heldPlace(snapshot, decision, at);
      return confirmWave(snapshot, await waveOf(store, booking), actor, at);
    },
    another_date: (snapshot, at) => askForAnotherDate(snapshot, actor, at),
    decline: (snapshot, at) => declineWave(snapshot, actor, at),
  };
  await changeOnboarding(store, reference, (snapshot) => transitions[decision](snapshot, clock.now()));
}

export const offerDecisions = ['accept', 'refuse'] as const;
export type OfferDecision = (typeof offerDecisions)[number];

/**
 * The customer's answer to a place offered from the waiting list; an accepted offer is a confirmed place.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, HoldExpiredError, WaveNotOpenError
 */
export async function answerOffer(
  { store, clock }: ApplicationDependencies,
  reference: string,
  decision: OfferDecision,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async (snapshot) => {
    const at = clock.now();
    if (decision === 'refuse') return refuseOffer(snapshot, actor, at);
    return acceptOffer(snapshot, await waveOf(store, offeredBooking(snapshot, at)), actor, at);
  });
}
