import { addDays, type CalendarDate, calendarDateOf, formatDate } from '../calendar-date.ts';
import type { FieldProblem } from '../input/field-problem.ts';
import type { Text } from '../text.ts';
import { hypercareDays } from '../waves/wave.ts';
import { type CutoverResult, cutoverResults, isHandedOver, type Stage } from './lifecycle.ts';
import type { OnboardingState } from './state.ts';

/** Most days of hypercare after a cutover, or after the day on which a late one is recorded [policy]. */
export const longestHypercare = 90;

/** The facts about a cutover when its result is recorded. */
export interface CutoverKnown {
  /** Its day, as booked. */
  readonly cutover: CalendarDate;
  readonly today: CalendarDate;
  /** The result recorded before. */
  readonly recorded?: CutoverResult | undefined;
}

/** The results that may be recorded on a day: before the cutover it can only be postponed. */
export function cutoverResultsOn({ cutover, today }: CutoverKnown): readonly CutoverResult[] {
  return today < cutover ? ['postponed'] : cutoverResults;
}

/** Default last day of hypercare. A cutover that was postponed or rolled back before counts from the day it is recorded. */
export function usualHypercareEnd({ cutover, today, recorded }: CutoverKnown): CalendarDate {
  const reattempted = recorded === 'postponed' || recorded === 'rolled_back';
  return addDays(reattempted ? today : cutover, hypercareDays);
}

const problem = (code: string, message: Text): FieldProblem => ({ field: 'hypercareEnd', code, message });

/** The error of an end of hypercare that was given with a result. */
export function hypercareProblem(
  { cutover, today }: CutoverKnown,
  result: CutoverResult,
  end: CalendarDate,
): FieldProblem | undefined {
  if (result !== 'done') {
    return problem('not_with_this_result', {
      fr: 'Fin de la surveillance renforcée : possible seulement si la bascule est faite ; retirez cette date.',
      en: 'End of hypercare: only possible once the cutover is done; leave this date out.',
    });
  }
  const last = addDays(today < cutover ? cutover : today, longestHypercare);
  if (cutover <= end && end <= last) return undefined;
  return problem('out_of_bounds', {
    fr: `Fin de la surveillance renforcée : indiquez un jour du ${formatDate(cutover, 'fr')} (bascule) au ${formatDate(last, 'fr')}.`,
    en: `End of hypercare: enter a day from ${formatDate(cutover, 'en')} (cutover) to ${formatDate(last, 'en')}.`,
  });
}

/** True once a booked customer no longer blocks the end of its wave: its cutover is recorded, or it is closed. */
export function isThrough({
  stage,
  cutoverResult,
}: {
  readonly stage: Stage;
  readonly cutoverResult?: string | undefined;
}): boolean {
  return (
    stage === 'CUT_OVER' || stage === 'CLOSED' || (stage === 'HANDED_OVER' && cutoverResult !== undefined)
  );
}

/** True while the hypercare of a customer goes on, its last day included. */
export function isInHypercare(
  { stage, hypercareEnd }: Pick<OnboardingState, 'stage' | 'hypercareEnd'>,
  today: CalendarDate,
): boolean {
  return stage === 'CUT_OVER' && hypercareEnd !== undefined && today <= hypercareEnd;
}

/**
 * The day of a cutover that operators have to record once it is over; undefined where nothing is to be recorded. One that
 * an earlier release recorded as rolled back or postponed, and left there, is to be recorded at once.
 */
export function cutoverToRecord(
  state: Pick<OnboardingState, 'stage' | 'stageSince' | 'cutover' | 'cutoverResult'>,
): CalendarDate | undefined {
  const { stageSince, cutover, cutoverResult } = state;
  if (!isHandedOver(state) || cutoverResult === 'done') return undefined;
  const since = calendarDateOf(new Date(stageSince));
  return cutoverResult === undefined ? (cutover ?? since) : since;
}

/** True while another date is sought for a customer whose cutover did not take place: its answers stay as they are. */
export function seeksAnotherDate({
  stage,
  cutoverResult,
}: Pick<OnboardingState, 'stage' | 'cutoverResult'>): boolean {
  return stage === 'SUBMITTED' && cutoverResult !== undefined;
}
