import * as z from 'zod/mini';
import { isCalendarDate } from '../../../domain/calendar-date.ts';
import { isPlainText } from '../../../domain/input/plain-text.ts';
import { longestReason, longestText } from '../../../domain/input/problem-texts.ts';
import { described, descriptions, named } from './registry.ts';

/**
 * What the domain takes for plain text, as patterns that every dialect reads alike, with and without support of Unicode:
 * halves of surrogate pairs, which only some can name, are left to the domain.
 */
const unfit = String.raw`\u007f-\u009f\u202a-\u202e\u2066-\u2069`;
export const plainLine = String.raw`^[^\u0000-\u001f\u2028\u2029${unfit}]*$`;
export const plainText = String.raw`^[^\u0000-\u0008\u000b\u000c\u000e-\u001f${unfit}]*$`;

/** A name; the domain has its own words for one that does not show all it holds. */
export const name = z.string().check(z.minLength(1), z.maxLength(longestText));
descriptions.add(name, { pattern: plainLine });

export const day = z.stringFormat('date', isCalendarDate);
export const instant = z.iso.datetime();
export const count = z.int().check(z.nonnegative(), z.maximum(100_000_000));

export const reference = described(
  'Reference of an onboarding: seven characters and a check character.',
  z.string().check(z.regex(/^[2-9CDFHJKMNPRTVWXY]{4}-[2-9CDFHJKMNPRTVWXY]{4}$/)),
);

export const mailAddress = z.string().check(z.minLength(1), z.maxLength(longestText));

/** A sentence of a member of staff; it becomes part of the history. */
export const reason = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(longestReason), z.refine(isPlainText));
descriptions.add(reason, { pattern: plainText });

export const reasonBody = named(
  'Reason',
  'Why; kept in the history and shown to staff.',
  z.strictObject({ reason: described('A sentence or two, without names of persons.', reason) }),
);
