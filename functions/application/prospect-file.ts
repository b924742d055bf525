import { parseSiren } from '../domain/input/identifiers.ts';
import { isBlank } from '../domain/input/plain-text.ts';
import { type Intake, parseIntake } from '../domain/intake/intake.ts';
import { readScope } from '../domain/intake/scope.ts';
import { searchableName } from '../domain/text.ts';
import { unreadableCharacter } from './prospect-file/code-pages.ts';
import { decode, type Encoding, notText } from './prospect-file/decode.ts';
import { unguarded } from './prospect-file/formula-guard.ts';
import {
  type Column,
  readHeader,
  type Separator,
  separatorOf,
  withoutSeparatorLine,
} from './prospect-file/header.ts';
import { type FileLine, readLines } from './prospect-file/lines.ts';
import { type DateFormat, isFrenchDate } from './prospect-file/prospect-dates.ts';
import { ProspectFileError } from './prospect-file/prospect-file-error.ts';
import {
  ambiguousDates,
  duplicateOf,
  type FieldCell,
  hasMonthFirst,
  intakeProblems,
  joinedRow,
  type RowProblem,
  strayCells,
  unreadableCells,
} from './prospect-file/row-problems.ts';

/** How the file was found to be written. */
export interface DetectedFormat {
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly dateFormat: DateFormat;
  readonly lineEnd: '\r\n' | '\n' | '\r';
}

interface AcceptedRow {
  readonly line: number;
  readonly intake: Intake;
}

export interface RefusedRow {
  readonly line: number;
  /** The cells as they were sent, in the order of the header; cells beyond the header follow. */
  readonly original: readonly string[];
  readonly problems: readonly RowProblem[];
}

/** A row whose SIREN is on an earlier line of the file with the same scope: refused, even if that line was refused. */
interface DuplicateRow extends RefusedRow {
  readonly siren: string;
  readonly firstLine: number;
}

export interface ProspectFile {
  readonly detected: DetectedFormat;
  /** The columns as the file names them, without those a returned file had added. */
  readonly header: readonly string[];
  /** Lines with content after the header: rows, duplicates and refused rows add up to it. */
  readonly dataRows: number;
  readonly rows: readonly AcceptedRow[];
  readonly duplicates: readonly DuplicateRow[];
  readonly refused: readonly RefusedRow[];
}

/**
 * Reads a file of prospects as people send it: encoding, separator, line ends and French dates are recognised, the
 * cells' guard against formulas is taken off. Each row is accepted, a duplicate, or refused with every problem named.
 * Line numbers are those of the file; the header is line 1.
 *
 * @throws ProspectFileError when the file as a whole cannot be read, saying how to fix it.
 */
export function readProspectFile(bytes: Uint8Array): ProspectFile {
  const { encoding, text: whole } = decode(bytes);
  const { text, named } = withoutSeparatorLine(whole);
  const headerLine = text.split(/[\r\n]+/).find((line) => line.trim() !== '') ?? '';
  if (headerLine.includes(unreadableCharacter)) throw notText();
  const separator = named ?? separatorOf(headerLine);
  const [head, ...data] = readLines(text, separator);
  const columns = readHeader(head?.cells ?? []);
  if (head === undefined || data.length === 0) {
    throw new ProspectFileError('no_rows', {
      fr: 'Le fichier ne contient qu’une ligne d’en-tête ; ajoutez une ligne par prospect.',
      en: 'The file has only a header line; add one line for each prospect.',
    });
  }
  const cellsOf = (line: FileLine) => fieldCells(columns, line.cells);
  const french = data.some((line) => cellsOf(line).some(({ field, cell }) => isFrenchDate(field, cell)));
  const monthFirst = data.find((line) => hasMonthFirst(cellsOf(line)));
  return {
    detected: {
      encoding,
      separator,
      dateFormat: dateFormatOf(french, monthFirst),
      lineEnd: lineEndOf(text),
    },
    header: columns.map((column) => column.name),
    dataRows: data.length,
    ...sort({ columns, width: head.cells.length, monthFirstOn: monthFirst?.line }, data),
  };
}

function dateFormatOf(french: boolean, monthFirst: FileLine | undefined): DateFormat {
  if (monthFirst !== undefined) return 'MM/DD/YYYY';
  return french ? 'DD/MM/YYYY' : 'YYYY-MM-DD';
}

function lineEndOf(text: string): DetectedFormat['lineEnd'] {
  const first = /\r\n|\r|\n/.exec(text)?.[0];
  return first === '\r\n' || first === '\r' ? first : '\n';
}

function fieldCells(columns: readonly Column[], cells: readonly string[]): readonly FieldCell[] {
  return columns.flatMap(({ field, index }) =>
    field === undefined ? [] : [{ field, cell: unguarded(cells[index] ?? '') }],
  );
}

type Sorted = Pick<ProspectFile, 'rows' | 'duplicates' | 'refused'>;

/** What a row is held against. */
interface Layout {
  readonly columns: readonly Column[];
  /** Cells of the header. */
  readonly width: number;
  /** The first line that writes the month of a date before its day. */
  readonly monthFirstOn: number | undefined;
}

function sort({ columns, width, monthFirstOn }: Layout, data: readonly FileLine[]): Sorted {
  const rows: AcceptedRow[] = [];
  const duplicates: DuplicateRow[] = [];
  const refused: RefusedRow[] = [];
  const firstLines = new Map<string, number>();
  for (const { line, cells, quoted } of data) {
    const fields = fieldCells(columns, cells);
    const original = [...columns.map(({ index }) => cells[index] ?? ''), ...cells.slice(width)].map(
      unguarded,
    );
    const intake = parseIntake(Object.fromEntries(fields.map(({ field, cell }) => [field, cell])));
    const problems = [
      ...(quoted === undefined ? [] : [joinedRow(quoted)]),
      ...unreadableCells(fields),
      ...intakeProblems(intake),
      ...ambiguousDates(fields, monthFirstOn),
      ...strayCells(columns, width, cells),
    ];
    const siren = sirenOf(fields);
    const asked = siren === undefined ? undefined : askedFor(siren, fields);
    const firstLine = asked === undefined ? undefined : firstLines.get(asked);
    if (siren !== undefined && firstLine !== undefined) {
      duplicates.push({
        line,
        original,
        siren,
        firstLine,
        problems: [duplicateOf(firstLine), ...problems],
      });
      continue;
    }
    if (asked !== undefined) firstLines.set(asked, line);
    if ('intake' in intake && problems.length === 0) rows.push({ line, intake: intake.intake });
    else refused.push({ line, original, problems });
  }
  return { rows, duplicates, refused };
}

function sirenOf(fields: readonly FieldCell[]): string | undefined {
  const identifier = parseSiren(fields.find(({ field }) => field === 'siren')?.cell ?? '');
  return typeof identifier === 'string' ? undefined : identifier.siren;
}

/** What a row is compared by: its SIREN and scope; undefined when its scope is refused. */
function askedFor(siren: string, fields: readonly FieldCell[]): string | undefined {
  const cell = fields.find(({ field }) => field === 'scope')?.cell ?? '';
  if (isBlank(cell)) return siren;
  const scope = readScope(cell);
  return 'value' in scope ? `${siren} ${searchableName(scope.value)}` : undefined;
}
