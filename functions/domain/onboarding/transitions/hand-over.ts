import { type CalendarDate, calendarDateOf } from '../../calendar-date.ts';
import { CutoverNotYetError, InvalidInputError, NotExpectedNowError } from '../../errors.ts';
import { waveStates } from '../../waves/wave.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import { type CutoverKnown, cutoverResultsOn, hypercareProblem, usualHypercareEnd } from '../cutover.ts';
import { type CutoverResult, isHandedOver, lifecycle } from '../lifecycle.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';
import { close } from './close.ts';

/** The size of a customer for the platform. */
export interface Sizing {
  readonly services?: readonly string[];
  readonly users?: number;
  readonly servers?: number;
  readonly points?: number;
  readonly complex?: boolean;
}

/** Hands the customer over to the tenant team: the event carries ids and sizing, nothing else. */
export function handOver({ state, booking }: Snapshot, sizing: Sizing): Change {
  const data = {
    siren: state.siren,
    wave: booking?.wave ?? '',
    site: booking?.site ?? '',
    cutover: booking?.cutover ?? '',
    ...sizing,
  };
  return {
    to: 'HANDED_OVER',
    set: { outcome: 'HANDED_OVER' },
    event: { type: 'HANDED_OVER', actor: system, data },
    messages: [{ kind: 'event', type: 'OnboardingHandedOver', data }],
    effects:
      booking === undefined
        ? []
        : [
            {
              kind: 'require_wave',
              wave: { site: booking.site, id: booking.wave },
              states: waveStates.filter((each) => each !== 'CANCELLED'),
            },
          ],
  };
}

/** How the cutover went, as operators record it after the hand-over. */
export interface Cutover {
  readonly result: CutoverResult;
  /** Last day of hypercare; a week after the cutover unless given. */
  readonly hypercareEnd?: CalendarDate;
}

/** The facts about the cutover of an onboarding that is handed over; undefined before. */
export function cutoverKnown(state: OnboardingState, at: Date): CutoverKnown | undefined {
  if (!isHandedOver(state)) return undefined;
  const today = calendarDateOf(at);
  return { cutover: state.cutover ?? today, today, recorded: state.cutoverResult };
}

/** True if the same result was recorded before. */
function isRecorded(
  { cutoverResult, hypercareEnd }: OnboardingState,
  { result, ...given }: Cutover,
): boolean {
  return (
    cutoverResult === result && (given.hypercareEnd === undefined || given.hypercareEnd === hypercareEnd)
  );
}

/**
 * Records how a cutover went; undefined when the same was recorded before. Another end of hypercare is new.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the hand-over.
 * @throws CutoverNotYetError when it is said to be done, or undone, before its day.
 * @throws InvalidInputError when the end of hypercare is out of bounds, or goes with no cutover that is done.
 */
export function recordCutover(
  state: OnboardingState,
  cutover: Cutover,
  actor: Actor,
  at: Date,
): Change | undefined {
  refuseClosed(state);
  const known = cutoverKnown(state, at);
  if (known === undefined) {
    throw new NotExpectedNowError(
      { fr: 'Enregistrer la bascule', en: 'Recording the cutover' },
      lifecycle[state.stage].label,
    );
  }
  const { result, hypercareEnd } = cutover;
  if (!cutoverResultsOn(known).includes(result)) throw new CutoverNotYetError(known.cutover);
  const wrong = hypercareEnd === undefined ? undefined : hypercareProblem(known, result, hypercareEnd);
  if (wrong !== undefined) throw new InvalidInputError([wrong]);
  if (isRecorded(state, cutover)) return undefined;
  const end = result === 'done' ? (hypercareEnd ?? usualHypercareEnd(known)) : undefined;
  return {
    to: result === 'done' ? 'CUT_OVER' : 'HANDED_OVER',
    set: { cutoverResult: result, hypercareEnd: end },
    event: {
      type: 'CUTOVER_RECORDED',
      actor,
      data: { result, ...(end === undefined ? {} : { hypercareEnd: end }) },
    },
  };
}

/** Closes an onboarding whose hypercare is over; undefined before. */
export function endHypercare(snapshot: Snapshot, at: Date): Change | undefined {
  const { stage, hypercareEnd } = snapshot.state;
  if (stage !== 'CUT_OVER' || hypercareEnd === undefined) return undefined;
  if (hypercareEnd >= calendarDateOf(at)) return undefined;
  return close(snapshot, 'HANDED_OVER', { type: 'HYPERCARE_ENDED', actor: system });
}
