import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { requirementLevels } from '../domain/classification/outcomes.ts';
import { placeDays } from '../domain/onboarding/durations.ts';
import type { Booking, OnboardingState, Preparation, Snapshot } from '../domain/onboarding/state.ts';
import { day } from '../domain/time.ts';
import { release } from '../domain/waves/capacity.ts';
import { type Demand, firstDeadline } from '../domain/waves/demand.ts';
import { demandOf } from '../domain/waves/demand-of.ts';
import { preparationSeat } from '../domain/waves/preparation.ts';
import { rankOf } from '../domain/waves/rank.ts';
import type { Wave } from '../domain/waves/wave.ts';
import { amountOf, releaseBooking } from '../store/decisions.ts';
import type { StoredIntake } from '../store/dossiers.ts';
import { indexKeys, keys } from '../store/keys.ts';
import type { Actor, Transition } from '../store/onboardings.ts';
import type { Store } from '../store/store.ts';
import type { Write } from '../store/table.ts';
import { giveRoomBack, takeRoom } from '../store/waves.ts';

/** Everything the placement of one onboarding depends on. */
export interface Placing {
  readonly demand: Demand;
  /** Sort key on the waiting list. */
  readonly rank: string;
  readonly inGroup: boolean;
  /** The parent's date as it stands against one that this onboarding has already. */
  readonly toFollow: ReturnType<typeof dateToFollow>;
}

/** An onboarding is to be placed although it has no result: a fault of the program. */
export class NotAssessedError extends Error {
  override readonly name = 'NotAssessedError';
}

function placeableTier(state: OnboardingState): 'READY' | 'CONDITIONAL' {
  return state.tier === 'READY' ? 'READY' : 'CONDITIONAL';
}

/** Reads what an onboarding asks of the calendar. */
export async function placingOf(store: Store, state: OnboardingState, asOf: CalendarDate): Promise<Placing> {
  const { reference } = state;
  const [intake, submission, result] = await Promise.all([
    store.dossiers.intake(reference),
    store.dossiers.submission(reference),
    store.dossiers.result(reference),
  ]);
  if (submission === undefined || result === undefined) {
    throw new NotAssessedError('The onboarding has no result to be placed with');
  }
  const parent = await parentOf(store, intake);
  const parentCutover = parent === undefined ? undefined : (parent.cutover ?? 'unbooked');
  const tier = placeableTier(state);
  const demand = demandOf({
    reference,
    tier,
    answers: submission.answers,
    assessment: result.assessment,
    assessedOn: result.assessedOn,
    asOf,
    ...(parentCutover === undefined ? {} : { parentCutover }),
    ...(state.avoid === undefined ? {} : { avoid: state.avoid }),
    ...(state.avoidDates === undefined ? {} : { avoidDates: state.avoidDates }),
  });
  const deadline = firstDeadline(demand);
  const rank = rankOf({
    reference,
    ...(deadline === undefined ? {} : { hardDeadline: deadline.date }),
    requirementLevel: requirementLevels.find((level) => level === state.requirementLevel) ?? 'NOT_REQUIRED',
    tier,
    score: state.score ?? null,
    requestedOn: calendarDateOf(new Date(state.requestedAt)),
  });
  return {
    demand,
    // Those whom the platform itself turned away come before all others.
    rank: `${state.priority === true ? '0' : '1'}|${rank}`,
    inGroup: intake.group !== undefined,
    toFollow: dateToFollow(parent),
  };
}

/** The onboarding that this one must follow in its group; undefined when there is none to wait for. */
export async function parentOf(
  store: Store,
  { parentSiren }: Pick<StoredIntake, 'parentSiren'>,
): Promise<OnboardingState | undefined> {
  const reference = parentSiren === undefined ? undefined : await store.starts.active(parentSiren);
  return reference === undefined ? undefined : (await store.onboardings.now(reference)).state;
}

/**
 * The date of the parent as it stands against one that a member has already. A parent that has not come to its placement
 * says nothing yet; one that looks for a place has no date to come after.
 */
export function dateToFollow(parent: OnboardingState | undefined): CalendarDate | 'unbooked' | undefined {
  if (parent === undefined || parent.cutover !== undefined) return parent?.cutover;
  const sought = parent.stage === 'WAITING_LIST' || parent.reviewKind === 'placement';
  return sought ? 'unbooked' : undefined;
}

interface BookingRequest {
  readonly now: Snapshot;
  readonly wave: Wave;
  readonly demand: Demand;
  readonly status: 'HELD' | 'OFFERED';
  readonly at: Date;
}

/**
 * The writes that put an onboarding in a wave: room taken, booking placed, and whatever it had before given back, so
 * that at no moment it has none or two.
 */
export function bookingWrites({ now, wave, demand, status, at }: BookingRequest): readonly Write[] {
  const { reference } = now.state;
  const days = status === 'HELD' ? placeDays.held : placeDays.offered;
  // Held again in the same wave, it keeps the room it took there, also if its size is reckoned otherwise by now.
  const kept = now.booking?.wave === wave.id ? now.booking : undefined;
  const booking: Booking = {
    wave: wave.id,
    site: wave.site,
    cutover: wave.cutover,
    status,
    points: kept?.points ?? demand.points,
    complex: kept?.complex ?? (demand.complex ? 1 : 0),
    bookedAt: at.toISOString(),
    holdUntil: new Date(at.getTime() + days * day).toISOString(),
  };
  return [...roomMoves(now.booking, booking), bookingWrite(reference, booking, now.booking)];
}

function roomMoves(before: Booking | undefined, after: Booking): readonly Write[] {
  if (before?.wave === after.wave) return [];
  return [
    takeRoom({ site: after.site, id: after.wave, cutover: after.cutover }, amountOf(after)),
    ...(before === undefined ? [] : [giveRoomBack({ site: before.site, id: before.wave }, amountOf(before))]),
  ];
}

/** Puts a booking in place of the one that was read; the guard `booking` fails when it has changed. */
export function bookingWrite(reference: string, booking: Booking, before: Booking | undefined): Write {
  return {
    guards: 'booking',
    item: {
      Put: {
        TableName: '',
        Item: { ...keys.booking(reference), ...booking, ...indexKeys.booked(booking.wave, reference) },
        ...unchanged(before),
      },
    },
  };
}

/**
 * The writes that take a seat in a preparation wave, in place of the one that was read; the guard `preparation` fails
 * when another came between.
 */
export function preparationWrites(
  reference: string,
  wave: Wave,
  at: Date,
  before?: Preparation,
): readonly Write[] {
  const preparation: Preparation = {
    wave: wave.id,
    site: wave.site,
    starts: wave.cutover,
    bookedAt: at.toISOString(),
  };
  return [
    takeRoom(wave, preparationSeat),
    {
      guards: 'preparation',
      item: {
        Put: {
          TableName: '',
          Item: { ...keys.preparation(reference), ...preparation },
          ...unchanged(before),
        },
      },
    },
  ];
}

/** The condition that an item naming a wave is still the one that was read. */
function unchanged(before: { readonly wave: string } | undefined) {
  return before === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'wave = :wave', ExpressionAttributeValues: { ':wave': before.wave } };
}

/**
 * The calendar as it is for an onboarding that is to be placed again: the room it holds is its own, unless it is to
 * leave that wave.
 */
export function calendarFor({ booking }: Snapshot, calendar: readonly Wave[]): readonly Wave[] {
  if (booking === undefined || booking.status === 'TO_MOVE') return calendar;
  return calendar.map((wave) =>
    wave.id === booking.wave ? { ...wave, booked: release(amountOf(booking), wave.booked) } : wave,
  );
}

/**
 * What sends a customer out of a cancelled wave: it keeps the place until another is taken in the same transaction, and
 * comes before others, since the platform said no.
 */
export function outOfCancelledWave(
  { reference, avoid = [] }: OnboardingState,
  booking: Booking,
  who: Actor,
): Pick<Transition, 'set' | 'happening' | 'writes'> {
  return {
    set: { priority: true, avoid: [...avoid, booking.wave] },
    happening: { type: 'WAVE_CANCELLED', who, data: { wave: booking.wave } },
    writes: [bookingWrite(reference, { ...booking, status: 'TO_MOVE', mayStay: false }, booking)],
  };
}

/** Gives back the place in a wave, if there is one. */
export function leaveWave({ state, booking }: Snapshot): readonly Write[] {
  return booking === undefined ? [] : releaseBooking(state.reference, booking);
}
