import * as z from 'zod/mini';
import { sending } from '../domain/onboarding/durations.ts';
import type { Message } from '../domain/onboarding/messages.ts';
import { type Key, keys, type OutboxLane, outboxLanes, partitionsOf } from './keys.ts';
import { createSetAside, type SetAside } from './set-aside.ts';
import { fromMessage, type OutboxEntry, toEntry, unchanged } from './stored-outbox.ts';
import { type Item, type Page, type QueryOptions, type Table, type Write, written } from './table.ts';
import { putAnyway, removeIf } from './writes.ts';

/** What a try leaves of an entry. */
export interface Remainder {
  readonly sent: readonly number[];
  readonly tries: number;
  readonly leaseUntil: string;
}

export interface Outbox extends SetAside {
  /** The oldest entries, up to `limit`, whoever sends them. */
  pending(limit: number): Promise<readonly OutboxEntry[]>;
  /** A page of one partition, oldest first. It may be a moment behind: the claim of an entry would fail then. */
  page(partition: string, page: Pick<QueryOptions, 'limit' | 'cursor' | 'upTo'>): Promise<Page<OutboxEntry>>;
  /** An entry as it is now; undefined once it is done or set aside. */
  get(key: Key): Promise<OutboxEntry | undefined>;
  /** Takes an entry until an instant, as one more try; undefined when another took it, or it is done. */
  claim(entry: OutboxEntry, until: string): Promise<OutboxEntry | undefined>;
  /** Records how far a try came; no effect if the entry is done or was taken by another meanwhile. */
  keep(entry: OutboxEntry, remainder: Remainder): Promise<void>;
  /** Writes to an entry, so that the stream reports it again; no effect if it changed meanwhile. */
  nudge(entry: OutboxEntry, at: string): Promise<void>;
  /** Removes an entry once all its messages are sent. */
  done(entry: Pick<OutboxEntry, 'key'>): Promise<void>;
  /** Moves an entry of the earlier release to where the functions of this one look for it. */
  renew(entry: OutboxEntry, leaseUntil: string): Promise<void>;
}

/** The entries of one change: its mails are apart, because another function sends them. */
export function outboxWrites(
  { reference, version }: Pick<OutboxEntry, 'reference' | 'version'>,
  at: string,
  messages: readonly Message[],
): readonly Write[] {
  const placed = messages.map((message, place) => ({ message, place }));
  // The lease is the stream's: nothing else sends the entry until it has run out, so the stream need not claim it.
  const leaseUntil = new Date(Date.parse(at) + sending.lease).toISOString();
  return outboxLanes.flatMap((lane) => {
    const own = placed.filter(({ message }) => laneFor(message) === lane);
    if (own.length === 0) return [];
    return putAnyway({
      ...keys.outbox(lane, at, reference, version),
      ...{ reference, version, at, leaseUntil },
      messages: own.map(({ message }) => fromMessage(message)),
      places: own.map(({ place }) => place),
    });
  });
}

function laneFor({ kind }: { readonly kind: string }): OutboxLane {
  return kind === 'mail' ? 'mail' : 'dispatch';
}

const stored = z.array(z.unknown());

/** The entries that replace one of the earlier release, which held mails and all else. */
function renewed({
  item,
  key,
  messages,
  places,
  sent,
  reference,
  version,
  at,
}: OutboxEntry): readonly Item[] {
  const { pk: _, sk: _key, ...rest } = item;
  const raw = z.safeParse(stored, item['messages']);
  if (!raw.success) return [{ ...rest, ...keys.outbox('dispatch', at, reference, version), sk: key.sk }];
  return outboxLanes.flatMap((lane) => {
    const own = [...messages.entries()]
      .map(([index, message]) => ({
        lane: laneFor(message),
        place: places[index] ?? index,
        raw: raw.data[index],
      }))
      .filter((each) => each.lane === lane && !sent.includes(each.place));
    if (own.length === 0) return [];
    return {
      ...{ ...rest, ...keys.outbox(lane, at, reference, version), sent: [] },
      ...{ messages: own.map((each) => each.raw), places: own.map(({ place }) => place) },
    };
  });
}

export function createOutbox(table: Table): Outbox {
  async function page(
    partition: string,
    options: Pick<QueryOptions, 'limit' | 'cursor' | 'upTo' | 'consistent'>,
  ): Promise<Page<OutboxEntry>> {
    const { items, ...rest } = await table.query(partition, options);
    return { items: items.map(toEntry), ...rest };
  }

  return {
    ...createSetAside(table),
    page,
    pending: async (limit) => {
      const partitions = outboxLanes.flatMap(partitionsOf);
      const pages = await Promise.all(partitions.map((each) => page(each, { limit, consistent: true })));
      return pages
        .flatMap(({ items }) => items)
        .sort((one, other) => compare(one.at, other.at))
        .slice(0, limit);
    },
    get: async (key) => {
      const item = await table.get(key);
      return item === undefined ? undefined : toEntry(item);
    },
    claim: async (entry, until) => {
      const item = { ...entry.item, leaseUntil: until, tries: entry.tries + 1 };
      return (await table.putIf(item, unchanged(entry))) ? toEntry(item) : undefined;
    },
    keep: async (entry, { sent, tries, leaseUntil }) => {
      await table.putIf({ ...entry.item, sent: [...sent], tries, leaseUntil }, unchanged(entry));
    },
    nudge: async (entry, at) => {
      await table.putIf({ ...entry.item, nudgedAt: at }, unchanged(entry));
    },
    done: ({ key }) => table.delete(key),
    renew: async (entry, leaseUntil) => {
      await written(table, [
        removeIf('outbox', entry.key, unchanged(entry)),
        ...renewed(entry).map((item) => putAnyway({ ...item, leaseUntil })),
      ]);
    },
  };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
