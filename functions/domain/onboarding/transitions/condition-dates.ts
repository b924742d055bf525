import type { CalendarDate } from '../../calendar-date.ts';
import { conditionTasks, reminded, remindersDue } from '../../classification/condition-tasks.ts';
import type { ConditionCode } from '../../classification/outcomes.ts';
import { DecisionRefusedError, InvalidInputError } from '../../errors.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import { isInWorkflow } from '../lifecycle.ts';
import type { ResultRecord } from '../records.ts';
import { dueInState, putResult } from '../result-effects.ts';
import type { Snapshot } from '../state.ts';
import { isCurrent } from './assessment.ts';
import type { OpenCondition } from './conditions.ts';

/** A due date as an operator moves it. */
export interface DueDateMove {
  readonly due: CalendarDate;
  readonly reason: string;
}

/**
 * An operator moves the due date of a condition; the customer is sent the old date, the new one and why. Undefined when
 * it is due on that day already.
 *
 * @throws DecisionRefusedError for a condition that clears itself on its day.
 * @throws InvalidInputError for a day in the past.
 */
export function moveDueDate(
  { condition: { code }, result }: OpenCondition,
  { due, reason }: DueDateMove,
  actor: Actor,
  today: CalendarDate,
): Change | undefined {
  const task = conditionTasks(result).find((each) => each.code === code);
  if (task === undefined || task.owner === 'platform') {
    throw new DecisionRefusedError({
      fr: 'Cette condition se lève d’elle-même à sa date : elle ne se déplace pas.',
      en: 'This condition clears itself on its date, which cannot be moved.',
    });
  }
  if (task.due === due) return undefined;
  if (due < today) {
    const message = {
      fr: 'Échéance : cette date est passée ; indiquez aujourd’hui ou un jour à venir.',
      en: 'Due date: this date has passed; enter today or a future day.',
    };
    throw new InvalidInputError([{ field: 'due', code: 'in_the_past', message }]);
  }
  const known = result.dates?.[code] ?? { raisedOn: result.assessedOn, remindedUpTo: today };
  const dates = {
    ...known,
    remindedUpTo: today,
    moved: { from: task.due, to: due, reason, on: today },
  };
  const moved = { ...result, dates: { ...result.dates, [code]: dates } };
  return {
    set: dueInState(moved, today),
    event: {
      type: 'CONDITION_DUE_MOVED',
      actor,
      reason,
      data: { condition: code, from: task.due, to: due },
    },
    messages: [{ kind: 'mail', template: 'condition_due_moved', to: 'customer', conditions: [code] }],
    effects: [putResult(moved)],
  };
}

/**
 * Reminds the owners of conditions whose day has come: through the contact until they have a link of their own, and the
 * account owner for what is for sales. Undefined when nothing is due; the reminder that is sent is on record with it.
 */
export function remindOfConditions(
  { state }: Snapshot,
  result: ResultRecord,
  today: CalendarDate,
): Change | undefined {
  if (!isInWorkflow(state) || !isCurrent(result, state)) return undefined;
  const due = remindersDue(result, today);
  if (due.length === 0) return undefined;
  const codesOf = (tasks: typeof due): readonly ConditionCode[] => [
    ...new Set(tasks.map(({ code }) => code)),
  ];
  const codes = codesOf(due);
  const ofSales = codesOf(due.filter(({ owner }) => owner === 'sales'));
  const ofCustomer = codesOf(due.filter(({ owner }) => owner !== 'sales'));
  const sent = reminded(result, codes, today);
  return {
    set: dueInState(sent, today),
    event: { type: 'CONDITION_REMINDED', actor: system, data: { conditions: codes } },
    messages: [
      ...(ofCustomer.length === 0
        ? []
        : [
            { kind: 'mail', template: 'condition_reminder', to: 'customer', conditions: ofCustomer } as const,
          ]),
      ...(ofSales.length === 0
        ? []
        : [{ kind: 'mail', template: 'owner_condition_due', to: 'owner', conditions: ofSales } as const]),
    ],
    effects: [{ ...putResult(sent), reminded: true }],
  };
}
