import type { CalendarDate } from '../calendar-date.ts';
import type { CalendarEntry } from '../calendar-entry.ts';
import { dateOutlook } from './date-outlook.ts';
import type { Snapshot } from './state.ts';

/** The date that a customer may put in its calendar. */
export interface InvitedDate {
  readonly cutover: CalendarDate;
  readonly status: CalendarEntry['status'];
}

/**
 * The date of an onboarding for the customer's calendar: firm once it is confirmed. Undefined without a date, for one that
 * is only offered, and once the cutover is done.
 */
export function invitedDate(now: Snapshot, at: Date): InvitedDate | undefined {
  const outlook = dateOutlook(now, at);
  if ('reason' in outlook || outlook.status === 'offered' || outlook.status === 'done') return undefined;
  return { cutover: outlook.date, status: outlook.status === 'confirmed' ? 'CONFIRMED' : 'TENTATIVE' };
}
