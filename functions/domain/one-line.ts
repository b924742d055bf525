/**
 * Text as people mean it: without the invisible characters that pages and word processors put in when it is copied, and
 * that serve to write a name which reads as another.
 */
export function withoutInvisible(text: string): string {
  return text.replace(/\p{Cf}/gu, '');
}

/** True for text that is no line a page, a mail or a spreadsheet could show as it is. */
export function breaksLine(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
