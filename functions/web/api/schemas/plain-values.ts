import * as z from 'zod/mini';
import { isCalendarDate } from '../../../domain/calendar-date.ts';
import { isPlainLine, isPlainText, repaired, showsNothing } from '../../../domain/input/plain-text.ts';
import {
  longestEvidence,
  longestReason,
  longestScope,
  longestText,
} from '../../../domain/input/problem-texts.ts';
import { described, descriptions, named } from './registry.ts';

/**
 * The domain's rules for plain text as patterns that all regular-expression dialects read alike, with and without Unicode
 * support. Lone surrogates, which not all dialects can express, are left to the domain.
 */
const unfit = String.raw`\u007f-\u009f\u202a-\u202e\u2066-\u2069`;
export const plainLine = String.raw`^[^\u0000-\u001f\u2028\u2029${unfit}]*$`;
export const plainText = String.raw`^[^\u0000-\u0008\u000b\u000c\u000e-\u001f${unfit}]*$`;

/**
 * A name. The domain reports its length and the characters it refuses: both count after invisible characters are taken
 * off.
 */
export const name = z.string();
descriptions.add(name, { pattern: plainLine, minLength: 1, maxLength: longestText });

/** A scope, of which the domain reports the same and more: it has a letter or a digit. */
export const scope = z.string();
descriptions.add(scope, { pattern: plainLine, minLength: 1, maxLength: longestScope });

export const day = z.stringFormat('date', isCalendarDate);
export const instant = z.iso.datetime();
export const count = z.int().check(z.nonnegative(), z.maximum(100_000_000));

export const reference = described(
  'Reference of an onboarding: seven characters and a check character, followed by the number of a part.',
  z.string().check(z.regex(/^[2-9CDFHJKMNPRTVWXY]{4}-[2-9CDFHJKMNPRTVWXY]{4}(-P[0-9]{2})?$/)),
);

export const mailAddress = z.string();
descriptions.add(mailAddress, { minLength: 1, maxLength: longestText });

/** A reason entered by staff, which becomes part of the history. */
export const reason = z.string().check(
  z.overwrite(repaired),
  z.trim(),
  z.minLength(1),
  z.maxLength(longestReason),
  z.refine((text) => isPlainText(text) && !showsNothing(text)),
);
descriptions.add(reason, { pattern: plainText });

export const reasonBody = named(
  'Reason',
  'The reason; kept in the history and shown to staff.',
  z.strictObject({ reason: described('One or two sentences, without names of persons.', reason) }),
);

/** Where a proof is kept, as its register says it: a line, never its content. */
export const evidenceLine = z.string().check(
  z.overwrite(repaired),
  z.trim(),
  z.minLength(1),
  z.maxLength(longestEvidence),
  z.refine((text) => isPlainLine(text) && !showsNothing(text)),
);
descriptions.add(evidenceLine, { pattern: plainLine });
