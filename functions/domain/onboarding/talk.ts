import { addDays, type CalendarDate, calendarDateOf, daysBetween, instantAt } from '../calendar-date.ts';
import { addWorkingDays, workingDayOnOrBefore } from '../working-days.ts';
import { isAskedAgain } from './asked-again.ts';
import { endOfWork } from './deadline.ts';
import { silenceDays, talking } from './durations.ts';
import { lifecycle } from './lifecycle.ts';
import { reminderJobHour } from './reminder-time.ts';
import type { OnboardingState, Snapshot, Talk, Wait } from './state.ts';
import { isDecided, renewedUntil } from './waits.ts';

function dayOf(instant: string): CalendarDate {
  return calendarDateOf(new Date(instant));
}

/**
 * When a pause that begins now ends by itself: at the hour of the job that gives reminders, on the last day or on the
 * working day before it.
 */
function pauseEnd(at: Date): string {
  const last = workingDayOnOrBefore(addDays(calendarDateOf(at), talking.longestDays));
  return instantAt(last, reminderJobHour).toISOString();
}

/** A talk that is asked for now. */
export function newTalk(at: Date): Talk {
  return { at: at.toISOString(), until: pauseEnd(at) };
}

/** The day on which a pause ends by itself. */
export function pauseDay({ until }: Talk): CalendarDate {
  return dayOf(until);
}

/** By when sales get in touch with a customer that wants to talk first. */
function contactBy({ at }: Talk): string {
  return instantAt(addWorkingDays(dayOf(at), talking.contactWorkingDays), endOfWork).toISOString();
}

/** By when someone has to act on it: sales until they have talked with the customer, then the customer. */
export function talkDueBy(talk: Talk): string {
  return talk.heldAt === undefined ? contactBy(talk) : talk.until;
}

/** True when sales have not got in touch in time. */
export function isTalkLate({ talk }: Pick<OnboardingState, 'talk'>, at: Date): boolean {
  return talk !== undefined && talk.heldAt === undefined && Date.parse(contactBy(talk)) < at.getTime();
}

/** Days for which the time to answer was paused. The end is due in time: one that we find late costs the customer none. */
export function pausedDays({ at }: Talk, end: Date): number {
  return daysBetween(dayOf(at), calendarDateOf(end));
}

/** By which day the customer answers at the latest when its pause goes on to its end. */
export function answerAfterPause(talk: Talk, { activeAt }: Pick<Wait, 'activeAt'>): CalendarDate {
  const resumed = activeAfter(activeAt, talk, new Date(talk.until));
  return addDays(dayOf(resumed), silenceDays.answers);
}

/** The wait while the customer talks first. */
export function pausedWait(wait: Wait, talk: Talk, at: Date): Wait {
  return { ...wait, until: renewedUntil(wait, at, talk) };
}

/** From when silence counts after a pause: an answer that was saved meanwhile counts as it is. */
export function activeAfter(activeAt: string, talk: Talk, end: Date): string {
  if (activeAt > talk.at) return activeAt;
  const shifted = new Date(activeAt);
  shifted.setUTCDate(shifted.getUTCDate() + pausedDays(talk, end));
  return shifted.toISOString();
}

/** The wait once the pause is over: its time limit is later by the days for which it was paused. */
export function resumedWait(wait: Wait, talk: Talk, end: Date): Wait {
  const resumed = { ...wait, activeAt: activeAfter(wait.activeAt, talk, end) };
  return { ...resumed, until: renewedUntil(resumed, end) };
}

/** Why a customer may not ask to talk now. */
export type NoTalk = 'not_now' | 'talking' | 'too_often';

/**
 * Why a customer may not ask to talk first; undefined when it may. One that is asked by an operator to answer again talks
 * with the operators: its place may depend on the day.
 */
export function noTalkBecause({ state, wait }: Snapshot): NoTalk | undefined {
  const answering = lifecycle[state.stage].wait === 'answers' && !isDecided(state, wait);
  if (!answering || isAskedAgain(state)) return 'not_now';
  if (state.talk !== undefined) return 'talking';
  return (state.talks ?? 0) >= talking.most ? 'too_often' : undefined;
}
