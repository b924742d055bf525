import { type InvitationWording, invitedEntries } from '../../domain/onboarding/invitation.ts';
import { type InvitedDate, invitedDate } from '../../domain/onboarding/invited-date.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { calendarText, calendarType } from '../../platform/icalendar.ts';
import type { MailAttachment } from '../../platform/mail.ts';

export interface Inviting extends InvitationWording {
  /** Day of the cutover that the mail's change has given up, if any. */
  readonly cancels: string | undefined;
  readonly organiser: string;
  readonly attendee: string;
  /** When what the mail is about happened: a mail that is sent again has the same files. */
  readonly stamp: Date;
}

export interface InvitationFiles {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly files: readonly MailAttachment[];
}

function dateToWrite(now: Snapshot, cancels: string | undefined, at: Date): InvitedDate | undefined {
  const date = invitedDate(now, at);
  if (date !== undefined || cancels === undefined) return date;
  return { cutover: cancels, status: 'CANCELLED' };
}

/**
 * The files with which a mail puts dates into the customer's calendar, or takes those given up out of it: one for each
 * entry, because an invitation is about one (RFC 5546, 3.2.2). Like the mail, they say what is so when it is sent.
 */
export function invitationFiles(now: Snapshot, inviting: Inviting, at: Date): InvitationFiles | undefined {
  const date = dateToWrite(now, inviting.cancels, at);
  if (date === undefined) return undefined;
  const method = date.status === 'CANCELLED' ? 'CANCEL' : 'REQUEST';
  const { language, platform, organiser, attendee, stamp } = inviting;
  const file = {
    method,
    language,
    stamp,
    organiser: { name: platform.name, email: organiser },
    attendee,
  } as const;
  return {
    method,
    files: invitedEntries(now, date, inviting).map((entry) => ({
      name: entry.file,
      type: calendarType(method),
      text: calendarText([entry], file),
    })),
  };
}
