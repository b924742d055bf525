import { addDays, type CalendarDate, formatDate } from '../calendar-date.ts';
import type { FieldProblem } from '../input/field-problem.ts';
import type { Text } from '../text.ts';
import { hypercareDays } from '../waves/wave.ts';
import { type CutoverResult, cutoverResults, type Stage } from './lifecycle.ts';

/** Most days of hypercare after a cutover, or after the day on which a late one is recorded [policy]. */
export const longestHypercare = 90;

/** What is known of a cutover when something is recorded of it. */
export interface CutoverKnown {
  /** Its day, as booked. */
  readonly cutover: CalendarDate;
  readonly today: CalendarDate;
  /** What was recorded before. */
  readonly recorded?: CutoverResult | undefined;
}

/** What may be recorded on a day: before the cutover it can only be put off. */
export function cutoverResultsOn({ cutover, today }: CutoverKnown): readonly CutoverResult[] {
  return today < cutover ? ['postponed'] : cutoverResults;
}

/** Last day of hypercare unless it is given. One that was put off or undone before takes place when it is recorded. */
export function usualHypercareEnd({ cutover, today, recorded }: CutoverKnown): CalendarDate {
  const again = recorded === 'postponed' || recorded === 'rolled_back';
  return addDays(again ? today : cutover, hypercareDays);
}

const problem = (code: string, message: Text): FieldProblem => ({ field: 'hypercareEnd', code, message });

/** What is wrong with an end of hypercare that was given with a result. */
export function hypercareProblem(
  { cutover, today }: CutoverKnown,
  result: CutoverResult,
  end: CalendarDate,
): FieldProblem | undefined {
  if (result !== 'done') {
    return problem('not_with_this_result', {
      fr: 'Fin de la surveillance : seulement si la bascule est faite ; retirez cette date.',
      en: 'End of hypercare: only when the cutover is done; leave this date out.',
    });
  }
  const last = addDays(today < cutover ? cutover : today, longestHypercare);
  if (cutover <= end && end <= last) return undefined;
  return problem('out_of_bounds', {
    fr: `Fin de la surveillance : donnez un jour du ${formatDate(cutover, 'fr')} (bascule) au ${formatDate(last, 'fr')}.`,
    en: `End of hypercare: give a day from ${formatDate(cutover, 'en')} (cutover) to ${formatDate(last, 'en')}.`,
  });
}

/** True once a wave may end as far as one customer booked in it goes: its cutover is recorded, or it is closed. */
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
