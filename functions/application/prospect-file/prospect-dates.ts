import type { IntakeField } from '../../domain/intake/intake.ts';

/** How a file writes its dates. */
export type DateFormat = 'YYYY-MM-DD' | 'DD/MM/YYYY';

const dateFields: ReadonlySet<IntakeField> = new Set(['earliestDate', 'latestDate']);
const french = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/;

/** True for a cell that holds a day as the French write it, whether the day exists or not. */
export function isFrenchDate(field: IntakeField, cell: string): boolean {
  return dateFields.has(field) && french.test(cell);
}

/** The cell with a French date turned into `YYYY-MM-DD`; whether the day exists is for the intake to say. */
export function withIsoDate(field: IntakeField, cell: string): string {
  if (!dateFields.has(field)) return cell;
  const [, day = '', month = '', year = ''] = french.exec(cell) ?? [];
  return year === '' ? cell : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
