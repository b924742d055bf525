import ical, {
  type ICalAttendeeData,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { addDays } from '../domain/calendar-date.ts';
import type { CalendarEntry } from '../domain/calendar-entry.ts';
import type { Language } from '../domain/text.ts';
import { parisTimezone } from './paris-timezone.ts';

/** Who keeps the entries, and how they reach a calendar. */
export interface CalendarFile {
  /** REQUEST and CANCEL go to someone by mail; PUBLISH is for whoever fetches it. */
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  readonly language: Language;
  /** When the entries were written. */
  readonly stamp: Date;
  readonly organiser: { readonly name: string; readonly email: string };
  /** Whom a mail invites. */
  readonly attendee?: string;
  /** The name of a calendar that programs subscribe to. */
  readonly name?: string;
}

/** The media type of a calendar file, as mail programs take invitations (RFC 6047). */
export function calendarType(method: CalendarFile['method']): string {
  return `text/calendar; charset=utf-8; method=${method}`;
}

const zone = 'Europe/Paris';

/**
 * Hours are given as wall-clock texts, and whole days by their noon in UTC: the library writes the former as they stand, and
 * the latter without a zone, whatever the zone of the machine.
 */
function timesOf({
  day,
  hours,
}: CalendarEntry): Pick<ICalEventData, 'allDay' | 'start' | 'end' | 'timezone'> {
  return hours === undefined
    ? { allDay: true, start: `${day}T12:00Z`, end: `${addDays(day, 1)}T12:00Z` }
    : { start: `${day}T${hours.from}`, end: `${day}T${hours.to}`, timezone: zone };
}

/** A calendar does not answer: the pages do. */
function invited(email: string): ICalAttendeeData {
  return {
    email,
    role: ICalAttendeeRole.REQ,
    rsvp: false,
    status: ICalAttendeeStatus.NEEDSACTION,
  };
}

/** Writes entries as a calendar file (RFC 5545): the same bytes for the same entries and the same stamp. */
export function calendarText(entries: readonly CalendarEntry[], file: CalendarFile): string {
  const { method, language, stamp, organiser, attendee, name } = file;
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Trusted Cloud', product: 'Onboarding', language: language.toUpperCase() },
    timezone: { name: null, generator: () => parisTimezone },
    ...(name === undefined ? {} : { name }),
  });
  for (const entry of entries) {
    calendar.createEvent({
      id: entry.uid,
      sequence: entry.sequence,
      stamp,
      ...timesOf(entry),
      summary: entry.summary,
      description: entry.description,
      url: entry.url,
      status: ICalEventStatus[entry.status],
      // Who has a meeting on the day of a cutover is not busy for it.
      transparency: ICalEventTransparency.TRANSPARENT,
      organizer: organiser,
      attendees: attendee === undefined ? [] : [invited(attendee)],
    });
  }
  return `${calendar.toString()}\r\n`;
}
