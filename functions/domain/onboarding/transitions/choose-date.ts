import { calendarDateOf } from '../../calendar-date.ts';
import {
  AlreadyDecidedError,
  ConcurrentChangeError,
  DecisionRefusedError,
  HoldExpiredError,
  NotExpectedNowError,
} from '../../errors.ts';
import type { Demand } from '../../waves/demand.ts';
import type { Wave } from '../../waves/wave.ts';
import type { Actor } from '../actor.ts';
import { awaitsChoice, choiceRefusal, choosableIn } from '../another-date.ts';
import { holdIsOver, leaveList, leaveSeat, takePlace } from '../bookings.ts';
import type { Change } from '../change.ts';
import { isSentToReview, lifecycle, type Stage, type WaitKind } from '../lifecycle.ts';
import type { Snapshot } from '../state.ts';
import { decideWait, isDecided, isRunBehind, refuseClosed } from '../waits.ts';

const choosing = { fr: 'Choisir une date', en: 'Choosing a date' };

/**
 * The wait that a choice ends, with the outcome that its run knows. A confirmed customer goes on waiting for the
 * go/no-go, of its new date.
 */
const endedBy: Readonly<Partial<Record<Stage, { readonly wait: WaitKind; readonly outcome: string }>>> = {
  WAITING_LIST: { wait: 'slot', outcome: 'ACCEPTED' },
  WAVE_HELD: { wait: 'confirmation', outcome: 'CONFIRMED' },
};

/**
 * Checks that a customer may choose a date now.
 *
 * @throws OnboardingClosedError, AlreadyDecidedError, HoldExpiredError
 * @throws NotExpectedNowError in a stage in which no date is chosen.
 * @throws DecisionRefusedError when it has changed its date too often, or gives up a cutover that is near.
 */
export function checkChoice(snapshot: Snapshot, at: Date): void {
  const { state, wait, booking } = snapshot;
  refuseClosed(state);
  if (!choosableIn.has(state.stage)) throw new NotExpectedNowError(choosing, lifecycle[state.stage].label);
  if (isDecided(state, wait) || isSentToReview(state)) throw new AlreadyDecidedError();
  if (isRunBehind(snapshot)) throw new ConcurrentChangeError();
  if (booking !== undefined && holdIsOver(booking, at)) throw new HoldExpiredError();
  if (!awaitsChoice(snapshot, at)) throw new NotExpectedNowError(choosing, lifecycle[state.stage].label);
  const refusal = choiceRefusal(snapshot, calendarDateOf(at));
  if (refusal !== undefined) throw new DecisionRefusedError(refusal);
}

/** An admissible date. */
interface ChosenDate {
  readonly wave: Wave;
  readonly demand: Demand;
  /** A customer that is ready needs its seat in a preparation wave no more. */
  readonly givesSeatBack: boolean;
}

/**
 * The customer chooses another date: it leaves the place that it has, if any, and is confirmed in the chosen wave, in one
 * change. See `checkChoice` for the errors.
 */
export function chooseDate(
  snapshot: Snapshot,
  { wave, demand, givesSeatBack }: ChosenDate,
  actor: Actor,
  at: Date,
): Change {
  checkChoice(snapshot, at);
  const { state, booking } = snapshot;
  const ended = endedBy[state.stage];
  const dates = { wave: wave.id, cutover: wave.cutover };
  return {
    to: 'WAVE_CONFIRMED',
    set: {
      ...dates,
      anotherDates: state.anotherDates + 1,
      cause: undefined,
      letPass: undefined,
      missedGate: undefined,
      priority: undefined,
    },
    ...(ended === undefined ? {} : { wait: decideWait(snapshot, [ended.wait], choosing, ended.outcome, at) }),
    event: {
      type: 'DATE_CHOSEN',
      actor,
      data: { ...dates, ...(booking === undefined ? {} : { instead: booking.wave }) },
    },
    messages: [
      { kind: 'mail', template: 'wave_confirmed', to: 'customer' },
      { kind: 'mail', template: 'owner_booked', to: 'owner' },
      { kind: 'event', type: 'OnboardingBooked', data: dates },
      ...(booking === undefined ? [] : [{ kind: 'offer_places' } as const]),
      // Its members may be before it now; its own parent may have moved since the date was read.
      { kind: 'keep_group_order' },
      ...(ended === undefined ? [] : [{ kind: 'wake' } as const]),
    ],
    effects: [
      ...takePlace(snapshot, { wave, demand, status: 'CONFIRMED' }, at),
      ...leaveList(snapshot),
      ...(givesSeatBack ? leaveSeat(snapshot) : []),
    ],
  };
}
