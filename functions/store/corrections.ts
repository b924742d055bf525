import { correctionDueAt } from '../domain/onboarding/correction.ts';
import type { Correction } from '../domain/onboarding/state.ts';
import { type DueList, dueListOf } from './due-list.ts';
import { indexKeys, keys } from './keys.ts';
import type { Table, Write } from './table.ts';
import { putAnyway } from './writes.ts';

/** Part of a change, whose version guards it: an open correction is listed by what is due on it next. */
export function correctionWrite(reference: string, correction: Correction): Write {
  const due = correctionDueAt(correction);
  return putAnyway({
    ...keys.correction(reference),
    ...correction,
    ...(due === undefined ? {} : indexKeys.correction(due, reference)),
  });
}

/** Corrections of submitted answers, by the instant at which something is due on them: a reminder, or their end. */
export function createCorrections(table: Table): DueList {
  return dueListOf(table, indexKeys.correction('', '').duePk);
}
