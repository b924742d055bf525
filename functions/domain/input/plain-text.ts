/**
 * Characters that no person types, or that disguise a text: control characters, halves of surrogate pairs, and the
 * embeddings, overrides and isolates of writing direction (UAX #9, section 2).
 */
const unfit = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const lineEnd = /[\p{Zl}\p{Zp}]/u;

/** True for text on one line, such as a name, without hidden characters. */
export function isPlainLine(text: string): boolean {
  return !unfit.test(text) && !lineEnd.test(text);
}

/** True for text without hidden characters; it may have line breaks and tabs. */
export function isPlainText(text: string): boolean {
  return !unfit.test(text.replace(/[\n\r\t]/g, ''));
}

/**
 * A line without the invisible characters that pages and word processors add to copied text, and that can make one
 * name look like another.
 */
export function withoutInvisible(text: string): string {
  return text.replace(/\p{Cf}/gu, '');
}
