import type { CalendarDate } from '../calendar-date.ts';
import { type ConditionTask, openTasks } from '../classification/condition-tasks.ts';
import { blockingConditions, conditionsAgainstGo } from '../classification/conditions.ts';
import type { ConditionCode } from '../classification/outcomes.ts';
import type { ResultRecord } from './records.ts';

/** A blocking condition that is still open on the day of the cutover. */
export interface BlockingCondition {
  readonly code: ConditionCode;
  /** Whether *go* takes a second person while it is open. */
  readonly againstGo: boolean;
  /** Who has to clear it and by when. */
  readonly task: ConditionTask | undefined;
}

/** The blocking conditions of a result that are still open on the day of a cutover. */
export function openAtCutover(result: ResultRecord, day: CalendarDate): readonly BlockingCondition[] {
  const { assessment, cleared } = result;
  const { conditions } = assessment;
  const against = conditionsAgainstGo(conditions, cleared, day).map(({ code }) => code);
  const tasks = openTasks(result, day);
  return blockingConditions(conditions, cleared, day).map(({ code }) => ({
    code,
    againstGo: against.includes(code),
    task: tasks.find((task) => task.code === code),
  }));
}
