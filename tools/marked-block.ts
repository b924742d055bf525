/** The text lacks the marks between which generated content goes. */
export class MissingMarksError extends Error {
  override readonly name = 'MissingMarksError';
}

/**
 * The text with `content` between the marks `<!-- NAME: begin -->` and `<!-- NAME: end -->`.
 *
 * @throws MissingMarksError
 */
export function withBlock(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to === -1) throw new MissingMarksError(`The marks are missing: ${begin} … ${end}`);
  return `${text.slice(0, from)}${begin}\n${content}\n${text.slice(to)}`;
}

/** A table in Markdown; all columns except the first are right-aligned. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
