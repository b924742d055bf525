import { correctionDueAt } from '../domain/onboarding/correction.ts';
import type { Correction } from '../domain/onboarding/state.ts';
import { indexKeys, keys, referenceOf } from './keys.ts';
import { toCorrection } from './stored-onboarding.ts';
import type { Page, QueryOptions, Table, Write } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';
import { putAnyway } from './writes.ts';

type PageRequest = Pick<QueryOptions, 'cursor'> & { readonly limit: number };

/** Corrections of submitted answers, by the instant at which something is due on them. */
export interface Corrections {
  /** References of the onboardings whose correction is to be reminded of or ended up to an instant. */
  due(until: string, page: PageRequest): Promise<Page<string>>;
  /** The instant at which something is due next; undefined when no correction is open. */
  nextDue(): Promise<string | undefined>;
}

/** Part of a change, whose version guards it: an open correction is listed by what is due on it next. */
export function correctionWrite(reference: string, correction: Correction): Write {
  const due = correctionDueAt(correction);
  return putAnyway({
    ...keys.correction(reference),
    ...correction,
    ...(due === undefined ? {} : indexKeys.correction(due, reference)),
  });
}

export function createCorrections(table: Table, note: NoteUnreadable): Corrections {
  const { duePk } = indexKeys.correction('', '');
  return {
    due: async (until, page) => {
      // Sort keys go on with a reference: the next character after `#` takes in those of this very instant.
      const { items, ...rest } = await table.queryIndex('byDue', duePk, { ...page, upTo: `${until}$` });
      return { items: items.map(referenceOf), ...rest };
    },
    nextDue: async () => {
      const [first] = (await table.queryIndex('byDue', duePk, { limit: 1 })).items;
      const item = first === undefined ? undefined : await table.get(first);
      const [correction] = item === undefined ? [] : readEach([item], toCorrection, note).items;
      return correction === undefined ? undefined : correctionDueAt(correction);
    },
  };
}
