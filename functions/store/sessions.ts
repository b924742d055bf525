import * as z from 'zod/mini';
import { hour, minute } from '../domain/time.ts';
import { keys, linkHash } from './keys.ts';
import type { Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';

const common = {
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
};

const customerSession = z.object({
  kind: z.literal('customer'),
  reference: z.string(),
  /** Generation of the personal link it was opened with: a newer link ends it. */
  link: z.int(),
  /** The person whose link it was; the contact without. */
  person: z.optional(z.string()),
});
export type CustomerSession = z.infer<typeof customerSession>;

const staffSession = z.object({
  kind: z.literal('staff'),
  /** The identity provider's name for the person. */
  subject: z.string(),
  name: z.string(),
  mail: z.string(),
  roles: z.array(z.enum(['sales', 'operator'])),
  team: z.optional(z.string()),
});
export type StaffSession = z.infer<typeof staffSession>;

const sessionItem = z.discriminatedUnion('kind', [
  z.extend(customerSession, common),
  z.extend(staffSession, common),
]);
export type StoredSession = z.infer<typeof sessionItem>;
export type NewSession = CustomerSession | StaffSession;

const endedItem = z.object({ endedAt: z.iso.datetime() });

/** How long a session lasts, in milliseconds. */
interface SessionLimits {
  /** Without a request. */
  readonly idle: number;
  /** Since it was opened, whatever happens. */
  readonly absolute: number;
}

/**
 * Customers: a limit of more than 20 hours needs no warning before it (WCAG 2.2.1), and the personal link opens another
 * session at any time. Staff: a working day, and the identity provider is asked again after two hours away.
 */
export const sessionLimits: Readonly<Record<NewSession['kind'], SessionLimits>> = {
  customer: { idle: 21 * hour, absolute: 7 * 24 * hour },
  staff: { idle: 2 * hour, absolute: 12 * hour },
};

/** A request this soon after the last recorded one is not recorded: most pages write nothing. */
const recordEvery = 5 * minute;

/** True once a session is over by the clock. */
export function sessionIsOver({ kind, startedAt, seenAt }: StoredSession, now: Date): boolean {
  const { idle, absolute } = sessionLimits[kind];
  return now.getTime() >= Date.parse(seenAt) + idle || now.getTime() >= Date.parse(startedAt) + absolute;
}

/** Sessions by the hash of their secret: the table cannot open one. */
export interface Sessions {
  open(secret: string, session: NewSession, now: Date): Promise<void>;
  /** The session, unless it is over by the clock or was ended. */
  find(secret: string, now: Date): Promise<StoredSession | undefined>;
  end(secret: string): Promise<void>;
  /** Ends every session of a member of staff that was opened up to now. */
  endAllOf(subject: string, now: Date): Promise<void>;
}

export function createSessions(table: Table, note: NoteUnreadable): Sessions {
  // The keys of sessions are hashes of secrets: they name no one, and are not for the log.
  const noteSession = () => note({ reference: 'unknown', kind: 'SESSION' });

  function itemOf(secret: string, session: StoredSession) {
    const limit = Date.parse(session.startedAt) + sessionLimits[session.kind].absolute;
    // DynamoDB deletes it some time after; whether a session is over is decided by its dates, never by its absence.
    return { ...keys.session(linkHash(secret)), ...session, expiresAt: Math.ceil(limit / 1_000) };
  }

  async function endedAt(subject: string): Promise<string | undefined> {
    const item = await table.get(keys.staff(subject));
    return item === undefined ? undefined : z.parse(endedItem, item).endedAt;
  }

  return {
    open: async (secret, session, now) => {
      const at = now.toISOString();
      await table.putIf(itemOf(secret, { ...session, startedAt: at, seenAt: at }), {
        ConditionExpression: 'attribute_not_exists(pk)',
      });
    },
    find: async (secret, now) => {
      const item = await table.get(keys.session(linkHash(secret)));
      if (item === undefined) return undefined;
      // One of another release: the person signs in again, or opens the link again.
      const [session] = readEach([item], (found) => z.parse(sessionItem, found), noteSession).items;
      if (session === undefined) return undefined;
      if (sessionIsOver(session, now)) return undefined;
      if (session.kind === 'staff') {
        const ended = await endedAt(session.subject);
        if (ended !== undefined && session.startedAt <= ended) return undefined;
      }
      if (now.getTime() - Date.parse(session.seenAt) >= recordEvery) {
        // A session that was signed out meanwhile stays signed out.
        await table.putIf(itemOf(secret, { ...session, seenAt: now.toISOString() }), {
          ConditionExpression: 'attribute_exists(pk)',
        });
      }
      return session;
    },
    end: (secret) => table.delete(keys.session(linkHash(secret))),
    endAllOf: async (subject, now) => {
      await table.putIf(
        { ...keys.staff(subject), endedAt: now.toISOString() },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR endedAt < :at',
          ExpressionAttributeValues: { ':at': now.toISOString() },
        },
      );
    },
  };
}
