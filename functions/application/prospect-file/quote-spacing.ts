import type { Separator } from './header.ts';

/**
 * The text without the spaces between the quotes of a cell and the separators beside it: `"a" ;` and `; "a"` hold `a`.
 * The library takes such quotes for characters of the cell, or refuses the file for the next odd quote. The scan reads
 * quotes as the library does, each character once; what stands within quotes is not touched.
 */
export function withoutSpaceAroundQuotes(text: string, separator: Separator): string {
  const space = separator === '\t' ? /[^\S\r\n\t]*/y : /[^\S\r\n]*/y;
  const ordinary = new RegExp(`[^${separator}\r\n]*`, 'y');
  const after = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from;
    return from + (pattern.exec(text)?.[0].length ?? 0);
  };
  const kept: string[] = [];
  let from = 0;
  for (let cell = 0; cell < text.length; ) {
    const opening = after(space, cell);
    const closing = text.charAt(opening) === '"' ? closingQuote(text, opening) : undefined;
    const end = after(ordinary, closing === undefined ? opening : closing + 1);
    if (closing !== undefined && opening > cell) {
      kept.push(text.slice(from, cell));
      from = opening;
    }
    if (closing !== undefined && end > closing + 1 && after(space, closing + 1) === end) {
      kept.push(text.slice(from, closing + 1));
      from = end;
    }
    cell = end + 1;
  }
  return [...kept, text.slice(from)].join('');
}

/** Where the cell that opens here is closed: at its first quote that is not doubled, or with the text. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at !== -1 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at === -1 ? text.length : at;
}
