import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import type { Separator } from './header.ts';
import { ProspectFileError } from './prospect-file-error.ts';
import { withoutSpaceAroundQuotes } from './quote-spacing.ts';
import { joinedText, linesJoined, type QuotedLines } from './swallowed-rows.ts';

/** Most rows of data in one file. */
const mostRows = 10_000;
/** Lines of any kind, empty ones and line breaks inside quotes included: bounds the time that reading may take. */
const mostLines = 20 * mostRows;

/**
 * Most cells of one line: several times the columns there are. Each row is held against the header, and a returned file
 * is as wide as its widest row.
 */
const mostCells = 200;

/** One line of the file that holds something; quoted line breaks make it longer than one line of text. */
export interface FileLine {
  /** Line of the file on which it begins; the first is 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The quote that joined this line to others: its cells are those of the line alone. */
  readonly quoted?: QuotedLines;
}

const parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ bytes: z.number() }) }));
const placed = z.object({ bytes: z.number() });
const lineBreak = /\r\n|\r|\n/g;

function lineBreaksIn(text: string): number {
  return text.match(lineBreak)?.length ?? 0;
}

/** @throws ProspectFileError when the text has more lines than any list of prospects. */
export function refuseTooManyLines(text: string): void {
  if (lineBreaksIn(text) > mostLines) throw tooManyRows();
}

/**
 * Splits the text of a CSV file (RFC 4180, any line end, spaces around quotes) into its lines. Lines without any content
 * are left out. A quote that joins rows gives each of them back as a line of its own.
 *
 * @throws ProspectFileError when a quote is never closed or the file has too many lines or columns.
 */
export function readLines(text: string, separator: Separator): readonly FileLine[] {
  refuseTooManyLines(text);
  const bytes = Buffer.from(withoutSpaceAroundQuotes(text, separator));
  const lines: FileLine[] = [];
  let line = 1;
  let from = 0;
  for (const { record, info } of parseCsv(bytes, separator)) {
    const source = bytes.toString('utf8', from, info.bytes);
    const width = lines[0]?.cells.length ?? record.length;
    const quoted = linesJoined({ line, cells: record, source, separator, width });
    const read: readonly FileLine[] =
      quoted === undefined
        ? [{ line, cells: record }]
        : source
            .split(lineBreak)
            .map((alone, index) => ({ line: line + index, cells: cellsOfLine(alone, separator), quoted }));
    for (const one of read) if (one.cells.some((cell) => cell.trim() !== '')) lines.push(one);
    from = info.bytes;
    line += lineBreaksIn(source);
  }
  return checked(lines);
}

function checked(lines: readonly FileLine[]): readonly FileLine[] {
  if (lines.length > mostRows + 1) throw tooManyRows();
  const wide = lines.find(({ cells }) => cells.length > mostCells);
  if (wide !== undefined) throw tooManyColumns(wide.line);
  const [head] = lines;
  if (head?.quoted !== undefined) throw new ProspectFileError('quote_not_closed', joinedText(head.quoted));
  return lines;
}

function parseCsv(bytes: Buffer, separator: Separator): z.infer<typeof parsed> {
  try {
    return z.parse(
      parsed,
      parse(bytes, {
        delimiter: separator,
        record_delimiter: ['\r\n', '\n', '\r'],
        info: true,
        relax_column_count: true,
        // A quote inside a cell that does not begin with one is an ordinary character.
        relax_quotes: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadable(error, bytes);
  }
}

/** The cells of one line of text; a quote without its pair is an ordinary character. */
function cellsOfLine(text: string, separator: Separator): readonly string[] {
  if (!text.includes('"')) return text.split(separator);
  try {
    return parseCsv(Buffer.from(text), separator)[0]?.record ?? [];
  } catch (error) {
    // The quote that joins the lines begins here and has no end on this line.
    if (error instanceof ProspectFileError) return text.split(separator);
    throw error;
  }
}

function unreadable(error: CsvError, bytes: Buffer): ProspectFileError {
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') {
    return new ProspectFileError(
      'unreadable',
      {
        fr: 'Le fichier n’est pas un CSV lisible ; enregistrez-le à nouveau au format « CSV UTF-8 ».',
        en: 'The file is not readable as CSV; save it again in the “CSV UTF-8” format.',
      },
      { cause: error },
    );
  }
  // The library names the last line of the file; the quote opens the cell after the last one that it could read.
  const line = 1 + lineBreaksIn(bytes.toString('utf8', 0, z.parse(placed, error).bytes));
  return new ProspectFileError(
    'quote_not_closed',
    {
      fr: `Un guillemet ouvert à la ligne ${line} n’est jamais refermé ; fermez-le ou retirez-le.`,
      en: `A quote opened on line ${line} is never closed; close it or remove it.`,
    },
    { cause: error },
  );
}

function tooManyColumns(line: number): ProspectFileError {
  return new ProspectFileError('too_many_columns', {
    fr: `La ligne ${line} a plus de ${mostCells} colonnes ; retirez les colonnes vides, ou enregistrez à nouveau le fichier au format « CSV UTF-8 ».`,
    en: `Line ${line} has more than ${mostCells} columns; remove empty columns, or save the file again in the “CSV UTF-8” format.`,
  });
}

function tooManyRows(): ProspectFileError {
  return new ProspectFileError('too_many_rows', {
    fr: `Le fichier a plus de ${mostRows} lignes ; répartissez les prospects sur plusieurs fichiers.`,
    en: `The file has more than ${mostRows} rows; split the prospects into several files.`,
  });
}
