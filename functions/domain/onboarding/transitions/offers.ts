import { HoldExpiredError, NotExpectedNowError, WaveNotOpenError } from '../../errors.ts';
import type { Demand } from '../../waves/demand.ts';
import type { ListedDemand } from '../../waves/listed-demand.ts';
import { takesConfirmations, type Wave } from '../../waves/wave.ts';
import { type Actor, system } from '../actor.ts';
import {
  dateGone,
  heldUntil,
  holdIsOver,
  leaveList,
  leaveSeat,
  leaveWave,
  lostPlace,
  rebook,
  takePlace,
  takesConfirmationsStill,
} from '../bookings.ts';
import type { Change } from '../change.ts';
import { placeDays } from '../durations.ts';
import type { Effect } from '../effects.ts';
import { lifecycle } from '../lifecycle.ts';
import type { LostPlace } from '../messages.ts';
import type { Booking, OnboardingState, Snapshot } from '../state.ts';
import { decideWait, refuseClosed } from '../waits.ts';

/** For whom a place is. */
interface OfferedTo {
  readonly demand: Demand;
  /** The demand as the waiting list keeps it. */
  readonly listed: ListedDemand;
  readonly inGroup: boolean;
}

/** Offers a free place to an onboarding on the waiting list: capacity is taken with the offer. */
export function offerPlace(
  snapshot: Snapshot,
  { wave, placing, rank }: { readonly wave: Wave; readonly placing: OfferedTo; readonly rank: string },
  at: Date,
): Change {
  const dates = { wave: wave.id, cutover: wave.cutover };
  const offeredUntil = heldUntil(wave.cutover, placeDays.offered, at);
  return {
    set: dates,
    event: { type: 'PLACE_OFFERED', actor: system, data: dates },
    messages: [
      { kind: 'mail', template: 'wave_offer', to: 'customer' },
      // Members of its group may be before it on the list, and wait for its date.
      ...(placing.inGroup ? [{ kind: 'offer_places' } as const] : []),
      // Its parent may have moved since its date was read.
      { kind: 'keep_group_order' },
    ],
    effects: [
      ...takePlace(snapshot, { wave, demand: placing.demand, status: 'OFFERED' }, at),
      { kind: 'join_waiting_list', rank, offeredUntil, demand: placing.listed },
    ],
  };
}

/** How an offer ends without being accepted. */
export type OfferEnd = 'OFFER_REFUSED' | 'OFFER_EXPIRED' | 'WAVE_CANCELLED' | 'PARENT_MOVED';

/** A customer that refused its offer, or let it expire, waits for that reason. */
function ownDoing(end: OfferEnd, { cutover }: Booking): Pick<OnboardingState, 'cause' | 'letPass'> {
  if (end === 'OFFER_EXPIRED') return { cause: 'OFFER_LAPSED', letPass: cutover };
  return end === 'OFFER_REFUSED' ? { cause: 'ALREADY_OFFERED' } : {};
}

/** What the customer reads of an offer that it has not refused. */
const lostFor = {
  OFFER_EXPIRED: 'silence',
  WAVE_CANCELLED: 'wave_cancelled',
  PARENT_MOVED: 'group_order',
} as const satisfies Readonly<Record<Exclude<OfferEnd, 'OFFER_REFUSED'>, LostPlace['by']>>;

/** Takes an offer back: its place goes to the next customer, the onboarding keeps its rank. */
export function takeOfferBack(
  snapshot: Snapshot & { readonly booking: Booking },
  end: OfferEnd,
  actor: Actor,
): Change {
  const { state, booking } = snapshot;
  // The wave may fit again once the parent is before it.
  const avoid = end === 'PARENT_MOVED' ? state.avoid : [...(state.avoid ?? []), booking.wave];
  return {
    set: {
      wave: undefined,
      cutover: undefined,
      avoid,
      ...ownDoing(end, booking),
    },
    event: { type: end, actor, data: { wave: booking.wave } },
    messages: [...(end === 'OFFER_REFUSED' ? [] : [lostPlace(booking, lostFor[end])]), ...dateGone],
    effects: [
      ...leaveWave(snapshot),
      ...(state.waitingRank === undefined
        ? []
        : [{ kind: 'join_waiting_list', rank: state.waitingRank } as const]),
    ],
  };
}

/** Takes an offer back whose time has passed; undefined when there is none. */
export function expireOffer(snapshot: Snapshot, at: Date): Change | undefined {
  const { booking } = snapshot;
  if (booking?.status !== 'OFFERED' || !holdIsOver(booking, at)) return undefined;
  return takeOfferBack({ ...snapshot, booking }, 'OFFER_EXPIRED', system);
}

/** The facts on which a place is confirmed. */
export interface ConfirmedPlace {
  readonly wave: Wave;
  /** A customer that is ready needs its seat in a preparation wave no more. */
  readonly givesSeatBack: boolean;
}

/**
 * Confirms a place, on the condition that its wave still takes confirmations.
 *
 * @throws WaveNotOpenError when it has begun, ended or been cancelled: no go/no-go would open for it.
 */
export function confirmPlace(
  snapshot: Snapshot,
  booking: Booking,
  { wave, givesSeatBack }: ConfirmedPlace,
): readonly Effect[] {
  if (!takesConfirmations(wave)) throw new WaveNotOpenError(wave.state);
  return [
    rebook(booking, { status: 'CONFIRMED', holdUntil: undefined, movedFrom: undefined }),
    takesConfirmationsStill(booking),
    ...(givesSeatBack ? leaveSeat(snapshot) : []),
  ];
}

/**
 * The open offer of an onboarding.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, HoldExpiredError
 */
export function offeredBooking({ state, booking }: Snapshot, at: Date): Booking {
  refuseClosed(state);
  if (booking?.status !== 'OFFERED') {
    throw new NotExpectedNowError(
      { fr: 'Répondre à une offre', en: 'Answering an offer' },
      lifecycle[state.stage].label,
    );
  }
  if (holdIsOver(booking, at)) throw new HoldExpiredError();
  return booking;
}

/** The customer refuses a place offered from the waiting list. */
export function refuseOffer(snapshot: Snapshot, actor: Actor, at: Date): Change {
  const booking = offeredBooking(snapshot, at);
  return takeOfferBack({ ...snapshot, booking }, 'OFFER_REFUSED', actor);
}

/**
 * The customer accepts a place offered from the waiting list: it is confirmed at once.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, HoldExpiredError, WaveNotOpenError
 */
export function acceptOffer(snapshot: Snapshot, place: ConfirmedPlace, actor: Actor, at: Date): Change {
  const booking = offeredBooking(snapshot, at);
  const accepting = { fr: 'Accepter une offre', en: 'Accepting an offer' };
  return {
    to: 'WAVE_CONFIRMED',
    set: { cause: undefined, letPass: undefined, priority: undefined },
    wait: decideWait(snapshot, ['slot'], accepting, 'ACCEPTED', at),
    event: { type: 'OFFER_ACCEPTED', actor, data: { wave: booking.wave } },
    messages: [
      { kind: 'mail', template: 'wave_confirmed', to: 'customer' },
      { kind: 'mail', template: 'owner_booked', to: 'owner' },
      { kind: 'wake' },
    ],
    effects: [...confirmPlace(snapshot, booking, place), ...leaveList(snapshot)],
  };
}
