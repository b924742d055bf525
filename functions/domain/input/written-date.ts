import { type CalendarDate, isCalendarDate } from '../calendar-date.ts';
import { isBlank, withoutInvisible } from './plain-text.ts';

/** A date as it was typed, part by part. */
export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** Names of the months without accents, French and English together. */
const monthNames: readonly (readonly string[])[] = [
  ['janvier', 'january'],
  ['fevrier', 'february'],
  ['mars', 'march'],
  ['avril', 'april'],
  ['mai', 'may'],
  ['juin', 'june'],
  ['juillet', 'july'],
  ['aout', 'august'],
  ['septembre', 'september'],
  ['octobre', 'october'],
  ['novembre', 'november'],
  ['decembre', 'december'],
];
const shortestName = 3;
const ordinal = /^(\d{1,2})(?:er|e|eme|st|nd|rd|th)?$/;

/** Text in lower case without accents, invisible characters and doubled spaces; every dash is a hyphen. */
function plain(text: string): string {
  return withoutInvisible(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The number of a month, `1` to `12`, from its number, its name or an abbreviation that only one month has. */
function monthOf(text: string): string | undefined {
  const word = text.replace(/\.$/, '');
  if (/^\d{1,2}$/.test(word)) return word;
  if (word.length < shortestName) return undefined;
  const found = monthNames.flatMap((names, index) =>
    names.some((name) => name.startsWith(word)) ? [String(index + 1)] : [],
  );
  return found.length === 1 ? found[0] : undefined;
}

function dayOf(text: string): string | undefined {
  return text === 'premier' ? '1' : ordinal.exec(text)?.[1];
}

function isoDate(year = '', month = '', day = ''): CalendarDate | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : undefined;
}

/** Data tools add midnight to a day. */
const midnight = String.raw`(?:[t ]00:00(?::00(?:\.0+)?)?z?)?$`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${midnight}`);
const dayFirst = new RegExp(String.raw`^(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4})${midnight}`);

/**
 * The day that a text means: `2027-06-01`, `01/06/2027` (day first, as the French write it) or `1er juin 2027`, with any
 * spaces, dashes and invisible characters. Undefined when it is no date, or a day that does not exist; a year has four
 * digits.
 */
export function readDate(text: string): CalendarDate | undefined {
  const line = plain(text);
  const [, year, , month, day] = yearFirst.exec(line) ?? [];
  if (year !== undefined) return isoDate(year, month, day);
  const [, first, , second, last] = dayFirst.exec(line) ?? [];
  return last === undefined ? namedDate(line) : isoDate(last, second, first);
}

/** How the numbers before the year of a date may be read; `either` when both ways give a day, and not the same. */
export type DateOrder = 'day_first' | 'month_first' | 'either';

/** The order of a date whose year stands last, as `03/25/2027`; undefined for any other text, or no day at all. */
export function dateOrderOf(text: string): DateOrder | undefined {
  const [, first, , second, year] = dayFirst.exec(plain(text)) ?? [];
  const dayThenMonth = isoDate(year, second, first);
  const monthThenDay = isoDate(year, first, second);
  if (dayThenMonth === undefined) return monthThenDay === undefined ? undefined : 'month_first';
  return monthThenDay === undefined || monthThenDay === dayThenMonth ? 'day_first' : 'either';
}

/** `1er juin 2027`, `1-juin-2027`, `June 1, 2027`. */
function namedDate(line: string): CalendarDate | undefined {
  const words = line.replace(/^le /, '').split(/[ ,.-]+/);
  const [one = '', two = '', year = ''] = words;
  if (words.length !== 3 || !/^\d{4}$/.test(year)) return undefined;
  if (/^[a-z]/.test(two)) return isoDate(year, monthOf(two), dayOf(one));
  return /^[a-z]/.test(one) && one !== 'premier' ? isoDate(year, monthOf(one), dayOf(two)) : undefined;
}

/**
 * The text of a date typed in three boxes: `YYYY-MM-DD` when each part is readable, else a text that is no date. The
 * month may be a name; a whole date may stand in the first box. Undefined when all boxes are empty.
 */
export function dateTyped({ day, month, year }: DateParts): string | undefined {
  if (isBlank(month) && isBlank(year)) return isBlank(day) ? undefined : day;
  const parts = [plain(year), monthOf(plain(month)), dayOf(plain(day))];
  const [wholeYear = ''] = parts;
  const readable = /^\d{4}$/.test(wholeYear) && !parts.includes(undefined);
  if (!readable) return [day, month, year].join(' | ');
  return parts.map((part) => part?.padStart(2, '0')).join('-');
}
