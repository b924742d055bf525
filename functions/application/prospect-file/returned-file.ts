import type { Language, Text } from '../../domain/text.ts';
import type { DetectedFormat, RefusedRow } from '../prospect-file.ts';
import { guarded } from './formula-guard.ts';
import { returnedColumns, type Separator } from './header.ts';

const byteOrderMark = '\uFEFF';

/**
 * The rows that were not accepted, as a file to correct in a spreadsheet and send again: the cells as they came, then
 * the problem and its fix. In UTF-8 with a byte order mark, so that Excel reads accents; no cell
 * can run as a formula.
 */
export function returnedFile(
  refused: readonly RefusedRow[],
  header: readonly string[],
  detected: Pick<DetectedFormat, 'separator' | 'lineEnd'>,
  language: Language = 'fr',
): Uint8Array {
  const width = Math.max(header.length, ...refused.map(({ original }) => original.length));
  const padded = (cells: readonly string[]) =>
    Array.from({ length: width }, (_, index) => cells[index] ?? '');
  const lines = [
    [...padded(header), ...returnedColumns],
    ...refused
      .toSorted((a, b) => a.line - b.line)
      .map((row) => [...padded(row.original), ...explanation(row, language)]),
  ];
  const written = lines.map((cells) => cells.map((cell) => quoted(guarded(cell), detected.separator)));
  const text = written.map((cells) => cells.join(detected.separator) + detected.lineEnd).join('');
  return new TextEncoder().encode(byteOrderMark + text);
}

function explanation({ problems }: RefusedRow, language: Language): readonly string[] {
  const advice = problems.map(({ message }) => adviceIn(message, language));
  return [
    problems.map(({ code }) => code).join(' | '),
    advice.map(({ what }) => what).join(' | '),
    problems.map(({ column }) => column).join(' | '),
    advice.map(({ fix }) => fix).join(' | '),
  ];
}

/** Every problem is written “problem; fix”. */
export function adviceIn(message: Text, language: Language): { what: string; fix: string } {
  const [what = '', ...fix] = message[language].split(/\s?; /);
  return { what, fix: fix.join(' ; ') };
}

/** RFC 4180: a cell with a separator, a quote or a line break is quoted, its quotes doubled. */
function quoted(cell: string, separator: Separator): string {
  const special = cell.includes(separator) || /["\r\n]|^\s|\s$/.test(cell);
  return special ? `"${cell.replaceAll('"', '""')}"` : cell;
}
