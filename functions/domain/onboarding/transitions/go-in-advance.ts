import { calendarDateOf } from '../../calendar-date.ts';
import { conditionsAgainstGo } from '../../classification/conditions.ts';
import {
  AlreadyDecidedError,
  DecisionRefusedError,
  GoTooEarlyError,
  NotExpectedNowError,
} from '../../errors.ts';
import { goRecordableFrom } from '../../waves/wave.ts';
import { type Actor, system } from '../actor.ts';
import { type Change, stateAfter } from '../change.ts';
import { isHeldBack } from '../group-moves.ts';
import { hasConfirmedWave, lifecycle } from '../lifecycle.ts';
import type { Booking, GoInAdvance, GoLapse, Snapshot } from '../state.ts';
import { isDecided } from '../waits.ts';
import { bookingAfter } from './approval-lapse.ts';

/** The *go* recorded in advance that the gate applies; undefined once it has lapsed. */
export function recordedGo({ state, booking }: Pick<Snapshot, 'state' | 'booking'>): GoInAdvance | undefined {
  const { goInAdvance: recorded } = state;
  if (recorded === undefined || recorded.lapsed !== undefined) return undefined;
  return isFor(recorded, booking) ? recorded : undefined;
}

function isFor({ wave, cutover }: GoInAdvance, booking: Booking | undefined): boolean {
  return booking?.status === 'CONFIRMED' && booking.wave === wave && booking.cutover === cutover;
}

/** True while a *go* may be recorded before the gate opens, or taken back: from the gate a week before the cutover. */
export function isOpenInAdvance({ state, wait, booking }: Snapshot, at: Date): boolean {
  if (state.stage !== 'WAVE_CONFIRMED' || booking === undefined || isDecided(state, wait)) return false;
  return goRecordableFrom(booking.cutover) <= calendarDateOf(at);
}

/** What is refused while it is not expected. */
export const decidingCutover = { fr: 'Décider de la bascule', en: 'Deciding the cutover' };

/**
 * Checks that a decision may be taken before the gate opens.
 *
 * @throws AlreadyDecidedError
 * @throws NotExpectedNowError for any other decision than a *go* or taking it back.
 * @throws GoTooEarlyError
 */
export function checkInAdvance(snapshot: Snapshot, decision: string, at: Date): void {
  const { state, wait, booking } = snapshot;
  if (isDecided(state, wait)) throw new AlreadyDecidedError();
  if (booking === undefined || decision === 'no_go') {
    throw new NotExpectedNowError(decidingCutover, lifecycle[state.stage].label);
  }
  if (!isOpenInAdvance(snapshot, at)) throw new GoTooEarlyError(goRecordableFrom(booking.cutover));
}

/** An operator's decision, with the open blocking conditions, and the missing contract, that it goes against. */
interface Recording {
  readonly actor: Actor;
  readonly reason: string;
  readonly conditions: readonly string[];
  readonly contractMissing: boolean;
}

/** How often a *go* was recorded in advance or taken back. */
export function goChangesOf({ goChanges = 0 }: Pick<Snapshot['state'], 'goChanges'>): number {
  return goChanges;
}

/** Records a *go* for the gate to apply on its day. */
export function recordGo(
  { state }: Pick<Snapshot, 'state'>,
  booking: Booking,
  { actor, reason, ...against }: Recording,
  at: Date,
): Change {
  const { wave, cutover } = booking;
  const { conditions } = against;
  const without = against.contractMissing ? ({ contractMissing: true } as const) : {};
  return {
    set: {
      goInAdvance: { wave, cutover, by: actor, at: at.toISOString(), conditions, ...without },
      goChanges: goChangesOf(state) + 1,
    },
    event: {
      type: 'GO_RECORDED',
      actor,
      reason,
      data: { wave, cutover, ...(conditions.length === 0 ? {} : { conditions }), ...without },
    },
  };
}

/** Takes a recorded *go* back: the gate opens for a decision, as any other. @throws DecisionRefusedError without one. */
export function takeGoBack(
  snapshot: Snapshot,
  { actor, reason }: Pick<Recording, 'actor' | 'reason'>,
): Change {
  const recorded = recordedGo(snapshot);
  if (recorded === undefined) {
    throw new DecisionRefusedError({
      fr: 'Aucun « go » n’est enregistré à l’avance pour cette bascule : il n’y a rien à retirer.',
      en: 'No go is recorded in advance for this cutover: there is nothing to take back.',
    });
  }
  return {
    set: { goInAdvance: undefined, goChanges: goChangesOf(snapshot.state) + 1 },
    event: { type: 'GO_TAKEN_BACK', actor, reason, data: { wave: recorded.wave } },
  };
}

/** A recorded *go* that no longer holds when its gate opens: operators decide as if there had been none. */
export function lapseAtGate(recorded: GoInAdvance, lapse: GoLapse): Change {
  return {
    set: { goInAdvance: { ...recorded, lapsed: lapse } },
    event: { type: 'GO_LAPSED', actor: system, data: { wave: recorded.wave, lapse } },
    messages: [{ kind: 'mail', template: 'review_requested', to: 'operators' }],
  };
}

/** What a change does to a recorded *go*; undefined when it still holds. */
function lapseBy(snapshot: Snapshot, recorded: GoInAdvance, change: Change, at: Date): GoLapse | undefined {
  const { effects = [] } = change;
  const after = stateAfter(snapshot.state, change, at);
  if (!isFor(recorded, bookingAfter(snapshot.booking, effects))) return 'place';
  if (!hasConfirmedWave(after)) return 'review';
  if (isHeldBack(after)) return 'parent';
  const known = new Set(recorded.conditions);
  const opens = effects.some(
    (effect) =>
      effect.kind === 'put_result' &&
      conditionsAgainstGo(effect.result.assessment.conditions, effect.result.cleared, recorded.cutover).some(
        ({ code }) => !known.has(code),
      ),
  );
  return opens ? 'condition' : undefined;
}

/**
 * The change with the end of a *go* recorded in advance whose facts it changes: in the same transaction, so that the gate
 * never applies what no longer holds. It stays on the list of operators as lapsed until it is decided or placed anew.
 */
export function withGoLapse(snapshot: Snapshot, change: Change, at: Date): Change {
  const { goInAdvance: recorded } = snapshot.state;
  const settles = change.set !== undefined && 'goInAdvance' in change.set;
  if (recorded === undefined || settles) return change;
  const lapse = lapseBy(snapshot, recorded, change, at);
  if (lapse === undefined) return change;
  const left = lapse === 'place' ? undefined : { ...recorded, lapsed: recorded.lapsed ?? lapse };
  const set = { ...change.set, goInAdvance: left };
  if (recorded.lapsed !== undefined) return { ...change, set };
  return {
    ...change,
    set,
    precededBy: { type: 'GO_LAPSED', actor: system, data: { wave: recorded.wave, lapse } },
  };
}
