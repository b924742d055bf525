import * as z from 'zod/mini';
import { sending } from '../domain/onboarding/durations.ts';
import { day, second } from '../domain/time.ts';
import { keys, laneOf, type OutboxLane, outboxLanes } from './keys.ts';
import { type OutboxEntry, type OutboxMessage, toEntry, unchanged } from './stored-outbox.ts';
import { type Item, type Page, type QueryOptions, type Table, written } from './table.ts';
import { exists, putAnyway, putNew, removeIf } from './writes.ts';

const asideItem = z.object({
  lane: z.enum(outboxLanes),
  asideAt: z.iso.datetime(),
  error: z.string(),
});

/** An entry that was tried too often, kept for the operators. */
export interface AsideEntry {
  readonly reference: string;
  readonly version: number;
  readonly lane: OutboxLane;
  /** Instant of the change that left the messages. */
  readonly at: string;
  readonly asideAt: string;
  /** Kinds of the messages that were not sent; of mails, their template. */
  readonly unsent: readonly string[];
  readonly tries: number;
  /** Name of the last error. */
  readonly error: string;
}

export type AsideKey = Pick<AsideEntry, 'lane' | 'reference' | 'version'>;

export interface SetAside {
  /** Takes an entry out of the way of the others; false if it changed meanwhile. */
  setAside(entry: OutboxEntry, error: string, at: Date): Promise<boolean>;
  aside(page: Pick<QueryOptions, 'limit' | 'cursor'>): Promise<Page<AsideEntry>>;
  /** Puts an entry that was set aside back to be sent; false when it no longer is there. */
  putBack(key: AsideKey, at: Date): Promise<boolean>;
}

function nameOf(message: OutboxMessage): string {
  return message.kind === 'mail' ? message.template : message.kind;
}

function toAside(item: Item): AsideEntry {
  const { messages, places, sent, reference, version, at, tries } = toEntry(item);
  const unsent = messages.filter((_, index) => !sent.includes(places[index] ?? index)).map(nameOf);
  const parsed = z.safeParse(asideItem, item);
  const known = parsed.success ? parsed.data : ({ lane: 'dispatch', asideAt: at, error: '' } as const);
  return { ...known, reference, version, at, unsent, tries };
}

export function createSetAside(table: Table): SetAside {
  return {
    setAside: async (entry, error, at) => {
      const { key, item, reference, version, sent, tries, at: changedAt } = entry;
      const lane = laneOf(key.pk);
      if (lane === undefined) return false;
      const expiresAt = Math.ceil((at.getTime() + sending.asideDays * day) / second);
      const aside = { lane, error, tries, sent: [...sent], asideAt: at.toISOString(), expiresAt };
      return written(table, [
        removeIf('outbox', key, unchanged(entry)),
        putAnyway({
          ...item,
          ...keys.setAside(lane, reference, version),
          ...aside,
          at: changedAt,
          reference,
          version,
        }),
      ]);
    },
    aside: async (page) => {
      const { items, ...rest } = await table.query(keys.setAside('mail', '', 0).pk, page);
      return { items: items.map(toAside), ...rest };
    },
    putBack: async ({ lane, reference, version }, at) => {
      const key = keys.setAside(lane, reference, version);
      const item = await table.get(key);
      if (item === undefined) return false;
      const { lane: _, error: _error, tries: _tries, asideAt: _at, expiresAt: _until, ...entry } = item;
      return written(table, [
        removeIf('aside', key, exists),
        putNew('outbox', {
          ...entry,
          ...keys.outbox(lane, toEntry(item).at, reference, version),
          leaseUntil: new Date(at.getTime() + sending.lease).toISOString(),
        }),
      ]);
    },
  };
}
