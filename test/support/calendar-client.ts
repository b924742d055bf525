/** What a calendar program keeps of an entry. */
export interface KeptEntry {
  readonly sequence: number;
  readonly stamp: string;
  /** Its first day, `YYYYMMDD`. */
  readonly day: string;
  readonly status: string;
}

/** The lines of a calendar file, unfolded (RFC 5545, 3.1). */
function linesOf(file: string): readonly string[] {
  return file.replaceAll('\r\n ', '').split('\r\n');
}

/** The value of a property; its parameters are left out. */
export function propertyOf(file: string, property: string): string | undefined {
  return linesOf(file)
    .find((line) => new RegExp(`^${property}[;:]`).test(line))
    ?.replace(/^(?:"[^"]*"|[^":])*:/, '');
}

/** The events of a calendar file. */
export function eventsIn(file: string): readonly string[] {
  return file.split('BEGIN:VEVENT').slice(1);
}

/**
 * A calendar program as far as RFC 5546 (2.1.5) asks: of an id it keeps the version with the highest number, and of one
 * number the one with the latest stamp. What was cancelled stays known, so that nothing older brings it back.
 */
export class CalendarClient {
  readonly entries = new Map<string, KeptEntry>();

  receive(file: string): void {
    for (const event of eventsIn(file)) {
      const uid = propertyOf(event, 'UID') ?? '';
      const given: KeptEntry = {
        sequence: Number(propertyOf(event, 'SEQUENCE')),
        stamp: propertyOf(event, 'DTSTAMP') ?? '',
        day: (propertyOf(event, 'DTSTART') ?? '').slice(0, 8),
        status: propertyOf(file, 'METHOD') === 'CANCEL' ? 'CANCELLED' : (propertyOf(event, 'STATUS') ?? ''),
      };
      const kept = this.entries.get(uid);
      if (kept === undefined || isNewer(given, kept)) this.entries.set(uid, given);
    }
  }
}

function isNewer(given: KeptEntry, kept: KeptEntry): boolean {
  return given.sequence === kept.sequence ? given.stamp > kept.stamp : given.sequence > kept.sequence;
}
