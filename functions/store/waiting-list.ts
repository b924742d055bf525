import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Item, Table, Write } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';
import { exists, putAnyway, removeIf } from './writes.ts';

const waitingItem = z.object({
  reference: z.string(),
  rank: z.string(),
  /** Until when a place is offered, while one is. */
  offeredUntil: z.optional(z.iso.datetime()),
});
export type Waiting = z.infer<typeof waitingItem>;

/** The last rank that is counted: the page shows a customer behind it "more than" this number. */
export const countedRanks = 500;

/** Puts an onboarding on the list, at the rank of its order of service, or records an offer made to it. */
export function joinWaitingList(waiting: Waiting): Write {
  return putAnyway({ ...keys.waiting(waiting.rank, waiting.reference), ...waiting });
}

/** Removes an onboarding from the list; the guard `waiting` fails when it was not on it. */
export function leaveWaitingList(rank: string, reference: string): Write {
  return removeIf('waiting', keys.waiting(rank, reference), exists);
}

export interface WaitingList {
  /** The first ones, in the order of service. */
  first(limit: number): Promise<readonly Waiting[]>;
  /** 1 for the first; undefined past `countedRanks`. */
  rankOf(reference: string): Promise<number | undefined>;
}

export function createWaitingList(table: Table, note: NoteUnreadable): WaitingList {
  async function entries(limit: number): Promise<readonly Item[]> {
    const { items } = await table.query(keys.waiting('', '').pk, { limit, consistent: true });
    return items;
  }
  return {
    first: async (limit) => readEach(await entries(limit), (item) => z.parse(waitingItem, item), note).items,
    rankOf: async (reference) => {
      // Who is before one counts, whether this release can read the entry or not.
      const place = (await entries(countedRanks)).findIndex((item) => item['reference'] === reference);
      return place === -1 ? undefined : place + 1;
    },
  };
}
