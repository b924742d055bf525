import * as z from 'zod/mini';
import { addDays, type CalendarDate } from '../domain/calendar-date.ts';
import { offices, type Person, personRoles, revocationReasons } from '../domain/onboarding/people.ts';
import { lookAtPersonOn } from '../domain/onboarding/person-reminders.ts';
import { indexKeys, keys, personOf, referenceOf } from './keys.ts';
import type { PageRequest } from './lists.ts';
import { withOthers } from './other-attributes.ts';
import { type Item, type Page, type Table, type Write, written } from './table.ts';
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
  mailBounced: z.optional(z.literal(true)),
  erasedAt: z.optional(instant),
  linkMails: z.array(instant),
  remindedOn: z.optional(z.string()),
  partReminders: z.optional(z.object({ times: z.int(), on: z.string() })),
  lookAgainOn: z.optional(z.string()),
});

function toPerson(item: Item): Person {
  return withOthers(z.parse(personItem, item), item, personItem.shape);
}

/** Part of a change, whose version guards it. */
export function personWrite(reference: string, person: Person): Write {
  const day = lookAtPersonOn(person);
  return putAnyway({
    ...keys.person(reference, person.id),
    ...person,
    ...(day === undefined ? {} : indexKeys.person(day, reference)),
  });
}

/** A person of an onboarding, as the list by date names them. */
export interface PersonKey {
  readonly reference: string;
  readonly id: string;
}

/** Those whom customers have named; erased with the onboarding. */
export interface People {
  /** All of an onboarding, also those who were revoked, in the order in which they were named. */
  of(reference: string): Promise<readonly Person[]>;
  get(reference: string, id: string): Promise<Person | undefined>;
  /** Those to be looked at up to a day, whether to remind them. */
  toLookAt(upTo: CalendarDate, page: PageRequest): Promise<Page<PersonKey>>;
  /** The first day on which someone of any onboarding is looked at. */
  firstLook(): Promise<CalendarDate | undefined>;
  /** Puts someone off to another day, or out of the list; nothing once they have another place in it. */
  lookAgain(person: PersonKey, seen: Person, day: CalendarDate | undefined): Promise<void>;
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
    toLookAt: async (upTo, page) => {
      // The day is followed by the reference: those of the day itself come before the day after.
      const range = { ...page, upTo: addDays(upTo, 1) };
      const found = await table.queryIndex('byDue', indexKeys.person('', '').duePk, range);
      return {
        ...found,
        items: found.items.map((key) => ({ reference: referenceOf(key), id: personOf(key) })),
      };
    },
    firstLook: () => table.firstOf('byDue', indexKeys.person('', '').duePk),
    lookAgain: async ({ reference, id }, seen, day) => {
      const listed = lookAtPersonOn(seen);
      const set = day === undefined ? 'REMOVE duePk, dueSk' : 'SET lookAgainOn = :day, dueSk = :next';
      await written(table, [
        {
          guards: 'person',
          item: {
            Update: {
              TableName: '',
              Key: { ...keys.person(reference, id) },
              UpdateExpression: set,
              ConditionExpression: 'dueSk = :listed',
              ExpressionAttributeValues: {
                ':listed': indexKeys.person(listed ?? '', reference).dueSk,
                ...(day === undefined
                  ? {}
                  : { ':day': day, ':next': indexKeys.person(day, reference).dueSk }),
              },
            },
          },
        },
      ]);
    },
  };
}
