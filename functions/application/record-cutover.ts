import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { CutoverNotYetError, InvalidInputError, NotExpectedNowError } from '../domain/errors.ts';
import {
  type CutoverKnown,
  cutoverResultsOn,
  hypercareProblem,
  usualHypercareEnd,
} from '../domain/onboarding/cutover.ts';
import { type CutoverResult, lifecycle } from '../domain/onboarding/lifecycle.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { closing, refuseClosed } from '../store/decisions.ts';
import { type Actor, system } from '../store/onboardings.ts';
import type { CommandDependencies } from './dependencies.ts';

/** How the cutover went, as operators record it after the hand-over. */
export interface Cutover {
  readonly result: CutoverResult;
  /** Last day of hypercare; a week after the cutover unless given. */
  readonly hypercareEnd?: CalendarDate;
}

/** What is known of the cutover of an onboarding that is handed over, or undefined before. */
export function cutoverKnown(
  { stage, cutover, cutoverResult }: OnboardingState,
  at: Date,
): CutoverKnown | undefined {
  if (stage !== 'HANDED_OVER' && stage !== 'CUT_OVER') return undefined;
  const today = calendarDateOf(at);
  return { cutover: cutover ?? today, today, recorded: cutoverResult };
}

/** The same was recorded before: nothing is new. */
function isKnown({ cutoverResult, hypercareEnd }: OnboardingState, { result, ...given }: Cutover): boolean {
  return (
    cutoverResult === result && (given.hypercareEnd === undefined || given.hypercareEnd === hypercareEnd)
  );
}

/**
 * Records how a cutover went. The same again changes nothing; another end of hypercare does.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the hand-over.
 * @throws CutoverNotYetError when it is said to be done, or undone, before its day.
 * @throws InvalidInputError when the end of hypercare is out of bounds, or goes with no cutover that is done.
 */
export async function recordCutover(
  { store, clock }: CommandDependencies,
  reference: string,
  cutover: Cutover,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async ({ state }) => {
    refuseClosed(state);
    const known = cutoverKnown(state, clock.now());
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
    if (isKnown(state, cutover)) return { result: undefined };
    const done = result === 'done';
    const end = hypercareEnd ?? usualHypercareEnd(known);
    return {
      result: undefined,
      transition: {
        to: done ? 'CUT_OVER' : 'HANDED_OVER',
        set: { cutoverResult: result, hypercareEnd: done ? end : undefined },
        happening: {
          type: 'CUTOVER_RECORDED',
          who,
          data: { result, ...(done ? { hypercareEnd: end } : {}) },
        },
      },
    };
  });
}

/** Closes an onboarding whose hypercare is over; does nothing before. */
export async function endHypercare(
  { store, clock }: CommandDependencies,
  reference: string,
): Promise<boolean> {
  return store.onboardings.change<boolean>(reference, async (now) => {
    const { stage, hypercareEnd } = now.state;
    if (stage !== 'CUT_OVER' || hypercareEnd === undefined) return { result: false };
    if (hypercareEnd >= calendarDateOf(clock.now())) return { result: false };
    return {
      result: true,
      transition: closing(now, 'HANDED_OVER', { type: 'HYPERCARE_ENDED', who: system }),
    };
  });
}
