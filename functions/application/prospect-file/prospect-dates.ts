import { withoutInvisible } from '../../domain/input/plain-text.ts';
import type { IntakeField } from '../../domain/intake/intake.ts';

/** How a file writes its dates. */
export type DateFormat = 'YYYY-MM-DD' | 'DD/MM/YYYY' | 'MM/DD/YYYY';

const dateFields: ReadonlySet<IntakeField> = new Set(['earliestDate', 'latestDate']);
const french = /^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)/;

export function isDateField(field: IntakeField): boolean {
  return dateFields.has(field);
}

/** True for a cell that holds a day as the French write it, whether the day exists or not. */
export function isFrenchDate(field: IntakeField, cell: string): boolean {
  return isDateField(field) && french.test(withoutInvisible(cell));
}
