import { type CalendarDate, calendarDateOf } from '../../calendar-date.ts';
import {
  type ConditionTask,
  conditionTasks,
  isOverdue,
  reminded,
  remindersDue,
} from '../../classification/condition-tasks.ts';
import type { ConditionCode } from '../../classification/outcomes.ts';
import { DecisionRefusedError, InvalidInputError } from '../../errors.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import type { Effect } from '../effects.ts';
import { isInWorkflow } from '../lifecycle.ts';
import type { Message } from '../messages.ts';
import { isActive, may, type Person } from '../people.ts';
import type { ResultRecord } from '../records.ts';
import { isReminderTime, remindCustomer } from '../reminder-time.ts';
import { dueInState, putResult } from '../result-effects.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
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

/** The persons who may declare what is for an owner, by their own link. */
function ownersOf(owner: ConditionTask['owner'], people: readonly Person[]): readonly Person[] {
  const declares = (person: Person) => may(person, { kind: 'declare', owners: [owner] });
  return people.filter((person) => isActive(person) && person.role === 'invitee' && declares(person));
}

interface RemindersSent {
  readonly set: Pick<OnboardingState, 'remindedOn'>;
  readonly data: { readonly merged?: true; readonly persons?: readonly string[] };
  readonly messages: readonly Message[];
  readonly effects: readonly Effect[];
}

/**
 * Reminds the customer's side: whoever owns a condition by their own link, the contact of the others. Each is reminded
 * once a day at most: the first reminder of the day has named the conditions too.
 */
function remindOwners(
  state: OnboardingState,
  tasks: readonly ConditionTask[],
  people: readonly Person[],
  at: Date,
): RemindersSent {
  const today = calendarDateOf(at);
  const persons = people.flatMap((person) => {
    const own = codesOf(tasks.filter(({ owner }) => ownersOf(owner, [person]).length > 0));
    return own.length === 0 ? [] : [{ person, own }];
  });
  const ofContact = codesOf(tasks.filter(({ owner }) => ownersOf(owner, people).length === 0));
  const contact =
    ofContact.length === 0
      ? undefined
      : remindCustomer(state, { template: 'condition_reminder', conditions: ofContact }, at);
  const toRemind = persons.filter(({ person }) => person.remindedOn !== today);
  return {
    set: contact?.set ?? {},
    data: {
      ...contact?.data,
      ...(persons.length === 0 ? {} : { persons: persons.map(({ person }) => person.id) }),
    },
    messages: [
      ...(contact?.messages ?? []),
      ...toRemind.map(({ person, own }) => {
        const to = { to: 'person', person: person.id } as const;
        return { kind: 'mail', template: 'condition_reminder', ...to, conditions: own } as const;
      }),
    ],
    effects: toRemind.map(
      ({ person }) => ({ kind: 'put_person', person: { ...person, remindedOn: today } }) as const,
    ),
  };
}

/**
 * Reminds the owners of conditions whose day has come: by their own link, through the contact where they have none, and
 * the account owner for what is for sales. Undefined when nothing is due, or it is no time for reminders; the reminder that
 * is sent is on record with it. No one is reminded of a date that is past: that it was missed is recorded.
 */
export function remindOfConditions(
  { state }: Snapshot,
  result: ResultRecord,
  people: readonly Person[],
  at: Date,
): Change | undefined {
  if (!isInWorkflow(state) || !isCurrent(result, state) || !isReminderTime(at)) return undefined;
  const today = calendarDateOf(at);
  const due = remindersDue(result, today);
  if (due.length === 0) return undefined;
  const past = due.filter((task) => isOverdue(task, today));
  if (past.length === due.length) {
    const conditions = codesOf(past);
    const missed = reminded(result, conditions, today);
    return {
      event: { type: 'CONDITION_REMINDER_MISSED', actor: system, data: { conditions } },
      effects: [{ ...putResult(missed), reminded: true }],
    };
  }
  const coming = due.filter((task) => !isOverdue(task, today));
  const codes = codesOf(coming);
  const ofSales = codesOf(coming.filter(({ owner }) => owner === 'sales'));
  const sent = reminded(result, codes, today);
  const ofCustomer = coming.filter(({ owner }) => owner !== 'sales');
  const { set, data, messages, effects } = remindOwners(state, ofCustomer, people, at);
  return {
    set: { ...dueInState(sent, today), ...set },
    event: {
      type: 'CONDITION_REMINDED',
      actor: system,
      data: { conditions: codes, ...data },
    },
    messages: [
      ...messages,
      ...(ofSales.length === 0
        ? []
        : [{ kind: 'mail', template: 'owner_condition_due', to: 'owner', conditions: ofSales } as const]),
    ],
    effects: [{ ...putResult(sent), reminded: true }, ...effects],
  };
}

function codesOf(tasks: readonly ConditionTask[]): readonly ConditionCode[] {
  return [...new Set(tasks.map(({ code }) => code))];
}
