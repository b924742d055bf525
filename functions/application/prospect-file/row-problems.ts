import { type DateOrder, dateOrderOf } from '../../domain/input/written-date.ts';
import { type IntakeField, intakeFields, type ParsedIntake } from '../../domain/intake/intake.ts';
import type { Text } from '../../domain/text.ts';
import { unreadableCharacter } from './code-pages.ts';
import { type Column, columnNamed } from './header.ts';
import { isDateField } from './prospect-dates.ts';
import { joinedText, type QuotedLines } from './swallowed-rows.ts';

/** Why a row is refused: the column as the file names it, a code, and the problem with its fix. */
export interface RowProblem {
  readonly column: string;
  readonly code: string;
  readonly message: Text;
}

/** The value of a field in a row. */
export interface FieldCell {
  readonly field: IntakeField;
  readonly cell: string;
}

/** The problems that the rules of intake find. */
export function intakeProblems(intake: ParsedIntake): readonly RowProblem[] {
  if ('intake' in intake) return [];
  return intake.problems.map(({ field, code, message }) => ({ column: columnNamed(field), code, message }));
}

/** A value without a column is the sign of a separator too many: everything after it may be in the wrong place. */
export function strayCells(
  columns: readonly Column[],
  width: number,
  cells: readonly string[],
): readonly RowProblem[] {
  const stray = [
    ...columns.filter(({ field }) => field === undefined).map(({ index }) => cells[index] ?? ''),
    ...cells.slice(width),
  ];
  if (stray.every((cell) => cell.trim() === '')) return [];
  return [
    {
      column: '',
      code: 'too_many_cells',
      message: {
        fr: 'La ligne a des cellules hors des colonnes nommées ; retirez-les, ou mettez entre guillemets le texte qui contient le séparateur.',
        en: 'The row has cells outside the named columns; remove them, or put text that contains the separator in quotes.',
      },
    },
  ];
}

/** The row was read as part of another one. */
export function joinedRow(quoted: QuotedLines): RowProblem {
  return { column: '', code: 'rows_joined', message: joinedText(quoted) };
}

/** Text that the encoding of the file does not explain is refused: it would show other characters than were meant. */
export function unreadableCells(fields: readonly FieldCell[]): readonly RowProblem[] {
  return fields
    .filter(({ cell }) => cell.includes(unreadableCharacter))
    .map(({ field }) => ({
      column: columnNamed(field),
      code: 'unreadable_characters',
      message: {
        fr: `${intakeFields[field].fr} : des caractères sont illisibles dans l’encodage du fichier ; corrigez-les, ou enregistrez à nouveau le fichier au format « CSV UTF-8 ».`,
        en: `${intakeFields[field].en}: some characters cannot be read in the encoding of the file; correct them, or save the file again in the “CSV UTF-8” format.`,
      },
    }));
}

function hasOrder({ field, cell }: FieldCell, order: DateOrder): boolean {
  return isDateField(field) && dateOrderOf(cell) === order;
}

/** True for a row with a date that exists only when its month is read first. */
export function hasMonthFirst(fields: readonly FieldCell[]): boolean {
  return fields.some((one) => hasOrder(one, 'month_first'));
}

/** The dates of a row that mean two days, in a file of which a line writes the month first. */
export function ambiguousDates(
  fields: readonly FieldCell[],
  monthFirstOn: number | undefined,
): readonly RowProblem[] {
  if (monthFirstOn === undefined) return [];
  return fields
    .filter((one) => hasOrder(one, 'either'))
    .map(({ field }) => ({
      column: columnNamed(field),
      code: 'ambiguous_date',
      message: {
        fr: `${intakeFields[field].fr} : la ligne ${monthFirstOn} écrit le mois avant le jour, et cette date peut donc désigner deux jours ; écrivez toutes les dates au format AAAA-MM-JJ.`,
        en: `${intakeFields[field].en}: line ${monthFirstOn} writes the month before the day, so this date may mean two days; write all dates as YYYY-MM-DD.`,
      },
    }));
}

/** The organisation is on an earlier line with the same scope, or both are of the whole organisation. */
export function duplicateOf(firstLine: number): RowProblem {
  const { siren, scope } = intakeFields;
  const column = columnNamed('scope');
  return {
    column: columnNamed('siren'),
    code: 'duplicate',
    message: {
      fr: `${siren.fr} : déjà présent à la ligne ${firstLine} ; gardez une seule ligne par organisme, ou donnez à chacune son périmètre (colonne ${column}).`,
      en: `${siren.en}: already on line ${firstLine}; keep one line for each organisation, or give each line its ${scope.en.toLowerCase()} (column ${column}).`,
    },
  };
}
