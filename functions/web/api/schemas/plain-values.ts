import * as z from 'zod/mini';
import { described, named } from './registry.ts';

/** Longest reason or evidence, in characters: a paragraph. */
const longestReason = 1_000;

export const day = z.iso.date();
export const instant = z.iso.datetime();
export const count = z.int().check(z.nonnegative(), z.maximum(100_000_000));

export const reference = described(
  'Reference of an onboarding: seven characters and a check character.',
  z.string().check(z.regex(/^[2-9CDFHJKMNPRTVWXY]{4}-[2-9CDFHJKMNPRTVWXY]{4}$/)),
);

/** A sentence of a member of staff; it becomes part of the history. */
export const reason = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(longestReason), z.regex(/^(?:\P{Cc}|[\n\r\t])*$/u));

export const reasonBody = named(
  'Reason',
  'Why; kept in the history and shown to staff.',
  z.strictObject({ reason: described('A sentence or two, without names of persons.', reason) }),
);
