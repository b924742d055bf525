import { addDays, type CalendarDate } from '../calendar-date.ts';
import { hypercareDays, type Wave } from '../waves/wave.ts';
import { isThrough } from './cutover.ts';
import type { OnboardingState } from './state.ts';

/** Least cutovers done, per cent of those recorded [policy, domain.md section 7]. */
const leastDonePercent = 90;

/** What a customer is to the exit criteria of its wave. */
export type ExitStatus =
  /** Its cutover is to be recorded, whether it was handed over or not. */
  | 'to_record'
  | 'done'
  /** Its cutover is done, and its hypercare goes on after the day on which that of the wave ends. */
  | 'hypercare_overdue'
  /** It was handed over in an earlier release and its cutover was not done. */
  | 'failed'
  /** Its cutover did not take place, which the wave has counted: it is about to leave. */
  | 'leaving';

/** How the cutovers of a wave went: numbers of customers. */
export interface CutoverTally {
  readonly toRecord: number;
  readonly done: number;
  readonly failed: number;
  readonly hypercareOverdue: number;
}

type InWave = Pick<OnboardingState, 'stage' | 'cutoverResult' | 'avoid'>;

/** What a customer with a place in a wave is to its exit criteria on a day. */
export function exitStatusOf(
  state: InWave,
  wave: Pick<Wave, 'id' | 'cutover'>,
  today: CalendarDate,
): ExitStatus {
  const { stage, cutoverResult, avoid } = state;
  const failed = cutoverResult === 'rolled_back' || cutoverResult === 'postponed';
  if (!isThrough(state)) return failed && avoid?.includes(wave.id) === true ? 'leaving' : 'to_record';
  if (failed) return 'failed';
  return stage === 'CUT_OVER' && addDays(wave.cutover, hypercareDays) < today ? 'hypercare_overdue' : 'done';
}

/** Adds up those of a wave; those whose cutover was counted as failed before have left it. */
export function tallyOf(
  statuses: readonly ExitStatus[],
  { failedCutovers = 0 }: Pick<Wave, 'failedCutovers'>,
): CutoverTally {
  const count = (status: ExitStatus) => statuses.filter((each) => each === status).length;
  const overdue = count('hypercare_overdue');
  return {
    toRecord: count('to_record'),
    done: count('done') + overdue,
    failed: count('failed') + failedCutovers,
    hypercareOverdue: overdue,
  };
}

/** Which exit criteria of a wave are met. */
export interface ExitCriteria {
  readonly recorded: boolean;
  readonly done: boolean;
  readonly hypercare: boolean;
}

/**
 * The exit criteria of a wave: every cutover is recorded, at least 90 % of them are done, no hypercare goes on after the
 * wave's own. A wave without a cutover has shown nothing, and meets the second one not.
 */
export function exitCriteriaOf({ toRecord, done, failed, hypercareOverdue }: CutoverTally): ExitCriteria {
  return {
    recorded: toRecord === 0,
    done: done > 0 && done * 100 >= (done + failed) * leastDonePercent,
    hypercare: hypercareOverdue === 0,
  };
}

export function meetsAll({ recorded, done, hypercare }: ExitCriteria): boolean {
  return recorded && done && hypercare;
}
