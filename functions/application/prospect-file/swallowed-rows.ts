import type { Text } from '../../domain/text.ts';
import type { Separator } from './header.ts';

/** The lines of the file on which a quote opens and closes. */
export interface QuotedLines {
  readonly opened: number;
  readonly closed: number;
}

/** A record as the library read it. */
interface ReadRecord {
  /** Line of the file on which it begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The record as it is written in the file, its line end included. */
  readonly source: string;
  readonly separator: Separator;
  /** Cells of the header. */
  readonly width: number;
}

const lineBreak = /\r\n|\r|\n/g;

/**
 * The quote that made one record of several rows; undefined when a record has one line, or a cell with a line break and
 * nothing that speaks of a second row. It speaks of a second row that a cell of several lines holds the separator or
 * goes on after its closing quote, and that the record has more separators than a row.
 */
export function linesJoined({ line, cells, source, separator, width }: ReadRecord): QuotedLines | undefined {
  let opened = line;
  let first: QuotedLines | undefined;
  for (const cell of cells) {
    const breaks = cell.match(lineBreak)?.length ?? 0;
    const lines = { opened, closed: opened + breaks };
    // The library leaves the opening quote of a cell that goes on after its closing quote.
    if (breaks > 0 && (cell.includes(separator) || cell.startsWith('"'))) return lines;
    if (breaks > 0) first ??= lines;
    opened += breaks;
  }
  return first !== undefined && source.split(separator).length > width ? first : undefined;
}

/** What is wrong with rows that a quote joins, and what to do. */
export function joinedText({ opened, closed }: QuotedLines): Text {
  return {
    fr: `Un guillemet ouvert à la ligne ${opened} n’est refermé qu’à la ligne ${closed} et réunit ces lignes ; fermez-le à la ligne ${opened} ou retirez-le.`,
    en: `A quote opened on line ${opened} is closed only on line ${closed} and joins these lines; close it on line ${opened} or remove it.`,
  };
}
