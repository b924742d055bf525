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

/** The marks that hold an emoji together: joiners between two pictures, and the tags that follow a flag (UTS #51). */
const joined =
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})|(?<=\u{1f3f4})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]+\u{e007f}/u;
const joinedOrInvisible = new RegExp(`(${joined.source})|\\p{Cf}`, 'gu');

/**
 * A line without the invisible characters that pages and word processors add to copied text, and that can make one
 * name look like another. Emoji of several parts stay whole.
 */
export function withoutInvisible(text: string): string {
  return text.replace(joinedOrInvisible, (_, kept?: string) => kept ?? '');
}

/** Fillers that fonts draw as nothing, although Unicode counts them as letters or symbols. */
const fillers = '\\u2800\\u{1d159}';
const nothingShown = new RegExp(`^[\\s\\p{C}\\p{M}\\p{Default_Ignorable_Code_Point}${fillers}]*$`, 'u');

/** True for text in which a reader sees nothing: spaces, fillers, or accents without a letter. */
export function showsNothing(text: string): boolean {
  return nothingShown.test(text);
}

/** A dash, slash or dot alone is how people fill a field that they leave empty. */
const placeholder = /^(?:[\p{Pd}\u2212]+|\/+|\.+)$/u;

/** True for a value that says nothing: text without visible characters, or a placeholder such as `-`. */
export function isBlank(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const line = withoutInvisible(value).trim();
  return line === '' || placeholder.test(line);
}

/** What Windows-1252 has at 0x80 to 0x9F; spaces stand for the five bytes it leaves undefined. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const control = /[\u0080-\u009f]/;

/**
 * Text of which the bytes were once read as Latin-1: characters U+0080 to U+009F become the apostrophes, dashes and
 * ligatures that Windows-1252 or UTF-8 meant. Bytes that neither knows stay, to be refused.
 */
export function repaired(text: string): string {
  if (!control.test(text)) return text;
  return (
    asUtf8(text) ??
    text.replace(/[\u0080-\u009f]/g, (character) => {
      const meant = windows1252.charAt(character.charCodeAt(0) - 0x80);
      return meant === ' ' ? character : meant;
    })
  );
}

function asUtf8(text: string): string | undefined {
  if (/[^\0-\u00ff]/.test(text)) return undefined;
  try {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes that are not UTF-8: the answer, not a fault.
    return undefined;
  }
}
