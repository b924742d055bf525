import type { CalendarDate } from '../calendar-date.ts';
import { blockingDueDates, firstOf, nextDay, openTasks } from '../classification/condition-tasks.ts';
import type { Effect } from './effects.ts';
import type { ResultRecord } from './records.ts';

/** Stores a result, to be found again on the next day on which one of its conditions asks for something. */
export function putResult(result: ResultRecord): Extract<Effect, { kind: 'put_result' }> {
  const lookAgainOn = nextDay(result);
  return { kind: 'put_result', result, ...(lookAgainOn === undefined ? {} : { lookAgainOn }) };
}

/** What lists show of the conditions of a result: the first day that is due, of all and of those that block. */
export function dueInState(result: ResultRecord, today: CalendarDate) {
  const due = openTasks(result, today).flatMap((task) => (task.owner === 'platform' ? [] : [task.due]));
  return { conditionsDue: firstOf(due), blockingDue: firstOf(blockingDueDates(result, today)) };
}
