import { addDays, type CalendarDate, calendarDateOf } from '../calendar-date.ts';
import { isAskedAgain } from './asked-again.ts';
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
  return person.lookAgainOn ?? addDays(lastActive(person, undefined), partReminders.every);
}

/** What decides whether someone is reminded of their part. */
export interface PartFacts {
  readonly person: Person;
  /** Questions of theirs that have no answer, or that are asked again. */
  readonly left: number;
  /** Instant of the last answer that they have saved. */
  readonly savedAt: string | undefined;
}

/** Reminders count from the last sign of life, or the link that was mailed last. */
function lastActive({ invitedAt, linkMails }: Person, aliveAt = ''): CalendarDate {
  const last = [invitedAt, aliveAt, ...linkMails].toSorted().at(-1) ?? invitedAt;
  return calendarDateOf(new Date(last));
}

/** Since when an operator waits for new answers: no one was silent about them before. */
function askedAgainAt({ state, wait }: Snapshot): string | undefined {
  return isAskedAgain(state) ? (wait?.openedAt ?? state.stageSince) : undefined;
}

function latest(one = '', other = ''): string {
  return one > other ? one : other;
}

/** True while answers of the customer are awaited: not while the time to answer is paused. */
export function awaitsAnswers({ state, wait }: Snapshot): boolean {
  return lifecycle[state.stage].wait === 'answers' && state.talk === undefined && !isDecided(state, wait);
}

/** Whether someone is reminded of their part now and how often then, or when to look again. */
export type PartDue = { readonly times: number } | { readonly lookAgainOn: CalendarDate | undefined };

/**
 * Someone who has not completed their part, or to whom an operator asks questions again, is reminded after 14, 28 and 42
 * days without a saved answer, in the hours of reminders: on the working day before where that is none. Whoever was reminded of something else today waits a day.
 */
export function partReminderDue(snapshot: Snapshot, { person, left, savedAt }: PartFacts, at: Date): PartDue {
  if (lookAtPersonOn(person) === undefined || snapshot.state.stage === 'CLOSED') {
    return { lookAgainOn: undefined };
  }
  const today = calendarDateOf(at);
  const later = addDays(today, partReminders.every);
  const { partReminders: given, remindedOn } = person;
  // A sign of life begins the count anew.
  const alive = lastActive(person, latest(savedAt, askedAgainAt(snapshot)));
  const times = given !== undefined && given.on > alive ? given.times : 0;
  if (!awaitsAnswers(snapshot) || left === 0 || times >= partReminders.most) return { lookAgainOn: later };
  const due = addDays(alive, partReminders.every * (times + 1));
  if (due >= calendarDateOf(reminderHorizon(at))) return { lookAgainOn: due };
  if (remindedOn === today || !isReminderTime(at)) return { lookAgainOn: addDays(today, 1) };
  return { times: times + 1 };
}
