import { referenceOf } from './keys.ts';
import type { Page, QueryOptions, Table } from './table.ts';

type PageRequest = Pick<QueryOptions, 'cursor'> & { readonly limit: number };

/** Onboardings by the instant at which something is due on one of their items. */
export interface DueList {
  /** References of those on which something is due up to an instant, the longest ago first. */
  due(until: string, page: PageRequest): Promise<Page<string>>;
  /** The instant at which something is due next; undefined when nothing is listed. */
  nextDue(): Promise<string | undefined>;
}

/** The list in one partition of the index by due date, whose sort keys are an instant and a reference. */
export function dueListOf(table: Table, duePk: string): DueList {
  return {
    due: async (until, page) => {
      // The next character after `#` takes in those of this very instant.
      const { items, ...rest } = await table.queryIndex('byDue', duePk, { ...page, upTo: `${until}$` });
      return { items: items.map(referenceOf), ...rest };
    },
    nextDue: () => table.firstOf('byDue', duePk),
  };
}
