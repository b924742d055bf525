import * as z from 'zod/mini';
import { keys, linkHash } from './keys.ts';
import type { Table, Write } from './table.ts';
import { putAnyway } from './writes.ts';

const linkItem = z.object({
  reference: z.string(),
  generation: z.int(),
  /** Whose link it is; absent for the contact's. */
  person: z.optional(z.string()),
});
export type LinkOwner = z.infer<typeof linkItem>;

/** Makes a link known, by its hash only. */
export function linkWrite(token: string, owner: LinkOwner): Write {
  return putAnyway({ ...keys.link(linkHash(token)), ...owner });
}

export interface LinkOwners {
  /** Whose link it is; compare the generation with the onboarding's, or the person's, to know whether it was replaced. */
  find(token: string): Promise<LinkOwner | undefined>;
}

export function createLinkOwners(table: Table): LinkOwners {
  return {
    find: async (token) => {
      const item = await table.get(keys.link(linkHash(token)));
      return item === undefined ? undefined : z.parse(linkItem, item);
    },
  };
}
