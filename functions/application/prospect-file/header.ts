import { shownFieldName } from '../../domain/input/problem-texts.ts';
import { type IntakeField, intakeFields } from '../../domain/intake/intake.ts';
import { ProspectFileError } from './prospect-file-error.ts';

/** What separates the cells of a line. */
const separators = [',', ';', '\t'] as const;
export type Separator = (typeof separators)[number];

/** Columns that a returned file adds to each row; they are ignored when the file is read again. */
export const returnedColumns = ['error_code', 'error_message', 'column', 'fix'] as const;

const mandatory = ['siren', 'legalName', 'bodyType', 'contactName', 'contactEmail', 'services'] as const;

/** The name of a field in a file: `legal_name` for `legalName`. */
export function columnOf(field: IntakeField): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const fieldNames = Object.keys(intakeFields).filter((name): name is IntakeField =>
  Object.hasOwn(intakeFields, name),
);
const fieldsByColumn: ReadonlyMap<string, IntakeField> = new Map(
  fieldNames.map((field) => [columnOf(field), field]),
);
const columnsByField: ReadonlyMap<string, string> = new Map(
  fieldNames.map((field) => [field, columnOf(field)]),
);
const ignored: ReadonlySet<string> = new Set(returnedColumns);

/** The column of a field that a problem names; a name that is no field stays as it is. */
export function columnNamed(field: string): string {
  return columnsByField.get(field) ?? field;
}

/** One column of the file, at its place in each line. */
export interface Column {
  readonly index: number;
  /** As the file writes it. */
  readonly name: string;
  /** Absent when the column has no name: its cells must then be empty. */
  readonly field?: IntakeField;
}

/** Header names as people write them: case, spaces and hyphens do not matter. */
function normalised(name: string): string {
  return name
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, '_');
}

/** The line by which a file tells a spreadsheet its separator. */
const separatorLine = /^"?sep=([,;\t])"?[,;\t]*[^\S\r\n\t]*(?=[\r\n]|$)/i;

/** The text with its `sep=` line emptied, so that lines keep their numbers, and the separator that the line names. */
export function withoutSeparatorLine(text: string): { readonly text: string; readonly named?: Separator } {
  const [line, sign] = separatorLine.exec(text) ?? [];
  const named = separators.find((separator) => separator === sign);
  return line === undefined || named === undefined ? { text } : { text: text.slice(line.length), named };
}

/** The separator that makes most known column names of the first line; the most frequent one when none does. */
export function separatorOf(headerLine: string): Separator {
  const cells = (separator: Separator) =>
    headerLine.split(separator).map((cell) => normalised(cell.replaceAll('"', '')));
  const known = (separator: Separator) => cells(separator).filter((name) => fieldsByColumn.has(name)).length;
  return separators.toSorted((a, b) => known(b) - known(a) || cells(b).length - cells(a).length)[0] ?? ',';
}

/**
 * Reads the header: which field each column holds. The columns of a returned file are left out.
 *
 * @throws ProspectFileError naming the columns that are missing, unknown or there twice.
 */
export function readHeader(cells: readonly string[]): readonly Column[] {
  const columns = cells
    .map((name, index) => ({ index, name: name.trim(), normal: normalised(name) }))
    .filter(({ normal }) => !ignored.has(normal));
  const names = columns.map(({ normal }) => normal).filter((normal) => normal !== '');
  const unknown = names.filter((name) => !fieldsByColumn.has(name));
  const missing = mandatory.map(columnOf).filter((name) => !names.includes(name));
  refuseMissing(missing, unknown);
  refuseUnknown(unknown);
  refuseRepeated(names.filter((name, index) => names.indexOf(name) !== index));
  return columns.map(({ index, name, normal }) => {
    const field = fieldsByColumn.get(normal);
    return { index, name, ...(field === undefined ? {} : { field }) };
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map(shownFieldName).join(', ');
  return names.length > 20 ? `${shown}, …` : shown;
}

function refuseMissing(missing: readonly string[], unknown: readonly string[]) {
  if (missing.length === 0) return;
  const also =
    unknown.length === 0
      ? { fr: '', en: '' }
      : {
          fr: ` (colonnes non reconnues : ${listed(unknown)})`,
          en: ` (columns not recognised: ${listed(unknown)})`,
        };
  throw new ProspectFileError('missing_column', {
    fr:
      `Colonne(s) obligatoire(s) absente(s) de la première ligne : ${listed(missing)}${also.fr} ; ` +
      'ajoutez-les ou corrigez leur nom, et séparez les colonnes par « , », « ; » ou une tabulation.',
    en:
      `Required column(s) missing from the first line: ${listed(missing)}${also.en}; ` +
      'add them or correct their names, and separate columns by “,”, “;” or a tab.',
  });
}

function refuseUnknown(unknown: readonly string[]) {
  if (unknown.length === 0) return;
  const accepted = [...fieldsByColumn.keys()].join(', ');
  throw new ProspectFileError('unknown_column', {
    fr: `Colonne(s) inconnue(s) : ${listed(unknown)} ; retirez-les ou corrigez leur nom. Colonnes acceptées : ${accepted}.`,
    en: `Unknown column(s): ${listed(unknown)}; remove them or correct their names. Accepted columns: ${accepted}.`,
  });
}

function refuseRepeated(repeated: readonly string[]) {
  if (repeated.length === 0) return;
  throw new ProspectFileError('repeated_column', {
    fr: `Colonne(s) en double : ${listed(repeated)} ; n’en gardez qu’une de chaque nom.`,
    en: `Duplicate column(s): ${listed(repeated)}; keep only one of each name.`,
  });
}
