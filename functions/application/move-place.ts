import { DateNotPossibleError, OtherPlaceError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { waitingApproval } from '../domain/onboarding/approvals.ts';
import type { Approval, Snapshot } from '../domain/onboarding/state.ts';
import { requestedApproval } from '../domain/onboarding/transitions/approval-lapse.ts';
import { checkMove, moveOrAsk } from '../domain/onboarding/transitions/move-place.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { dateOfWave, judgeDates } from './read-dates.ts';

/**
 * The date that an operator has chosen for a customer, with the demand it was judged by and the date that it has to follow.
 *
 * @throws InvalidInputError when no coming wave has the id; `field` is where the id is in the request.
 * @throws DateNotPossibleError
 */
export async function chosenFor(
  dependencies: Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'>,
  snapshot: Snapshot,
  wave: string,
) {
  const { placing, dates } = await judgeDates(dependencies, snapshot);
  const chosen = dateOfWave(dates, wave, 'wave');
  if (!chosen.admissible) throw new DateNotPossibleError(chosen, dates, snapshot.booking !== undefined);
  return { wave: chosen.wave, demand: placing.demand, toFollow: placing.toFollow };
}

/** A move as an operator sends it. */
export interface AskedMove {
  /** Id of the wave. */
  readonly wave: string;
  /** What the customer reads. */
  readonly reason: string;
  /** Asks for a second person, if the move takes two. */
  readonly approval?: boolean | undefined;
  readonly askedByCustomer?: boolean | undefined;
  /** The place that is left, as the operator has seen it; undefined where it is not said. */
  readonly from?: MovedPlace | undefined;
}

/** The place of a customer as it was shown: the wave is `none` where there was none. */
export interface MovedPlace {
  readonly wave: string;
  /** Version of the onboarding at which its stage began. */
  readonly heldAt?: number | undefined;
}

/** @throws OtherPlaceError when the customer has another place by now than the one that was shown. */
function refuseOther({ state, booking }: Snapshot, from: MovedPlace | undefined): void {
  if (from === undefined) return;
  const isOther = (booking?.wave ?? 'none') !== from.wave;
  if (isOther || (from.heldAt !== undefined && from.heldAt !== state.episode)) throw new OtherPlaceError();
}

/**
 * An operator moves a customer to a chosen wave: one that is possible for it, by the same list that the customer sees. The
 * new place is held for a full time.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, DecisionRefusedError
 * @throws ApprovalNeededError, ApprovalLapsedError
 * @throws DateNotPossibleError, InvalidInputError
 * @throws OtherPlaceError when the customer has another place by now than the one that was shown.
 * @returns the request that waits for a second person; undefined when the customer is moved.
 */
export async function movePlace(
  dependencies: ApplicationDependencies,
  reference: string,
  { wave, reason, approval = false, askedByCustomer = false, from }: AskedMove,
  actor: Actor,
): Promise<Approval | undefined> {
  const { store, clock } = dependencies;
  return store.onboardings.change<Approval | undefined>(reference, async (snapshot) => {
    const at = clock.now();
    checkMove(snapshot);
    refuseOther(snapshot, from);
    const chosen = await chosenFor(dependencies, snapshot, wave);
    const move = { ...chosen, reason, asks: approval, askedByCustomer };
    const change = moveOrAsk(snapshot, move, actor, at);
    return {
      change,
      result: change === undefined ? waitingApproval(snapshot, at) : requestedApproval(change),
    };
  });
}
