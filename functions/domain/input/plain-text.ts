/**
 * What no text of a person holds, or what lets it read otherwise than it is written: control characters, halves of
 * surrogate pairs, and the embeddings, overrides and isolates of writing direction (UAX #9, section 2).
 */
const unfit = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const lineEnd = /[\p{Zl}\p{Zp}]/u;

/** True for text on one line, such as a name, that shows all it holds. */
export function isPlainLine(text: string): boolean {
  return !unfit.test(text) && !lineEnd.test(text);
}

/** True for text that shows all it holds; it may have lines and tabs. */
export function isPlainText(text: string): boolean {
  return !unfit.test(text.replace(/[\n\r\t]/g, ''));
}

/**
 * A line as people mean it: without the invisible characters that pages and word processors put in when it is copied,
 * and that serve to write a name which reads as another.
 */
export function withoutInvisible(text: string): string {
  return text.replace(/\p{Cf}/gu, '');
}
