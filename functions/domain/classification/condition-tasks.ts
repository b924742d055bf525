import { addDays, type CalendarDate } from '../calendar-date.ts';
import { workingDayOnOrBefore } from '../working-days.ts';
import { blockingConditions, type DueCondition, dueDates, openConditions } from './conditions.ts';
import type { Condition, ConditionCode } from './outcomes.ts';

/** Days before a condition is due on which its owner is reminded; the day itself is the last. */
const reminderDays = [14, 7, 0] as const;

/** A condition to clear, with its owner and its date. */
export interface ConditionTask extends DueCondition {
  readonly moved?: ConditionDates['moved'];
}

/** What is known of the due date of a condition besides its default. */
export interface ConditionDates {
  /** Calendar day from which the days to clear it count. */
  readonly raisedOn: CalendarDate;
  /** Calendar day up to which its reminders are sent, or were not due. */
  readonly remindedUpTo: CalendarDate;
  /** Its due date as an operator has moved it last. */
  readonly moved?:
    | {
        readonly from: CalendarDate;
        readonly to: CalendarDate;
        readonly reason: string;
        readonly on: CalendarDate;
      }
    | undefined;
}
export type DatesByCondition = Readonly<Partial<Record<ConditionCode, ConditionDates>>>;

/** A result with the dates of its conditions. */
interface DatedResult {
  readonly assessment: { readonly conditions: readonly Condition[]; readonly ruleSetVersion: string };
  readonly assessedOn: CalendarDate;
  /** Day on which the register was asked last, and could not answer. */
  readonly askedOn?: CalendarDate | undefined;
  readonly dates?: DatesByCondition | undefined;
}

function datesOf({ assessedOn, dates }: Pick<DatedResult, 'assessedOn' | 'dates'>, code: ConditionCode) {
  return dates?.[code] ?? { raisedOn: assessedOn, remindedUpTo: assessedOn };
}

function tasksFor(result: DatedResult, conditions: readonly Condition[]): readonly ConditionTask[] {
  return conditions.flatMap((condition) => {
    const { raisedOn, moved } = datesOf(result, condition.code);
    return dueDates([condition], raisedOn).map((task) =>
      moved === undefined ? task : { ...task, due: moved.to, moved },
    );
  });
}

/** By when, and by whom, each condition of a result is to be cleared, those that are cleared included. */
export function conditionTasks(result: DatedResult): readonly ConditionTask[] {
  return tasksFor(result, result.assessment.conditions);
}

/** Those that are still to be cleared on a day. */
export function openTasks(result: DatedResult, today: CalendarDate): readonly ConditionTask[] {
  return tasksFor(result, openConditions(result.assessment.conditions, [], today));
}

/** The due dates of the conditions that block, for the placement; a service that opens later is covered by its opening. */
export function blockingDueDates(result: DatedResult, today: CalendarDate): readonly CalendarDate[] {
  const { conditions, ruleSetVersion } = result.assessment;
  return tasksFor(result, blockingConditions(conditions, [], today, ruleSetVersion))
    .filter(({ owner }) => owner !== 'platform')
    .map(({ due }) => due);
}

/** True once a task is overdue: its own day is still in time. */
export function isOverdue(
  { due, owner }: Pick<ConditionTask, 'due' | 'owner'>,
  today: CalendarDate,
): boolean {
  return owner !== 'platform' && due < today;
}

/**
 * The dates after another assessment: a condition that was open before keeps the day on which it was raised, so that
 * answering again does not start its days again.
 */
export function datesAfter(
  before: DatedResult | undefined,
  { conditions }: Pick<DatedResult['assessment'], 'conditions'>,
  today: CalendarDate,
): DatesByCondition {
  const known = before?.assessment.conditions.map(({ code }) => code) ?? [];
  return Object.fromEntries(
    conditions.map(({ code }) => [
      code,
      before !== undefined && known.includes(code)
        ? datesOf(before, code)
        : { raisedOn: today, remindedUpTo: today },
    ]),
  );
}

export function firstOf(days: readonly CalendarDate[]): CalendarDate | undefined {
  return days.toSorted()[0];
}

/** The days on which the owner of a condition is reminded and was not yet: working days, never after those they stand for. */
function remindersOf({ due, owner, code }: ConditionTask, result: DatedResult): readonly CalendarDate[] {
  if (owner === 'platform') return [];
  const { remindedUpTo } = datesOf(result, code);
  const days = reminderDays.map((before) => workingDayOnOrBefore(addDays(due, -before)));
  return days.filter((day) => day > remindedUpTo);
}

/** The open conditions whose reminder is due. One that is late stands for those before it. */
export function remindersDue(result: DatedResult, today: CalendarDate): readonly ConditionTask[] {
  return openTasks(result, today).filter((task) =>
    remindersOf(task, result).some((reminder) => reminder <= today),
  );
}

/** The result once the reminders up to a day are sent. */
export function reminded<Result extends DatedResult>(
  result: Result,
  codes: readonly ConditionCode[],
  today: CalendarDate,
) {
  const sent = codes.map((code) => [code, { ...datesOf(result, code), remindedUpTo: today }]);
  return { ...result, dates: { ...result.dates, ...Object.fromEntries(sent) } };
}

/** True once a service that was missing has opened, and the condition it raised is still on record as open. */
export function hasOpened(result: DatedResult, today: CalendarDate): boolean {
  return result.assessment.conditions.some(
    (condition) =>
      condition.code === 'SERVICE_NOT_YET_AVAILABLE' && condition.cleared !== true && condition.date <= today,
  );
}

/** The next day on which the register is asked again: once a day, as long as it has not answered. */
function registryDay({ assessment, assessedOn, askedOn = assessedOn }: DatedResult): readonly CalendarDate[] {
  const waits = assessment.conditions.some(
    ({ code, cleared }) => code === 'REGISTRY_UNVERIFIED' && cleared !== true,
  );
  return waits ? [addDays(askedOn, 1)] : [];
}

/** True when the register has not answered yet, and is to be asked again. */
export function asksRegistry(result: DatedResult, today: CalendarDate): boolean {
  return registryDay(result).some((day) => day <= today);
}

/** The next day on which a reminder is due, a service opens or the register is asked; undefined when nothing is left. */
export function nextDay(result: DatedResult): CalendarDate | undefined {
  const open = result.assessment.conditions.filter(({ cleared }) => cleared !== true);
  return firstOf([
    ...tasksFor(result, open).flatMap((task) =>
      task.owner === 'platform' ? [task.due] : remindersOf(task, result),
    ),
    ...registryDay(result),
  ]);
}
