import { addDays, calendarDateOf, instantAt } from '../calendar-date.ts';
import { addWorkingDays, isWorkingDay, workingDayOnOrBefore } from '../working-days.ts';
import type { Message } from './messages.ts';
import type { OnboardingState } from './state.ts';

/**
 * Hours in Paris between which reminders leave, on working days. They are decided a little earlier, so that what is
 * decided last still leaves in time; what falls due late in the day is brought forward, so that a job that runs late
 * still finds the window open.
 */
const hours = { opens: '09:00', broughtForwardTo: '16:00', lastDecision: '16:45', closes: '17:00' } as const;
/** Hour of the gates' run that gives the reminders which the workflow's timer would not give in the window. */
export const reminderJobHour = '14:00';

function isWithinHours(at: Date, closes: string): boolean {
  const day = calendarDateOf(at);
  return isWorkingDay(day) && at >= instantAt(day, hours.opens) && at < instantAt(day, closes);
}

/** True while a reminder may be decided. Codes, links, changes of a date and answers to an act never wait for it. */
export function isReminderTime(at: Date): boolean {
  return isWithinHours(at, hours.lastDecision);
}

/** True while a reminder may leave: what was decided just in time still does. */
export function mayReminderLeave(at: Date): boolean {
  return isWithinHours(at, hours.closes);
}

/** The first instant after `at` at which reminders leave again, `hour` being when the day's begin. */
function nextWindow(at: Date, hour: string): Date {
  const today = calendarDateOf(at);
  const day = isWorkingDay(today) && at < instantAt(today, hour) ? today : addWorkingDays(today, 1);
  return instantAt(day, hour);
}

/** When a reminder that may not leave now may. */
export function reminderLeavesAt(at: Date): Date {
  return nextWindow(at, hours.opens);
}

/** When a reminder that was due outside of the window, and was not given, is given by the job. */
export function nextReminderJob(at: Date): Date {
  return nextWindow(at, reminderJobHour);
}

/** When a reminder that falls due at an instant is given: that day if it is a working day, else the one before. */
export function reminderInstant(due: Date): Date {
  const day = calendarDateOf(due);
  const [from, to] = [hours.opens, hours.broughtForwardTo].map((hour) => instantAt(day, hour).getTime());
  if (isWorkingDay(day)) return new Date(Math.min(Math.max(due.getTime(), from ?? 0), to ?? 0));
  return instantAt(workingDayOnOrBefore(day), hours.opens);
}

/**
 * The instant before which everything that falls due is reminded of now: the begin of the next working day. So what is
 * due on a weekend is said on Friday, not on Monday, when its date may be past.
 */
export function reminderHorizon(at: Date): Date {
  const today = calendarDateOf(at);
  const next = isWorkingDay(addDays(today, 1)) ? addDays(today, 1) : addWorkingDays(today, 1);
  return instantAt(next, '00:00');
}

/** The last instant of what is reminded of now: what falls due as the next working day begins is left to that day. */
export function lastReminded(at: Date): Date {
  return new Date(reminderHorizon(at).getTime() - 1);
}

/** What a reminder to the customer's contact adds to a change. */
interface CustomerReminder {
  readonly set: Pick<OnboardingState, 'remindedOn'>;
  readonly data: { readonly merged?: true };
  readonly messages: readonly Message[];
}

/**
 * Reminds the customer's contact, at most once a day. The first reminder of a day names everything that awaits the
 * customer then. What falls due later that day began on an earlier day, since no reminder falls due on the day on which
 * its cause arises: so the mail has named it, and it counts as given. To send the most urgent one alone would leave the
 * others to another day, past a deadline at worst; to wait until evening for all of them would shorten the time to answer.
 */
export function remindCustomer(
  { remindedOn }: Pick<OnboardingState, 'remindedOn'>,
  mail: Omit<Extract<Message, { kind: 'mail' }>, 'kind' | 'to'>,
  at: Date,
): CustomerReminder {
  const today = calendarDateOf(at);
  if (remindedOn === today) return { set: { remindedOn }, data: { merged: true }, messages: [] };
  return { set: { remindedOn: today }, data: {}, messages: [{ ...mail, kind: 'mail', to: 'customer' }] };
}
