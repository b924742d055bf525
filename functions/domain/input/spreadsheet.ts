/** What a spreadsheet or a data tool makes of a value; each is the code of a field problem. */
export type SpreadsheetProblem = 'spreadsheet_error' | 'text_formula' | 'scientific_notation';

/** Errors that spreadsheets write into a cell, in English and French, and the signs of a column that is too narrow. */
const error =
  /^#(?:N\/?A|REF|VALUE|VALEUR|DIV\/0|NAME|NOM|NUM|NOMBRE|NULL|NUL|SPILL|PROPAGATION|CALC|GETTING_DATA|#+)[!?]?$/i;
const scientific = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;

/** True for a cell that holds the error of a formula, such as `#N/A`, and no value. */
export function isSpreadsheetError(text: string): boolean {
  return error.test(text.trim());
}

/**
 * Why a number without decoration is what a spreadsheet made of it: an error, a formula that was meant to keep it as text
 * (`="0123"`), or scientific notation, which has lost digits. Undefined when it is none of them.
 */
export function spreadsheetProblemOf(compact: string): SpreadsheetProblem | undefined {
  if (isSpreadsheetError(compact)) return 'spreadsheet_error';
  if (compact.startsWith('=')) return 'text_formula';
  return scientific.test(compact) ? 'scientific_notation' : undefined;
}

/** A number without the decimal zeros that data tools add to whole ones: `250.0`, `250,00`. */
export function withoutDecimalZeros(compact: string): string {
  return compact.replace(/[.,]0*$/, '');
}
