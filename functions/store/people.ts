import * as z from 'zod/mini';
import { offices, type Person, personRoles, revocationReasons } from '../domain/onboarding/people.ts';
import { keys } from './keys.ts';
import { withOthers } from './other-attributes.ts';
import type { Item, Table, Write } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';
import { putAnyway } from './writes.ts';

const instant = z.iso.datetime();

const personItem = z.object({
  id: z.string(),
  role: z.enum(personRoles),
  office: z.optional(z.enum(offices)),
  sections: z.array(z.enum(['A', 'B', 'C', 'D', 'E'])),
  name: z.string(),
  email: z.string(),
  generation: z.int(),
  invitedAt: instant,
  namedBy: z.optional(z.string()),
  openedAt: z.optional(instant),
  revokedAt: z.optional(instant),
  revokedFor: z.optional(z.enum(revocationReasons)),
  erasedAt: z.optional(instant),
  linkMails: z.array(instant),
});

function toPerson(item: Item): Person {
  return withOthers(z.parse(personItem, item), item, personItem.shape);
}

/** Part of a change, whose version guards it. */
export function personWrite(reference: string, person: Person): Write {
  return putAnyway({ ...keys.person(reference, person.id), ...person });
}

/** Those whom customers have named; erased with the onboarding. */
export interface People {
  /** All of an onboarding, also those who were revoked, in the order in which they were named. */
  of(reference: string): Promise<readonly Person[]>;
  get(reference: string, id: string): Promise<Person | undefined>;
}

export function createPeople(table: Table, note: NoteUnreadable): People {
  // One of a later release opens nothing here.
  const read = (items: readonly Item[]) => readEach(items, toPerson, note).items;
  return {
    of: async (reference) => {
      const { pk, prefix } = keys.people(reference);
      const number = ({ id }: Person) => Number(id.slice(1));
      return read(await table.queryAll(pk, { prefix, consistent: true })).toSorted(
        (one, other) => number(one) - number(other),
      );
    },
    get: async (reference, id) => {
      const item = await table.get(keys.person(reference, id));
      return item === undefined ? undefined : read([item])[0];
    },
  };
}
