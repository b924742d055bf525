import { type CalendarDate, calendarDateOf } from '../../calendar-date.ts';
import { CutoverNotYetError, InvalidInputError, NotExpectedNowError, OtherPlaceError } from '../../errors.ts';
import type { FieldProblem } from '../../input/field-problem.ts';
import { waveStates } from '../../waves/wave.ts';
import { type Actor, system } from '../actor.ts';
import { cancelled, countFailed, toMove } from '../bookings.ts';
import type { Change } from '../change.ts';
import { owedForDate } from '../changes-of-date.ts';
import { type CutoverKnown, cutoverResultsOn, hypercareProblem, usualHypercareEnd } from '../cutover.ts';
import { type CutoverResult, isHandedOver, lifecycle } from '../lifecycle.ts';
import type { ResultRecord } from '../records.ts';
import { putResult } from '../result-effects.ts';
import { nextRun } from '../run.ts';
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
  /** True when one of the numbers is no exact one. */
  readonly estimated?: boolean;
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
    // How an earlier cutover went is in the history.
    set: { outcome: 'HANDED_OVER', cutoverResult: undefined },
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
  /** Why it was rolled back or postponed; required then. */
  readonly reason?: string | undefined;
  /** The wave whose cutover is meant; checked when given. */
  readonly wave?: string | undefined;
}

/** The facts about the cutover of an onboarding that is handed over; undefined before. */
export function cutoverKnown(state: OnboardingState, at: Date): CutoverKnown | undefined {
  if (!isHandedOver(state)) return undefined;
  const today = calendarDateOf(at);
  return { cutover: state.cutover ?? today, today, recorded: state.cutoverResult };
}

interface CutoverFacts {
  readonly snapshot: Snapshot;
  /** The result that its conditions are in. */
  readonly assessed?: ResultRecord | undefined;
  /** The clearing of the condition that ends with the cutover; undefined when none is open. */
  readonly clearing?: Change | undefined;
}

const reasonMissing: FieldProblem = {
  field: 'reason',
  code: 'missing',
  message: {
    fr: 'Motif : obligatoire quand la bascule est annulée ou reportée ; écrivez une phrase.',
    en: 'Reason: required when the cutover was rolled back or postponed; write a sentence.',
  },
};

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
 * Records how a cutover went, with what it clears by itself; undefined when the same was recorded before. Another end of
 * hypercare is new. One that was rolled back or postponed leads to another date, also where an earlier release had only
 * recorded it.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the hand-over.
 * @throws OtherPlaceError when another wave is meant than the one it was handed over for.
 * @throws CutoverNotYetError when it is said to be done, or undone, before its day.
 * @throws InvalidInputError when the end of hypercare is out of bounds, or goes with no cutover that is done.
 */
export function recordCutover(
  { snapshot, assessed, clearing }: CutoverFacts,
  cutover: Cutover,
  actor: Actor,
  at: Date,
): Change | undefined {
  const { state } = snapshot;
  refuseClosed(state);
  const known = cutoverKnown(state, at);
  if (known === undefined) {
    if (cutover.result !== 'done' && state.cutoverResult === cutover.result) return undefined;
    throw new NotExpectedNowError(
      { fr: 'Enregistrer la bascule', en: 'Recording the cutover' },
      lifecycle[state.stage].label,
    );
  }
  const { result, hypercareEnd, wave } = cutover;
  if (wave !== undefined && wave !== state.wave) throw new OtherPlaceError();
  if (!cutoverResultsOn(known).includes(result)) throw new CutoverNotYetError(known.cutover);
  const wrong = hypercareEnd === undefined ? undefined : hypercareProblem(known, result, hypercareEnd);
  if (wrong !== undefined) throw new InvalidInputError([wrong]);
  if (result !== 'done') return lookForAnotherDate({ snapshot, assessed }, { ...cutover, result }, actor, at);
  if (isRecorded(state, cutover)) return undefined;
  const end = hypercareEnd ?? usualHypercareEnd(known);
  return {
    to: 'CUT_OVER',
    ...(clearing === undefined ? {} : { precededBy: clearing.event, effects: clearing.effects ?? [] }),
    set: { ...clearing?.set, cutoverResult: result, hypercareEnd: end },
    event: { type: 'CUTOVER_RECORDED', actor, data: { result, hypercareEnd: end } },
  };
}

/**
 * A successor run seeks another date with the answers there are, ahead of others because the platform could not keep this
 * one. The place is given back with the next one; wave and day stay in the history.
 *
 * @throws InvalidInputError without a reason.
 */
function lookForAnotherDate(
  { snapshot: { state, booking }, assessed }: CutoverFacts,
  { result, reason }: Cutover & { readonly result: Exclude<CutoverResult, 'done'> },
  actor: Actor,
  at: Date,
): Change {
  if (reason === undefined) throw new InvalidInputError([reasonMissing]);
  const { wave, cutover } = booking ?? state;
  const place = { wave: wave ?? '', cutover: cutover ?? '' };
  const run = nextRun(state, at.toISOString());
  const lost = { site: booking?.site ?? '', cutover: place.cutover, by: 'cutover_failed' } as const;
  return {
    to: 'SUBMITTED',
    run,
    set: {
      outcome: undefined,
      cutoverResult: result,
      hypercareEnd: undefined,
      ...owedForDate(state),
      avoid: [...new Set([...(state.avoid ?? []), ...(wave === undefined ? [] : [wave])])],
    },
    event: { type: 'CUTOVER_RECORDED', actor, reason, data: { result, ...place } },
    effects: [
      ...(booking === undefined
        ? []
        : [toMove(booking, { mayStay: false, leftFor: 'cutover_failed' }), countFailed(booking)]),
      // No one was reminded of its conditions while it was handed over.
      ...(assessed === undefined ? [] : [putResult(assessed)]),
    ],
    messages: [
      { kind: 'start', run: run.number, resumeAt: 'SCHEDULE_WAVE' },
      { kind: 'mail', template: 'cutover_failed', to: 'customer', lost, ...cancelled(booking) },
      { kind: 'mail', template: 'owner_cutover_failed', to: 'owner', lost },
      { kind: 'event', type: 'OnboardingCutoverFailed', data: { siren: state.siren, ...place, result } },
    ],
  };
}

/** Closes an onboarding whose hypercare is over; undefined before. */
export function endHypercare(snapshot: Snapshot, at: Date): Change | undefined {
  const { stage, hypercareEnd } = snapshot.state;
  if (stage !== 'CUT_OVER' || hypercareEnd === undefined) return undefined;
  if (hypercareEnd >= calendarDateOf(at)) return undefined;
  return close(snapshot, 'HANDED_OVER', { type: 'HYPERCARE_ENDED', actor: system });
}
