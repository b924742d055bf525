import type { CalendarDate } from '../calendar-date.ts';
import { type Figure, findBand } from './figure.ts';
import { readMailAddress } from './mail-address.ts';
import { isPlainLine, repaired, showsNothing, withoutInvisible } from './plain-text.ts';
import { largestCount, longestText, type ProblemCode } from './problem-texts.ts';
import { isSpreadsheetError, spreadsheetProblemOf, withoutDecimalZeros } from './spreadsheet.ts';
import { readDate } from './written-date.ts';

/** What a text means: the value to store, or the code of its problem. */
export type ReadText<T> = { readonly value: T } | { readonly problem: ProblemCode };

/** What a spreadsheet runs as a formula. */
const formula = /^(?:[\t\r]|\s*[=+@-])/;

/**
 * The readers of this file are the only ones of the values that people type, paste and upload: forms, API and files pass
 * the text as it came, so that the same text means the same everywhere. A blank text is for the caller to judge.
 */
function readLine(value: unknown): ReadText<string> {
  if (typeof value !== 'string') return { problem: 'not_text' };
  if (isSpreadsheetError(withoutInvisible(value))) return { problem: 'spreadsheet_error' };
  const line = withoutInvisible(repaired(value));
  return line.trim().length > longestText ? { problem: 'too_long' } : { value: line };
}

/** A name ends up in spreadsheets and mails: neither a formula nor hidden characters are accepted. */
export function readName(value: unknown): ReadText<string> {
  const line = readLine(value);
  if ('problem' in line) return line;
  if (showsNothing(line.value)) return { problem: 'shows_nothing' };
  if (formula.test(line.value)) return { problem: 'formula' };
  const name = line.value.trim();
  return isPlainLine(name) ? { value: name } : { problem: 'not_text' };
}

/** A mail address, with an accented domain in its ASCII form. */
export function readMail(value: unknown): ReadText<string> {
  const line = readLine(value);
  if ('problem' in line) return line;
  const address = readMailAddress(line.value);
  return address === undefined ? { problem: 'not_a_mail_address' } : { value: address };
}

/** A code as it was written, without invisible characters and spaces around it. */
export function readSlug(value: unknown): ReadText<string> {
  const line = readLine(value);
  if ('problem' in line) return line;
  const slug = line.value.trim();
  return /^[a-z0-9][a-z0-9_-]{0,39}$/i.test(slug) ? { value: slug } : { problem: 'not_a_slug' };
}

/** The code that a text means; upper and lower case do not matter. */
export function readCode<Code extends string>(value: unknown, codes: readonly Code[]): ReadText<Code> {
  if (typeof value !== 'string') return { problem: 'unknown_option' };
  if (isSpreadsheetError(withoutInvisible(value))) return { problem: 'spreadsheet_error' };
  const written = withoutInvisible(value).trim().toLowerCase();
  const code = codes.find((known) => known.toLowerCase() === written);
  return code === undefined ? { problem: 'unknown_option' } : { value: code };
}

/** A count as a number, or as text with the spaces and invisible characters that spreadsheets put in thousands. */
export function readCount(value: unknown): ReadText<number> {
  if (typeof value !== 'string' && typeof value !== 'number') return { problem: 'not_an_integer' };
  const compact = String(value)
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/^[\p{Pd}\u2212]/u, '-');
  const damage = typeof value === 'string' ? spreadsheetProblemOf(compact) : undefined;
  if (damage !== undefined) return { problem: damage };
  // Three decimals may be a group of thousands: `1.000` is not guessed at.
  const whole = /[.,]0{1,2}$/.test(compact) ? withoutDecimalZeros(compact) : compact;
  if (!/^-?[0-9]{1,40}$/.test(whole)) return { problem: 'not_an_integer' };
  const count = Number(whole);
  if (count < 0) return { problem: 'negative' };
  return count > largestCount ? { problem: 'too_large' } : { value: Math.abs(count) };
}

/** True for a text that says "I don't know" by its code. */
function saysUnknown(value: unknown): boolean {
  return 'value' in readCode(value, ['unknown']);
}

/** A number: exact, one of the bands, or "unknown". A list means that a page gave both a number and a band. */
export function readFigure(value: unknown, orUnknown: boolean): ReadText<Figure> {
  if (Array.isArray(value)) return { problem: 'number_and_band' };
  if (orUnknown && saysUnknown(value)) return { value: 'unknown' };
  if (typeof value !== 'object') return readCount(value);
  const band = findBand(value);
  return band === undefined ? { problem: 'not_a_band' } : { value: band };
}

/** A day, or "unknown". A list means that a page gave both. */
export function readDayOrUnknown(value: unknown): ReadText<CalendarDate> {
  if (Array.isArray(value)) return { problem: 'date_and_unknown' };
  return saysUnknown(value) ? { value: 'unknown' } : readDay(value);
}

/** A day, in any of the forms that people and spreadsheets write. */
export function readDay(value: unknown): ReadText<CalendarDate> {
  if (typeof value !== 'string') return { problem: 'not_a_date' };
  if (isSpreadsheetError(withoutInvisible(value))) return { problem: 'spreadsheet_error' };
  const date = readDate(value);
  return date === undefined ? { problem: 'not_a_date' } : { value: date };
}
