import type { CalendarDate } from '../../calendar-date.ts';
import { latestDate, notAfterParent, type ParentDate } from '../../waves/date-constraints.ts';
import type { Demand } from '../../waves/demand.ts';
import type { ListedDemand } from '../../waves/listed-demand.ts';
import type { NoWaveBeforeDeadlinePlacement, Placement } from '../../waves/placement-outcome.ts';
import { takesConfirmations, type Wave } from '../../waves/wave.ts';
import { system } from '../actor.ts';
import {
  dateGone,
  gateOf,
  holdIsOver,
  leaveList,
  leaveSeat,
  leaveWave,
  leftBy,
  listedRank,
  lostPlace,
  placeBefore,
  takePlace,
  takeSeat,
} from '../bookings.ts';
import type { Change } from '../change.ts';
import { withOneChange } from '../changes-of-date.ts';
import type { Effect } from '../effects.ts';
import type { DomainEvent } from '../events.ts';
import { isSentToReview } from '../lifecycle.ts';
import type { Message } from '../messages.ts';
import { seeksDate } from '../seeks-date.ts';
import { hasLetLastPass, nextSilenceIsReviewed, oneMoreSilence } from '../silence.ts';
import type { MovedFrom, OnboardingState, Snapshot } from '../state.ts';
import { isDecided, type WaitChange } from '../waits.ts';
import { hasMovedTooOften } from './group-order.ts';

/** The facts that the placement of one onboarding depends on. */
export interface Placing {
  readonly demand: Demand;
  /** The demand as the waiting list keeps it. */
  readonly listed: ListedDemand;
  /** Sort key on the waiting list. */
  readonly rank: string;
  readonly inGroup: boolean;
  /** From parent to parent, it is a parent of its own. */
  readonly inRing: boolean;
  /** The parent's date, to compare with the date that this onboarding has. */
  readonly toFollow: ParentDate;
}

/** Why a place is not found, and an operator decides. */
export type ReviewCause = Extract<DomainEvent, { type: 'PLACEMENT_IMPOSSIBLE' }>['data'];

/**
 * The date of the parent, to compare with the date that a member has: of its onboardings, one for each scope, the latest.
 * One that has not reached its placement does not count yet; while one looks for a place, there is no date that a member
 * could follow.
 */
export function dateToFollow(parents: readonly OnboardingState[]): ParentDate {
  return latestDate(parents.map(dateOf));
}

function dateOf(parent: OnboardingState): ParentDate {
  return parent.cutover ?? (seeksDate(parent) ? 'unbooked' : undefined);
}

export type PlacementOutcome = 'HELD' | 'CONFIRMED' | 'WAITING_LIST' | 'REVIEW';

/** The outcome of an earlier call that was interrupted after its write, or undefined. */
export function outcomeBefore({ state, wait, booking }: Snapshot, at: Date): PlacementOutcome | undefined {
  // Declined, but the wait timed out before its token was completed: the decline holds when the workflow comes back.
  const declined = isDecided(state, wait) && wait?.kind === 'confirmation' && wait.decision === 'DECLINED';
  if (booking?.status === 'CONFIRMED') return 'CONFIRMED';
  if (declined && (booking === undefined || booking.status === 'HELD')) return 'HELD';
  if (booking?.status === 'HELD' && !holdIsOver(booking, at)) return 'HELD';
  if (booking?.status === 'OFFERED' && !holdIsOver(booking, at)) return 'WAITING_LIST';
  return booking === undefined && isSentToReview(state) ? 'REVIEW' : undefined;
}

/** Why an operator is asked before any place is looked for; undefined when there is no such reason. */
export function causeToAsk(
  snapshot: Snapshot,
  { inRing }: Placing,
  today: CalendarDate,
): ReviewCause | undefined {
  const { state, booking } = snapshot;
  if (inRing) return { because: 'GROUP_IN_A_RING' };
  if (hasMovedTooOften(state, today)) return { because: 'GROUP_MOVES_TOO_OFTEN' };
  // While its run had failed, the place was given back without it, and the silence counted then.
  const wasGivenBack = booking === undefined && hasLetLastPass(state);
  const tooSilent = wasGivenBack || (hasLetPass(snapshot) && nextSilenceIsReviewed(snapshot));
  return tooSilent ? { because: 'CONFIRMATION_TIMED_OUT', wave: booking?.wave ?? '' } : undefined;
}

/**
 * The seat in a preparation wave beside a booking: one to take while a wanted service is not open, or the one to give
 * back by a customer that is ready.
 */
export type SeatBeside = { readonly take: Wave } | 'give_back' | undefined;

function seatEffects(snapshot: Snapshot, seat: SeatBeside, at: Date): readonly Effect[] {
  if (seat === undefined) return [];
  return seat === 'give_back' ? leaveSeat(snapshot) : takeSeat(seat.take, undefined, at);
}

/**
 * The seat beside a place that no placement has found: the customer or an operator has chosen it, or it was offered or
 * kept. It is taken, or given back, with the change of the place, if there is one.
 */
export function withSeat(
  snapshot: Snapshot,
  change: Change | undefined,
  seat: SeatBeside,
  at: Date,
): Change | undefined {
  const effects = seatEffects(snapshot, seat, at);
  if (change !== undefined) return { ...change, effects: [...(change.effects ?? []), ...effects] };
  // One that is given back without more goes with the confirmation.
  if (seat === undefined || seat === 'give_back') return undefined;
  const { id, cutover } = seat.take;
  return {
    event: { type: 'PREPARATION_BOOKED', actor: system, data: { wave: id, starts: cutover } },
    effects,
  };
}

interface Found {
  readonly wave: Wave;
  readonly placing: Placing;
  readonly seat: SeatBeside;
}

/** True for a held place that is placed again: its time has passed without an answer. */
export function hasLetPass({ state, booking }: Snapshot): boolean {
  return booking?.status === 'HELD' && state.stage !== 'IN_REVIEW';
}

/** A place that a review gave and whose time was over before the customer was asked: it gives way, through no silence. */
export function withoutLapsed(snapshot: Snapshot, at: Date): Snapshot {
  const { state, booking } = snapshot;
  if (state.stage !== 'IN_REVIEW' || booking?.status !== 'HELD' || !holdIsOver(booking, at)) return snapshot;
  return { ...snapshot, booking: { ...booking, status: 'TO_MOVE', mayStay: false, leftFor: 'platform' } };
}

/** The silence that leads to another placement is counted once, with the change that takes the place back. */
function countedSilence(snapshot: Snapshot): Partial<Pick<OnboardingState, 'confirmationTimeouts'>> {
  return hasLetPass(snapshot) ? oneMoreSilence(snapshot.state) : {};
}

/** The mail about a place that is held: the first one, another one, or one in place of one that the customer let pass. */
function heldMail({ booking }: Snapshot, wave: Wave): Message {
  if (booking?.status === 'HELD') return lostPlace(booking, 'silence');
  const moved = booking !== undefined && booking.wave !== wave.id;
  return { kind: 'mail', template: moved ? 'wave_moved' : 'wave_held', to: 'customer' };
}

/** Why a place was taken from a customer that had done nothing for it: other causes are told when they come. */
const takenBack: ReadonlySet<MovedFrom['by']> = new Set(['platform', 'group_order']);

/** Holds a place for the customer to confirm. */
export function holdWave(snapshot: Snapshot, { wave, placing, seat }: Found, at: Date): Change {
  const { booking } = snapshot;
  const moved = booking !== undefined;
  const movedFrom = placeBefore(snapshot, wave);
  const dates = { wave: wave.id, cutover: wave.cutover };
  return {
    to: 'WAVE_HELD',
    reenter: true,
    set: {
      ...dates,
      waitingRank: placing.rank,
      reviewKind: undefined,
      cause: undefined,
      priority: undefined,
      letPass: undefined,
      missedGate: undefined,
      ...countedSilence(snapshot),
      ...(movedFrom?.by !== undefined && takenBack.has(movedFrom.by)
        ? { anotherDates: withOneChange(snapshot.state) }
        : {}),
    },
    event: {
      type: moved && booking.wave !== wave.id ? 'WAVE_MOVED' : 'WAVE_HELD',
      actor: system,
      data: { ...dates, points: placing.demand.points },
    },
    messages: [
      heldMail(snapshot, wave),
      { kind: 'event', type: 'OnboardingBooked', data: dates },
      // A customer on the waiting list may take the place; members of a group wait for their parent's date.
      ...(placing.inGroup || moved ? [{ kind: 'offer_places' } as const] : []),
      // Its members may be before it now; its own parent may have moved since the date was read.
      { kind: 'keep_group_order' },
    ],
    effects: [
      ...takePlace(snapshot, { wave, demand: placing.demand, status: 'HELD', movedFrom }, at),
      ...leaveList(snapshot),
      ...seatEffects(snapshot, seat, at),
    ],
  };
}

/**
 * No other date for a customer who asked for one: it keeps the place it has, with new time to answer. Undefined when it
 * may not stay there: while another date is sought, a wave may be cancelled or begin, or the parent of a group move
 * past it.
 */
export function keepWave(
  snapshot: Snapshot,
  placing: Placing,
  calendar: readonly Wave[],
  at: Date,
): Change | undefined {
  const { booking } = snapshot;
  if (booking?.status !== 'TO_MOVE' || booking.mayStay !== true) return undefined;
  const wave = calendar.find(({ id }) => id === booking.wave);
  if (wave === undefined || !takesConfirmations(wave) || at >= gateOf(wave.cutover)) return undefined;
  if (notAfterParent(placing.toFollow, wave.cutover) !== undefined) return undefined;
  return {
    to: 'WAVE_HELD',
    reenter: true,
    set: { cause: 'NO_OTHER_DATE' },
    event: { type: 'NO_OTHER_DATE', actor: system, data: { wave: wave.id } },
    // One that it follows may have moved since its date was read.
    messages: [{ kind: 'mail', template: 'wave_held', to: 'customer' }, { kind: 'keep_group_order' }],
    effects: takePlace(snapshot, { wave, demand: placing.demand, status: 'HELD' }, at),
  };
}

/** No place is found: an operator decides. */
export function askForPlacementReview(snapshot: Snapshot, placing: Placing, cause: ReviewCause): Change {
  const { booking } = snapshot;
  return {
    set: {
      cause: cause.because,
      // A repeated call recognises this one by it.
      reviewKind: 'placement',
      wave: undefined,
      cutover: undefined,
      waitingRank: placing.rank,
      ...countedSilence(snapshot),
    },
    event: { type: 'PLACEMENT_IMPOSSIBLE', actor: system, data: cause },
    messages: [
      ...(booking === undefined ? [] : [lostPlace(booking, leftBy(booking)), ...dateGone]),
      ...(hasLetPass(snapshot) ? [{ kind: 'mail', template: 'owner_stuck', to: 'owner' } as const] : []),
    ],
    effects: [...leaveWave(snapshot), ...leaveList(snapshot)],
  };
}

/**
 * Joins the waiting list, or moves there to another rank; undefined when nothing is new.
 *
 * @param since when it was put on the list at the rank that it has
 */
export function joinWaitingList(
  snapshot: Snapshot,
  { rank, listed: demand }: Pick<Placing, 'rank' | 'listed'>,
  reason: string,
  since?: string,
): Change | undefined {
  const { state, booking } = snapshot;
  // That it let the last offer pass says more than that the dates were offered.
  const cause = reason === 'ALREADY_OFFERED' && state.cause === 'OFFER_LAPSED' ? state.cause : reason;
  const listed = state.stage === 'WAITING_LIST';
  const sameRank = state.waitingRank === rank;
  const before = sameRank ? undefined : listedRank(state);
  const former = before === undefined || since === undefined ? undefined : { rank: before, since };
  if (listed && sameRank && booking === undefined && state.cause === cause) return undefined;
  return {
    to: 'WAITING_LIST',
    set: {
      cause,
      wave: undefined,
      cutover: undefined,
      missedGate: undefined,
      reviewKind: undefined,
      waitingRank: rank,
      ...countedSilence(snapshot),
    },
    event: { type: 'WAITING', actor: system, data: { because: cause } },
    messages: [
      ...(listed || booking !== undefined
        ? []
        : [{ kind: 'mail', template: 'waiting_list', to: 'customer' } as const]),
      ...(booking === undefined ? [] : [lostPlace(booking, leftBy(booking)), ...dateGone]),
    ],
    effects: [
      ...leaveWave(snapshot),
      ...(sameRank ? [] : leaveList(snapshot)),
      { kind: 'join_waiting_list', rank, former, demand },
    ],
  };
}

/** Joins the waiting list because an operator decided so in a placement review; undefined without a rank. */
export function waitAfterReview({ cause, waitingRank }: OnboardingState): WaitChange | undefined {
  if (waitingRank === undefined) return undefined;
  return {
    to: 'WAITING_LIST',
    set: { reviewKind: undefined },
    event: { type: 'WAITING', actor: system, data: { because: cause ?? 'REVIEW' } },
    effects: [{ kind: 'join_waiting_list', rank: waitingRank }],
    messages: [{ kind: 'mail', template: 'waiting_list', to: 'customer' }],
  };
}

/** What to do with a placement: the change, if any, and the outcome for the workflow. */
export interface Placed {
  readonly outcome: PlacementOutcome;
  readonly change?: Change | undefined;
}

interface PlacementFacts {
  readonly placing: Placing;
  readonly placement: Placement;
  readonly seat: SeatBeside;
  readonly calendar: readonly Wave[];
}

/** Acts on what the rules of placement have found. */
export function followPlacement(
  snapshot: Snapshot,
  { placing, placement, seat, calendar }: PlacementFacts,
  at: Date,
): Placed {
  const kept = () => keepWave(snapshot, placing, calendar, at);
  const review = (cause: ReviewCause): Placed => ({
    outcome: 'REVIEW',
    change: askForPlacementReview(snapshot, placing, cause),
  });
  switch (placement.kind) {
    case 'booked':
      return { outcome: 'HELD', change: holdWave(snapshot, { wave: placement.wave, placing, seat }, at) };
    case 'waiting': {
      const change = kept();
      if (change !== undefined) return { outcome: 'HELD', change };
      return {
        outcome: 'WAITING_LIST',
        change: joinWaitingList(snapshot, placing, placement.reason.code),
      };
    }
    case 'too_large': {
      const { points, largest } = placement;
      return review({ because: 'TOO_LARGE_FOR_ANY_WAVE', points, largest });
    }
    case 'no_wave_before_deadline': {
      const change = kept();
      if (change !== undefined) return { outcome: 'HELD', change };
      return review(causeBeforeDeadline(snapshot, placement, calendar));
    }
  }
}

/**
 * Why no wave before the deadline is left: the customer let the one it had pass, or turned it down, unless the calendar
 * has none anyway.
 */
function causeBeforeDeadline(
  { state, booking }: Snapshot,
  { deadline, considered }: NoWaveBeforeDeadlinePlacement,
  calendar: readonly Wave[],
): ReviewCause {
  if (booking?.status === 'HELD') return { because: 'CONFIRMATION_TIMED_OUT', wave: booking.wave };
  const { letPass } = state;
  const open = calendar.some((wave) => wave.cutover === letPass && wave.state === 'OPEN');
  if (letPass !== undefined && letPass <= deadline && open) {
    return { because: 'OFFER_LAPSED', cutover: letPass };
  }
  const turnedDown = considered.some(({ refusals }) => refusals.every(({ code }) => code === 'TURNED_DOWN'));
  return turnedDown ? { because: 'ALREADY_OFFERED' } : { because: 'NO_WAVE_BEFORE_DEADLINE', deadline };
}
