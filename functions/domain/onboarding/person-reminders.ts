import { addDays, type CalendarDate, calendarDateOf } from '../calendar-date.ts';
import { partReminders } from './durations.ts';
import { lifecycle } from './lifecycle.ts';
import { isActive, type Person } from './people.ts';
import { isReminderTime, reminderHorizon } from './reminder-time.ts';
import type { Snapshot } from './state.ts';
import { isDecided } from './waits.ts';

/**
 * The day on which it is looked at whether to remind someone of their part; undefined for whoever has none: a deputy
 * stands for the contact, who is reminded of the whole.
 */
export function lookAtPersonOn(person: Person): CalendarDate | undefined {
  if (person.role === 'deputy' || !isActive(person)) return undefined;
  return person.lookAgainOn ?? dueOn(person, undefined, 0);
}

/** What decides whether someone is reminded of their part. */
export interface PartFacts {
  readonly person: Person;
  /** Questions of theirs that have no answer. */
  readonly left: number;
  /** Instant of the last answer that they have saved. */
  readonly savedAt: string | undefined;
}

/** The day of the reminder after so many: it counts from the last sign of life, or the link that was mailed last. */
function dueOn({ invitedAt, linkMails }: Person, savedAt: string | undefined, times: number): CalendarDate {
  return addDays(lastActive({ invitedAt, linkMails }, savedAt), partReminders.every * (times + 1));
}

function lastActive(
  { invitedAt, linkMails }: Pick<Person, 'invitedAt' | 'linkMails'>,
  savedAt = '',
): CalendarDate {
  const last = [invitedAt, savedAt, ...linkMails].toSorted().at(-1) ?? invitedAt;
  return calendarDateOf(new Date(last));
}

/** True while answers of the customer are awaited: not while the time to answer is paused. */
export function awaitsAnswers({ state, wait }: Snapshot): boolean {
  return lifecycle[state.stage].wait === 'answers' && state.talk === undefined && !isDecided(state, wait);
}

/** Whether someone is reminded of their part now and how often then, or when to look again. */
export type PartDue = { readonly times: number } | { readonly lookAgainOn: CalendarDate | undefined };

/**
 * Someone who has not completed their part is reminded after 14, 28 and 42 days without a saved answer, in the hours of
 * reminders: on the working day before where that is none. Whoever was reminded of something else today waits a day.
 */
export function partReminderDue(snapshot: Snapshot, { person, left, savedAt }: PartFacts, at: Date): PartDue {
  if (lookAtPersonOn(person) === undefined || snapshot.state.stage === 'CLOSED') {
    return { lookAgainOn: undefined };
  }
  const today = calendarDateOf(at);
  const later = addDays(today, partReminders.every);
  const { partReminders: given, remindedOn } = person;
  // A sign of life begins the count anew.
  const times = given !== undefined && given.on > lastActive(person, savedAt) ? given.times : 0;
  if (!awaitsAnswers(snapshot) || left === 0 || times >= partReminders.most) return { lookAgainOn: later };
  const due = dueOn(person, savedAt, times);
  if (due >= calendarDateOf(reminderHorizon(at))) return { lookAgainOn: due };
  if (remindedOn === today || !isReminderTime(at)) return { lookAgainOn: addDays(today, 1) };
  return { times: times + 1 };
}
