import { calendarDateOf } from '../domain/calendar-date.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import type { Change } from '../domain/onboarding/change.ts';
import type { Booking, Snapshot } from '../domain/onboarding/state.ts';
import {
  askForAnotherDate,
  confirmWave,
  declineWave,
  heldPlace,
  type MeantPlace,
  refuseOtherPlace,
  type WaveDecision,
} from '../domain/onboarding/transitions/confirmation.ts';
import {
  acceptOffer,
  type ConfirmedPlace,
  offeredBooking,
  refuseOffer,
} from '../domain/onboarding/transitions/offers.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { givesSeatBack } from './read-placing.ts';

/** The facts on which a place is confirmed. */
export async function confirmedFacts(
  dependencies: ApplicationDependencies,
  snapshot: Snapshot,
  { site, wave }: Booking,
  at: Date,
): Promise<ConfirmedPlace> {
  return {
    wave: await dependencies.store.waves.get(site, wave),
    givesSeatBack: await givesSeatBack(dependencies, snapshot, calendarDateOf(at)),
  };
}

/**
 * The customer's answer about the wave held for it.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 * @throws HoldExpiredError when the place is no longer held.
 * @throws WaveNotOpenError when it is confirmed too late for its wave.
 * @throws DecisionRefusedError when another date was asked for too often.
 * @throws OtherPlaceError when it is about another place than the one held by now.
 */
export async function answerWave(
  dependencies: ApplicationDependencies,
  reference: string,
  decision: WaveDecision,
  actor: Actor,
  meant: MeantPlace = {},
): Promise<void> {
  const { store, clock } = dependencies;
  const transitions: Readonly<
    Record<WaveDecision, (snapshot: Snapshot, at: Date) => Change | Promise<Change>>
  > = {
    confirm: async (snapshot, at) => {
      const { booking } = heldPlace(snapshot, decision, at);
      return confirmWave(snapshot, await confirmedFacts(dependencies, snapshot, booking, at), actor, at);
    },
    another_date: (snapshot, at) => askForAnotherDate(snapshot, actor, at),
    decline: (snapshot, at) => declineWave(snapshot, actor, at),
  };
  await changeOnboarding(store, reference, (snapshot) => {
    const at = clock.now();
    refuseOtherPlace(snapshot, heldPlace(snapshot, decision, at).booking, meant);
    return transitions[decision](snapshot, at);
  });
}

export const offerDecisions = ['accept', 'refuse'] as const;
export type OfferDecision = (typeof offerDecisions)[number];

/**
 * The customer's answer to a place offered from the waiting list; an accepted offer is a confirmed place.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, HoldExpiredError, WaveNotOpenError
 * @throws OtherPlaceError when it is about another place than the one offered by now.
 */
export async function answerOffer(
  dependencies: ApplicationDependencies,
  reference: string,
  decision: OfferDecision,
  actor: Actor,
  meant: Pick<MeantPlace, 'wave'> = {},
): Promise<void> {
  const { store, clock } = dependencies;
  await changeOnboarding(store, reference, async (snapshot) => {
    const at = clock.now();
    refuseOtherPlace(snapshot, offeredBooking(snapshot, at), { wave: meant.wave });
    if (decision === 'refuse') return refuseOffer(snapshot, actor, at);
    const booking = offeredBooking(snapshot, at);
    return acceptOffer(snapshot, await confirmedFacts(dependencies, snapshot, booking, at), actor, at);
  });
}
