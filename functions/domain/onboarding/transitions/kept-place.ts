import { calendarDateOf } from '../../calendar-date.ts';
import type { PlatformConfiguration } from '../../platform-configuration.ts';
import { componentsAbove } from '../../waves/capacity.ts';
import { judgeWave } from '../../waves/constraints.ts';
import { roomFrom, smallPoints } from '../../waves/large-customers.ts';
import type { Refusal } from '../../waves/refusal.ts';
import { takesConfirmations, type Wave } from '../../waves/wave.ts';
import { system } from '../actor.ts';
import { gateOf, heldUntil, keptBy, rebook, takesConfirmationsStill } from '../bookings.ts';
import { placeDays } from '../durations.ts';
import type { Effect } from '../effects.ts';
import type { Booking, Snapshot } from '../state.ts';
import type { Placed, Placing } from './placement.ts';

/** The place that was kept while operators reviewed another result, or the customer answered again; if there is one. */
export function placeKept({ state, booking }: Snapshot): Booking | undefined {
  const isKept = booking?.status === 'CONFIRMED' || booking?.status === 'HELD';
  return state.stage === 'SUBMITTED' && isKept ? booking : undefined;
}

/** What the customer may have answered anew beside its size: dates, freezes, services, deadlines, site. */
const againstKeptPlace: readonly Refusal['constraint'][] = ['C3', 'C6', 'C7', 'C9'];

/**
 * Why a place that was kept can no longer be used: its wave or its gate is gone, or the answers in force do not admit it.
 * Undefined while it can.
 */
export function againstStaying(
  booking: Booking,
  placing: Placing,
  { calendar, platform, at }: Standing,
): 'platform' | 'unsuited' | undefined {
  const { wave: id, cutover } = booking;
  const wave = calendar.find((each) => each.id === id);
  if (wave === undefined || !takesConfirmations(wave)) return 'platform';
  if (at >= gateOf(cutover)) return 'platform';
  if (resized(booking, placing, calendar) === undefined) return 'unsuited';
  const refusals = judgeWave(placing.demand, wave, { asOf: calendarDateOf(at), platform });
  return refusals.some(({ constraint }) => againstKeptPlace.includes(constraint)) ? 'unsuited' : undefined;
}

/** A place with the size that the answers in force give it. */
interface Resized {
  readonly booking: Pick<Booking, 'points' | 'complex'>;
  /** Takes the room that is wanted more, or gives back what no longer is. */
  readonly effects: readonly Effect[];
  /** Room was given back. */
  readonly gives: boolean;
}

/**
 * The place of a customer whose answers give it another size: its wave must have the room that is wanted more. Undefined
 * when it has not.
 */
export function resized(
  booking: Booking,
  { demand }: Pick<Placing, 'demand'>,
  calendar: readonly Wave[],
): Resized | undefined {
  const size = { points: demand.points, complex: demand.complex ? 1 : 0 };
  const [points, complex] = [size.points - booking.points, size.complex - booking.complex];
  if (points === 0 && complex === 0) return { booking: size, effects: [], gives: false };
  const { site, wave: id, cutover } = booking;
  const small = smallPoints(size.points) - smallPoints(booking.points);
  if (points <= 0 && complex <= 0) {
    const amount = { customers: 0, points: -points, complex: -complex };
    return {
      booking: size,
      effects: [{ kind: 'give_room_back', wave: { site, id }, amount, small: -small }],
      gives: true,
    };
  }
  const wave = calendar.find((each) => each.id === id);
  const amount = { customers: 0, points, complex };
  if (wave?.state !== 'OPEN' || componentsAbove(amount, roomFrom(wave, size.points)).length > 0) {
    return undefined;
  }
  return {
    booking: size,
    effects: [
      { kind: 'take_room', wave: { site, id, cutover }, amount, small, ...keptBy(wave, size.points) },
    ],
    gives: points < 0 || complex < 0,
  };
}

export interface Standing {
  readonly calendar: readonly Wave[];
  readonly platform: PlatformConfiguration;
  readonly at: Date;
}

/** The onboarding with a place that gives way: another is sought, and the customer has let nothing pass. */
export function givingWay(
  snapshot: Snapshot,
  booking: Booking,
  placing: Placing,
  standing: Standing,
): Snapshot {
  const leftFor = againstStaying(booking, placing, standing);
  return { ...snapshot, booking: { ...booking, status: 'TO_MOVE', mayStay: false, leftFor } };
}

/**
 * Goes on with a place that was kept: a confirmed one stays confirmed, a held one is held for a full time again.
 * Undefined where it can no longer be used.
 */
export function goOnWithPlace(booking: Booking, placing: Placing, standing: Standing): Placed | undefined {
  if (againstStaying(booking, placing, standing) !== undefined) return undefined;
  const { at, calendar } = standing;
  const size = resized(booking, placing, calendar);
  // Room that is no longer wanted is kept: one transaction writes or checks a wave once.
  const grown = size?.effects.some(({ kind }) => kind === 'take_room') === true ? size : undefined;
  const { wave, cutover } = booking;
  const confirmed = booking.status === 'CONFIRMED';
  const holdUntil = heldUntil(cutover, placeDays.held, at);
  return {
    outcome: confirmed ? 'CONFIRMED' : 'HELD',
    change: {
      to: confirmed ? 'WAVE_CONFIRMED' : 'WAVE_HELD',
      set: { wave, cutover, cause: undefined },
      event: { type: 'PLACE_KEPT', actor: system, data: { wave, cutover } },
      messages: [
        { kind: 'mail', template: confirmed ? 'wave_confirmed' : 'wave_held', to: 'customer' },
        // The parent of its group may have moved meanwhile.
        { kind: 'keep_group_order' },
      ],
      effects: [
        rebook(booking, { ...(confirmed ? {} : { holdUntil }), ...grown?.booking }),
        ...(grown?.effects ?? [takesConfirmationsStill(booking)]),
      ],
    },
  };
}
