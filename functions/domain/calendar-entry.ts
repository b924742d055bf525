import type { CalendarDate } from './calendar-date.ts';

/** What someone has in their calendar: a day in Europe/Paris, or some hours of it. */
export interface CalendarEntry {
  /** The same for as long as the entry is about the same thing, whatever happens to it. */
  readonly uid: string;
  /** Grows with each change: calendars keep the version with the highest number. */
  readonly sequence: number;
  readonly day: CalendarDate;
  /** Wall-clock times of the day, `HH:MM`; the whole day without them. */
  readonly hours?: { readonly from: string; readonly to: string };
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  readonly summary: string;
  readonly description: string;
  /** A page for whoever may open it: never a secret link. */
  readonly url: string;
}
