import { type CalendarDate, instantAt } from '../calendar-date.ts';
import { day } from '../time.ts';
import { type CapacityVector, componentsAbove } from '../waves/capacity.ts';
import type { Demand } from '../waves/demand.ts';
import { smallPoints, withoutCustomer } from '../waves/large-customers.ts';
import { preparationSeat } from '../waves/preparation.ts';
import { goNoGoDay, takesConfirmations, type Wave, waveStates } from '../waves/wave.ts';
import { goNoGoHours } from './deadline.ts';
import { placeDays } from './durations.ts';
import type { Effect, RoomTaken } from './effects.ts';
import type { LostPlace, Message } from './messages.ts';
import type { Booking, MovedFrom, OnboardingState, Preparation, Snapshot } from './state.ts';

/** What a booking takes of its wave. */
export function amountOf({ points, complex }: Pick<Booking, 'points' | 'complex'>): CapacityVector {
  return { customers: 1, points, complex };
}

/** True once the place is no longer held; compared with the clock, never with the deletion of an item. */
export function holdIsOver({ holdUntil }: Booking, at: Date): boolean {
  return holdUntil !== undefined && Date.parse(holdUntil) <= at.getTime();
}

const keyOf = ({ site, wave }: Pick<Booking, 'site' | 'wave'>) => ({ site, id: wave });

/** The last instant at which a cutover can still be decided: silence then is a no-go. */
export function gateOf(cutover: CalendarDate): Date {
  return instantAt(goNoGoDay(cutover), goNoGoHours.silenceIsNoGo);
}

/** A place is held for a number of days, but never past the gate at which its cutover is decided. */
export function heldUntil(cutover: CalendarDate, days: number, at: Date): string {
  const limit = Math.min(gateOf(cutover).getTime(), at.getTime() + days * day);
  return new Date(limit).toISOString();
}

/** Changes a booking, on the condition that it has not changed since it was read. */
export function rebook(before: Booking, changes: Partial<Booking>): Effect {
  return { kind: 'put_booking', booking: { ...before, ...changes }, before };
}

/** A booking that gives way: the place is kept until another is taken in the same transaction. */
export function toMove(
  booking: Booking,
  left: Pick<Booking, 'leftFor'> & { readonly mayStay: boolean },
): Effect {
  return rebook(booking, { ...left, status: 'TO_MOVE' });
}

/** True for a place that has to be left, whatever else is found. */
export function hasToLeave(booking: Booking | undefined): boolean {
  return booking?.status === 'TO_MOVE' && booking.mayStay !== true;
}

interface PlaceTaken {
  readonly wave: Wave;
  readonly demand: Demand;
  readonly status: 'HELD' | 'OFFERED' | 'CONFIRMED';
  /** The place that the customer had before, with why it changes. */
  readonly movedFrom?: MovedFrom | undefined;
}

/** For how many days each place is kept without an answer; a confirmed one needs none. */
const keptFor = { HELD: placeDays.held, OFFERED: placeDays.offered, CONFIRMED: undefined } as const;

/**
 * Puts an onboarding in a wave: takes room there, places the booking, and gives back the room of the booking before,
 * all in one change, so that it never has no place or two.
 */
export function takePlace(
  { booking: before }: Snapshot,
  { wave, demand, status, movedFrom }: PlaceTaken,
  at: Date,
): readonly Effect[] {
  const days = keptFor[status];
  // A booking that is renewed in its wave keeps the room it took there, even if its size is computed differently by
  // now.
  const kept = before?.wave === wave.id ? before : undefined;
  const booking: Booking = {
    wave: wave.id,
    site: wave.site,
    cutover: wave.cutover,
    status,
    points: kept?.points ?? demand.points,
    complex: kept?.complex ?? (demand.complex ? 1 : 0),
    bookedAt: at.toISOString(),
    ...(movedFrom === undefined ? {} : { movedFrom }),
    ...(days === undefined ? {} : { holdUntil: heldUntil(wave.cutover, days, at) }),
  };
  return [...moveRoom(before, booking, wave), { kind: 'put_booking', booking, before }];
}

function moveRoom(before: Booking | undefined, after: Booking, wave: Wave): readonly Effect[] {
  if (before?.wave === after.wave) return [];
  const { points } = after;
  return [
    {
      kind: 'take_room',
      ...{ wave: { ...keyOf(after), cutover: after.cutover }, amount: amountOf(after) },
      small: smallPoints(points),
      ...keptBy(wave, points),
    },
    ...(before === undefined ? [] : [giveBack(before)]),
  ];
}

/** What room that is taken for a customer of so many points has to leave to large ones. */
export function keptBy({ capacity, kept = 0 }: Wave, points: number): Pick<RoomTaken, 'keeps'> {
  return kept === 0 || smallPoints(points) === 0 ? {} : { keeps: { kept, of: capacity.points } };
}

function giveBack(booking: Booking): Effect {
  const amount = amountOf(booking);
  return { kind: 'give_room_back', wave: keyOf(booking), amount, small: smallPoints(amount.points) };
}

/** The condition that the wave of a place still takes confirmations when the change is stored. */
export function takesConfirmationsStill({ site, wave }: Pick<Booking, 'site' | 'wave'>): Effect {
  return {
    kind: 'require_wave',
    wave: keyOf({ site, wave }),
    states: waveStates.filter((state) => takesConfirmations({ state })),
  };
}

/** Gives the place in a wave back, if there is one. */
export function leaveWave({ booking }: Snapshot): readonly Effect[] {
  return booking === undefined ? [] : [{ kind: 'remove_booking', booking }, giveBack(booking)];
}

/** Counts the cutover of a place as one that did not take place. */
export function countFailed(booking: Booking): Effect {
  return { kind: 'count_failed_cutover', wave: keyOf(booking) };
}

/** Takes a seat in a preparation wave, in place of the one before. */
export function takeSeat(wave: Wave, before: Preparation | undefined, at: Date): readonly Effect[] {
  const { id, site, cutover } = wave;
  return [
    { kind: 'take_room', wave: { id, site, cutover }, amount: preparationSeat, small: 0 },
    {
      kind: 'put_preparation',
      preparation: { wave: id, site, starts: cutover, bookedAt: at.toISOString() },
      before,
    },
  ];
}

/** Gives the seat in a preparation wave back, if there is one. */
export function leaveSeat({ preparation }: Snapshot): readonly Effect[] {
  if (preparation === undefined) return [];
  return [
    { kind: 'remove_preparation', preparation },
    { kind: 'give_room_back', wave: keyOf(preparation), amount: preparationSeat, small: 0 },
  ];
}

/** The rank of an onboarding on the waiting list; it has left the list while an operator reviews its placement. */
export function listedRank({
  stage,
  reviewKind,
  waitingRank,
}: Pick<OnboardingState, 'stage' | 'reviewKind' | 'waitingRank'>): string | undefined {
  return stage === 'WAITING_LIST' && reviewKind === undefined ? waitingRank : undefined;
}

/** Leaves the waiting list if the onboarding is on it. */
export function leaveList({ state }: Snapshot): readonly Effect[] {
  const rank = listedRank(state);
  return rank === undefined ? [] : [{ kind: 'leave_waiting_list', rank }];
}

/** Gives back the places of an onboarding in waves and on the waiting list. */
export function leaveAll(snapshot: Snapshot): readonly Effect[] {
  return [...leaveWave(snapshot), ...leaveSeat(snapshot), ...leaveList(snapshot)];
}

/**
 * The messages once an onboarding has no date any more: its place is offered, and the order of its group is checked.
 */
export const dateGone: readonly Message[] = [{ kind: 'offer_places' }, { kind: 'keep_group_order' }];

/** What a mail says of a place that is given up: a customer is sent the date of any but one that was only offered. */
export function cancelled(booking: Booking | undefined): { readonly cancels?: CalendarDate } {
  return booking === undefined || booking.status === 'OFFERED' ? {} : { cancels: booking.cutover };
}

/** The mail about a place that the customer has lost, and about what it has now. */
export function lostPlace(booking: Booking, by: LostPlace['by']): Message {
  const { site, cutover } = booking;
  const lost = { site, cutover, by };
  return { kind: 'mail', template: 'place_lost', to: 'customer', lost, ...cancelled(booking) };
}

/** A held place that the customer let pass; every other one is left for what was on record when it was given up. */
export function leftBy({ status, leftFor = 'platform' }: Booking): LostPlace['by'] {
  return status === 'HELD' ? 'silence' : leftFor;
}

/** The place that a customer has before another is held for it, as its answer to that one is asked for. */
export function placeBefore(
  { booking }: Pick<Snapshot, 'booking'>,
  wave: Pick<Wave, 'id'>,
): MovedFrom | undefined {
  if (booking === undefined || booking.wave === wave.id) return undefined;
  const { site, cutover, mayStay = false } = booking;
  return { site, cutover, ...(mayStay ? { asked: true } : { by: leftBy(booking) }) };
}

/**
 * The calendar for placing an onboarding again: the room it holds counts as free, unless it has to leave that wave. A place
 * that it has left since it was read holds none.
 */
export function calendarFor({ booking }: Snapshot, calendar: readonly Wave[]): readonly Wave[] {
  if (booking === undefined || booking.status === 'TO_MOVE') return calendar;
  const amount = amountOf(booking);
  return calendar.map((wave) =>
    wave.id === booking.wave && componentsAbove(amount, wave.booked).length === 0
      ? withoutCustomer(wave, amount)
      : wave,
  );
}
