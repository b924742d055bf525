import type { CalendarDate } from './calendar-date.ts';
import type { Text } from './text.ts';

/** How a law stands from a day on: whoever operates the platform has read it somewhere, on a day that is said. */
export interface LawStatus {
  /** First day on which it is true: may lie ahead. */
  readonly from: CalendarDate;
  readonly statement: Text;
  readonly source: Text;
  readonly checked: CalendarDate;
}

/** A law whose status changes while the platform is in service. */
export interface Law {
  /** As the stored legal references name it: `ANSSI, NIS2` cites `NIS2`. */
  readonly code: string;
  readonly name: Text;
  /** Oldest first. */
  readonly statuses: readonly LawStatus[];
}

/** A law with the status that it has on a day. */
export interface LawToday extends LawStatus {
  readonly code: string;
  readonly name: Text;
}

/** The laws of the configuration as they stand on a day: a status counts from its own day, with no release between. */
export function lawsOn(laws: readonly Law[], day: CalendarDate): readonly LawToday[] {
  return laws.flatMap(({ code, name, statuses }) => {
    const now = statuses.findLast(({ from }) => from <= day);
    return now === undefined ? [] : [{ ...now, code, name }];
  });
}

/** The laws that a stored legal reference cites. */
export function citedIn(reference: string, laws: readonly LawToday[]): readonly LawToday[] {
  return laws.filter(({ code }) => reference.includes(code));
}
