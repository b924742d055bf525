import type { CalendarDate } from '../calendar-date.ts';
import { formatDate } from '../calendar-date.ts';
import { type Language, languages, type Text } from '../text.ts';
import type { Demand, SchedulingContext } from './demand.ts';
import type { Wave } from './wave.ts';

export const constraintNames = [
  'C1',
  'C2',
  'C3',
  'C4',
  'C5',
  'C6',
  'C7',
  'C8',
  'C9',
  'STATE',
  'CHOICE',
] as const;

/**
 * Why a wave does not admit a customer. `constraint` is the rule's number; `STATE` is a wave not open for
 * booking, `CHOICE` a date the customer has turned down.
 */
export interface Refusal {
  readonly constraint: (typeof constraintNames)[number];
  readonly code: RefusalCode;
  readonly data: Readonly<Record<string, string | number | readonly string[]>>;
  readonly text: Text;
}

export const refusalCodes = [
  'LARGER_THAN_WAVE',
  'NO_ROOM',
  'KEPT_FOR_LARGE',
  'LEAD_TIME_TOO_SHORT',
  'PLATFORM_FREEZE',
  'CUSTOMER_FREEZE',
  'PUBLIC_HOLIDAY',
  'PARENT_NOT_BOOKED',
  'NOT_AFTER_PARENT',
  'PILOT_NEEDS_READY',
  'PILOT_NOT_ACCEPTED',
  'SERVICE_NOT_OPEN',
  'BEFORE_EARLIEST_DATE',
  'AFTER_DEADLINE',
  'NOT_READY',
  'CONDITIONS_DUE_TOO_LATE',
  'OTHER_SITE',
  'NO_SECOND_SITE',
  'WAVE_NOT_OPEN',
  'TURNED_DOWN',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** One rule: why this wave does not admit this customer, undefined when it does. */
export type Constraint = (demand: Demand, wave: Wave, context: SchedulingContext) => Refusal | undefined;

/** The same sentence in every language, with dates written that language's way. */
export function inEach(
  sentence: Readonly<Record<Language, (date: string) => string>>,
  date: CalendarDate,
): Text {
  const [fr, en] = languages.map((language) => sentence[language](formatDate(date, language)));
  return { fr: fr ?? '', en: en ?? '' };
}
