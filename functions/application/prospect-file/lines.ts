import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import type { Separator } from './header.ts';
import { ProspectFileError } from './prospect-file-error.ts';

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
}

const parsed = z.array(z.object({ record: z.array(z.string()), raw: z.string() }));
const lineBreak = /\r\n|\r|\n/g;

function lineBreaksIn(text: string): number {
  return text.match(lineBreak)?.length ?? 0;
}

/**
 * Splits the text of a CSV file (RFC 4180, any line end) into its lines. Lines without any content are left out.
 *
 * @throws ProspectFileError when a quote is never closed or the file has too many lines or columns.
 */
export function readLines(text: string, separator: Separator): readonly FileLine[] {
  if (lineBreaksIn(text) > mostLines) throw tooManyRows();
  const lines: FileLine[] = [];
  let line = 1;
  for (const { record, raw } of parseCsv(text, separator)) {
    if (record.some((cell) => cell.trim() !== '')) lines.push({ line, cells: record });
    // The library's own count of lines takes a quoted CR LF for two.
    line += lineBreaksIn(raw);
  }
  if (lines.length > mostRows + 1) throw tooManyRows();
  const wide = lines.find(({ cells }) => cells.length > mostCells);
  if (wide !== undefined) throw tooManyColumns(wide.line);
  return lines;
}

function parseCsv(text: string, separator: Separator): z.infer<typeof parsed> {
  try {
    return z.parse(
      parsed,
      parse(text, {
        delimiter: separator,
        record_delimiter: ['\r\n', '\n', '\r'],
        raw: true,
        relax_column_count: true,
        // A quote inside a cell that does not begin with one is an ordinary character.
        relax_quotes: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadable(error);
  }
}

function unreadable(error: CsvError): ProspectFileError {
  const line = error.message.match(/at line (\d+)/)?.[1];
  const where = {
    fr: line === undefined ? '' : ` à partir de la ligne ${line}`,
    en: line === undefined ? '' : ` from line ${line} onwards`,
  };
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') {
    return new ProspectFileError(
      'unreadable',
      {
        fr: `Le fichier n’est pas un CSV lisible${where.fr} ; enregistrez-le à nouveau au format « CSV UTF-8 ».`,
        en: `The file is not readable as CSV${where.en}; save it again in the “CSV UTF-8” format.`,
      },
      { cause: error },
    );
  }
  return new ProspectFileError(
    'quote_not_closed',
    {
      fr: `Un guillemet ouvert n’est jamais refermé${where.fr} ; fermez-le ou retirez-le.`,
      en: `An opening quote is never closed${where.en}; close it or remove it.`,
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
