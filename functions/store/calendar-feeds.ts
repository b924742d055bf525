import * as z from 'zod/mini';
import { languages } from '../domain/text.ts';
import { day } from '../domain/time.ts';
import { keys, linkHash } from './keys.ts';
import { ConditionFailedError, type Item, type Table, type Write } from './table.ts';
import { putAnyway, putIf, putNew, removeAnyway } from './writes.ts';

/** Days without a sign-in after which an address gives nothing, until its owner signs in again. */
export const feedDays = 30;
/** Days without a sign-in after which nothing is kept of an address. */
export const feedKeptDays = 90;

const feedItem = z.object({
  /** Grows with each address of a member of staff, also once nothing is kept of those before: none comes back. */
  generation: z.int(),
  language: z.enum(languages),
  /** Hash of the present address. */
  link: z.string(),
  startedAt: z.iso.datetime(),
  /** The last sign-in as an operator. */
  signedInAt: z.iso.datetime(),
  endedAt: z.optional(z.iso.datetime()),
});
export type CalendarFeed = z.infer<typeof feedItem>;

const addressItem = z.object({ staff: z.string(), generation: z.int() });
const endedItem = z.object({ endedAt: z.iso.datetime() });

/** Addresses under which operators subscribe to the waves; the table knows an address by its hash only. */
export interface CalendarFeeds {
  /** The address of a member of staff, ended or not. */
  of(subject: string): Promise<CalendarFeed | undefined>;
  /**
   * Gives a member of staff an address of the next generation; the one before gives nothing from now on.
   *
   * @returns false when another one was given, or this one ended, since `before` was read.
   */
  start(
    subject: string,
    next: Pick<CalendarFeed, 'generation' | 'language'> & { readonly token: string },
    before: CalendarFeed | undefined,
    now: Date,
  ): Promise<boolean>;
  /** @returns false as `start` does. */
  end(subject: string, before: CalendarFeed, now: Date): Promise<boolean>;
  /** Notes that an operator has signed in, so that its address goes on. */
  signedIn(subject: string, now: Date): Promise<void>;
  /** What an address gives; undefined for one that was never given, or gives nothing any more. */
  find(token: string, now: Date): Promise<CalendarFeed | undefined>;
}

/** The generation of the next address: the second in which it is given, unless that is taken. */
export function nextGeneration(before: CalendarFeed | undefined, now: Date): number {
  return Math.max(Math.floor(now.getTime() / 1_000), (before?.generation ?? 0) + 1);
}

function isOpen({ endedAt, signedInAt }: CalendarFeed, sessionsEndedAt: string | undefined, now: Date) {
  if (endedAt !== undefined || (sessionsEndedAt !== undefined && signedInAt <= sessionsEndedAt)) return false;
  return now.getTime() < Date.parse(signedInAt) + feedDays * day;
}

export function createCalendarFeeds(table: Table): CalendarFeeds {
  const read = (item: Item | undefined) => (item === undefined ? undefined : z.parse(feedItem, item));

  /** DynamoDB deletes it some time after; whether an address gives something is decided by its dates. */
  function kept({ signedInAt }: CalendarFeed) {
    return { expiresAt: Math.ceil((Date.parse(signedInAt) + feedKeptDays * day) / 1_000) };
  }

  function addressOf(subject: string, feed: CalendarFeed): Item {
    const { pk: staff } = keys.calendarFeed(subject);
    return { ...keys.calendarAddress(feed.link), staff, generation: feed.generation, ...kept(feed) };
  }

  /** The condition that no other address was given since `before` was read. */
  function put(subject: string, feed: CalendarFeed, before: CalendarFeed | undefined): Write {
    const item = { ...keys.calendarFeed(subject), ...feed, ...kept(feed) };
    if (before === undefined) return putNew('feed', item);
    const ended = before.endedAt === undefined ? 'attribute_not_exists' : 'attribute_exists';
    return putIf('feed', item, {
      ConditionExpression: `generation = :generation AND ${ended}(endedAt)`,
      ExpressionAttributeValues: { ':generation': before.generation },
    });
  }

  async function write(writes: readonly Write[]): Promise<boolean> {
    try {
      await table.write(writes);
      return true;
    } catch (error) {
      if (error instanceof ConditionFailedError) return false;
      throw error;
    }
  }

  return {
    of: async (subject) => read(await table.get(keys.calendarFeed(subject))),
    start: async (subject, { token, ...next }, before, now) => {
      const at = now.toISOString();
      const feed = { ...next, link: linkHash(token), startedAt: at, signedInAt: at };
      return write([
        put(subject, feed, before),
        putNew('feed', addressOf(subject, feed)),
        ...(before === undefined ? [] : [removeAnyway(keys.calendarAddress(before.link))]),
      ]);
    },
    end: (subject, before, now) =>
      write([
        put(subject, { ...before, endedAt: now.toISOString() }, before),
        removeAnyway(keys.calendarAddress(before.link)),
      ]),
    signedIn: async (subject, now) => {
      const feed = read(await table.get(keys.calendarFeed(subject)));
      if (feed === undefined || feed.endedAt !== undefined) return;
      const noted = { ...feed, signedInAt: now.toISOString() };
      // One that is replaced or ended meanwhile stays so.
      await write([put(subject, noted, feed), putAnyway(addressOf(subject, noted))]);
    },
    find: async (token, now) => {
      const item = await table.get(keys.calendarAddress(linkHash(token)));
      if (item === undefined) return undefined;
      const { staff, generation } = z.parse(addressItem, item);
      const { items } = await table.query(staff);
      const bySortKey = new Map(items.map((each) => [each['sk'], each]));
      const feed = read(bySortKey.get(keys.calendarFeed('').sk));
      if (feed === undefined || feed.generation !== generation) return undefined;
      const ended = bySortKey.get(keys.staff('').sk);
      const endedAt = ended === undefined ? undefined : z.parse(endedItem, ended).endedAt;
      return isOpen(feed, endedAt, now) ? feed : undefined;
    },
  };
}
