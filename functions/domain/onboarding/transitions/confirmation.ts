import {
  DecisionRefusedError,
  HoldExpiredError,
  NotExpectedNowError,
  OtherPlaceError,
} from '../../errors.ts';
import { type Actor, system } from '../actor.ts';
import { noOtherDate } from '../another-date.ts';
import { holdIsOver, toMove } from '../bookings.ts';
import type { Change } from '../change.ts';
import { mayAskForAnotherDate } from '../changes-of-date.ts';
import { lifecycle } from '../lifecycle.ts';
import type { Booking, Snapshot } from '../state.ts';
import { decideWait, type WaitChange } from '../waits.ts';
import { type ConfirmedPlace, confirmPlace } from './offers.ts';

export const waveDecisions = ['confirm', 'another_date', 'decline'] as const;
export type WaveDecision = (typeof waveDecisions)[number];

/** The place that an answer is about, as far as its sender says. */
export interface MeantPlace {
  readonly wave?: string | undefined;
  /** Version of the onboarding at which the place was held. */
  readonly heldAt?: number | undefined;
}

/** @throws OtherPlaceError when another place is held or offered by now. */
export function refuseOtherPlace(
  { state }: Pick<Snapshot, 'state'>,
  { wave }: Pick<Booking, 'wave'>,
  meant: MeantPlace,
): void {
  const isOther = meant.wave !== undefined && meant.wave !== wave;
  if (isOther || (meant.heldAt !== undefined && meant.heldAt !== state.episode)) throw new OtherPlaceError();
}

const outcomes = { confirm: 'CONFIRMED', another_date: 'ANOTHER_DATE', decline: 'DECLINED' } as const;

/** Ends the wait of a run that took over later than the hold lasts; undefined while it lasts. */
export function expireHold({ booking }: Snapshot, at: Date): WaitChange | undefined {
  if (booking === undefined || !holdIsOver(booking, at)) return undefined;
  return { decision: 'EXPIRED', event: { type: 'HOLD_EXPIRED', actor: system } };
}

/**
 * The place that the customer is asked about, with the wait that its answer decides.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, HoldExpiredError
 */
export function heldPlace(snapshot: Snapshot, decision: WaveDecision, at: Date) {
  const answering = { fr: 'Répondre pour cette vague', en: 'Answering for this wave' };
  const wait = decideWait(snapshot, ['confirmation'], answering, outcomes[decision], at);
  const { state, booking } = snapshot;
  if (booking?.status !== 'HELD') {
    throw new NotExpectedNowError(
      { fr: 'Confirmer une vague', en: 'Confirming a wave' },
      lifecycle[state.stage].label,
    );
  }
  if (holdIsOver(booking, at)) throw new HoldExpiredError();
  return { wait, booking };
}

/** The part of a change that all answers about a wave share: each completes the token of the wait. */
function answered(
  snapshot: Snapshot,
  decision: WaveDecision,
  at: Date,
): { booking: Booking; common: Pick<Change, 'wait' | 'messages'> } {
  const { wait, booking } = heldPlace(snapshot, decision, at);
  return { booking, common: { wait, messages: [{ kind: 'wake' }] } };
}

/** @throws WaveNotOpenError when it is confirmed too late for its wave; see `heldPlace` for the others. */
export function confirmWave(snapshot: Snapshot, place: ConfirmedPlace, actor: Actor, at: Date): Change {
  const { booking, common } = answered(snapshot, 'confirm', at);
  return {
    ...common,
    to: 'WAVE_CONFIRMED',
    event: { type: 'WAVE_CONFIRMED', actor, data: { wave: booking.wave } },
    messages: [
      { kind: 'mail', template: 'wave_confirmed', to: 'customer' },
      { kind: 'mail', template: 'owner_booked', to: 'owner' },
      { kind: 'wake' },
    ],
    effects: confirmPlace(snapshot, booking, place),
  };
}

/** @throws DecisionRefusedError when another date was asked for too often; see `heldPlace` for the others. */
export function askForAnotherDate(snapshot: Snapshot, actor: Actor, at: Date): Change {
  const { booking, common } = answered(snapshot, 'another_date', at);
  const { anotherDates, avoidDates = [] } = snapshot.state;
  if (!mayAskForAnotherDate(snapshot.state)) throw new DecisionRefusedError(noOtherDate);
  return {
    ...common,
    set: { anotherDates: anotherDates + 1, avoidDates: [...avoidDates, booking.cutover] },
    event: { type: 'ANOTHER_DATE_ASKED', actor, data: { wave: booking.wave } },
    effects: [toMove(booking, { mayStay: true })],
  };
}

/** The customer declines the wave and every other: see `heldPlace` for the errors. */
export function declineWave(snapshot: Snapshot, actor: Actor, at: Date): Change {
  const { booking, common } = answered(snapshot, 'decline', at);
  return {
    ...common,
    set: { cause: 'DECLINED_WAVE' },
    event: { type: 'WAVE_DECLINED', actor, data: { wave: booking.wave } },
  };
}
