import * as z from 'zod/mini';
import type { PublishedKey, Seal } from '../domain/record/seal.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

export interface Seals {
  find(digest: string): Promise<Seal | undefined>;
  /** Keeps a seal, unless the record has one already; gives the one that is kept. */
  keep(seal: Seal): Promise<Seal>;
  /** The keys, the oldest first. */
  keys(): Promise<readonly PublishedKey[]>;
  /** Keeps the public half of a key for good; nothing happens when it is kept already. */
  keepKey(key: PublishedKey): Promise<void>;
}

const sealItem = z.object({
  digest: z.string(),
  signature: z.string(),
  keyId: z.string(),
  at: z.iso.datetime(),
});
const keyItem = z.object({ id: z.string(), publicKey: z.string(), since: z.iso.datetime() });

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

export function createSeals(table: Table): Seals {
  const parsed = (item: Item | undefined) => (item === undefined ? undefined : z.parse(sealItem, item));
  const find = async (digest: string) => parsed(await table.get(keys.seal(digest)));
  return {
    find,
    keep: async (seal) => {
      if (await table.putIf({ ...keys.seal(seal.digest), ...seal }, isNew)) return seal;
      return (await find(seal.digest)) ?? seal;
    },
    keys: async () => {
      const items = await table.queryAll(keys.sealKeys().pk, { consistent: true });
      return items
        .map((item) => z.parse(keyItem, item))
        .toSorted((one, other) => (one.since < other.since ? -1 : 1));
    },
    keepKey: async (key) => {
      await table.putIf({ ...keys.sealKey(key.id), ...key }, isNew);
    },
  };
}
