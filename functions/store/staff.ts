import * as z from 'zod/mini';
import { day } from '../domain/time.ts';
import { keys } from './keys.ts';
import { othersOf, withOthers } from './other-attributes.ts';
import type { StaffSession } from './sessions.ts';
import { eachItem, type Item, type Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';

/** Days since the last sign-in after which nothing is kept of a member of staff, but on what they still follow. */
export const staffKeptDays = 400;

const memberItem = z.object({
  /** The identity provider's name for the person. */
  subject: z.string(),
  name: z.string(),
  mail: z.string(),
  roles: z.array(z.string()),
  team: z.optional(z.string()),
  /** The last sign-in, a day late at most. */
  signedInAt: z.iso.datetime(),
});
export type StaffMember = z.infer<typeof memberItem>;

/** An operator, with the names under which the identity provider knew the same mail address before. */
export interface KnownOperator extends StaffMember {
  readonly earlier: readonly string[];
}

/** Members read at once. */
const pageSize = 200;

/** Members of staff who have signed in. */
export interface Staff {
  /** Notes a sign-in: once a day, and whenever the name, the mail, the roles or the team have changed. */
  signedIn(
    member: Pick<StaffSession, 'subject' | 'name' | 'mail' | 'roles' | 'team'>,
    now: Date,
  ): Promise<void>;
  /** Those whose last sign-in was as an operator, by name; of two accounts with one mail, the one that came last. */
  operators(now: Date): Promise<readonly KnownOperator[]>;
}

function sameRoles(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}

export function createStaff(table: Table, note: NoteUnreadable): Staff {
  // Whom an item is of is not for the log.
  const noteMember = () => note({ reference: 'unknown', kind: 'STAFF_MEMBER' });
  const read = (items: readonly Item[]) =>
    readEach(items, (item) => withOthers(z.parse(memberItem, item), item, memberItem.shape), noteMember)
      .items;

  return {
    signedIn: async ({ subject, name, mail, roles, team }, now) => {
      const item = await table.get(keys.staffMember(subject));
      if (item === undefined && roles.length === 0) return;
      const [before] = item === undefined ? [] : read([item]);
      const isNoted =
        before !== undefined &&
        before.name === name &&
        before.mail === mail &&
        before.team === team &&
        sameRoles(before.roles, roles) &&
        now.getTime() < Date.parse(before.signedInAt) + day;
      if (isNoted) return;
      const signedInAt = now.toISOString();
      // DynamoDB deletes it some time after; who is still listed is decided by the date.
      const expiresAt = Math.ceil((now.getTime() + staffKeptDays * day) / 1_000);
      await table.putIf(
        {
          ...othersOf(before ?? {}),
          ...keys.staffMember(subject),
          ...{ subject, name, mail, roles, signedInAt, expiresAt },
          ...(team === undefined ? {} : { team }),
        },
        {
          // Of two sign-ins at once, the later one stays.
          ConditionExpression: 'attribute_not_exists(signedInAt) OR signedInAt <= :at',
          ExpressionAttributeValues: { ':at': signedInAt },
        },
      );
    },
    operators: async (now) => {
      const { pk } = keys.staffMembers();
      const items = await Array.fromAsync(
        eachItem((page) => table.query(pk, { ...page, limit: pageSize, consistent: true })),
      );
      const listed = read(items).filter(
        ({ roles, signedInAt }) =>
          roles.includes('operator') && now.getTime() < Date.parse(signedInAt) + staffKeptDays * day,
      );
      const oldestFirst = listed.toSorted((one, other) => (one.signedInAt < other.signedInAt ? -1 : 1));
      const accounts = Map.groupBy(oldestFirst, ({ mail }) => mail).values();
      return [...accounts]
        .flatMap((of) => {
          const last = of.at(-1);
          const earlier = of.slice(0, -1).map(({ subject }) => subject);
          return last === undefined ? [] : [{ ...last, earlier }];
        })
        .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'));
    },
  };
}
