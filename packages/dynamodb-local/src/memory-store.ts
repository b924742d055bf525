import { Stream } from 'node:stream';
import {
  createKey,
  type Done,
  getIndexActions,
  type Item,
  type ItemDb,
  type Range,
  type SecondaryIndex,
  type Store,
  type Table,
} from 'dynalite/db/index.js';
import { DynamoDbFault, tableNotFound } from './faults.ts';
import { MAX_ITEM_BYTES } from './item-size.ts';
import { SortedMap } from './sorted-map.ts';

/** One item before and after a write; absent means there was, or is, none. */
export interface Change {
  readonly table: Table;
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

interface HeldIndex {
  readonly definition: SecondaryIndex;
  readonly entries: SortedMap<Item>;
}

export interface HeldTable {
  description: Table;
  timeToLiveAttribute: string | undefined;
  readonly items: SortedMap<Item>;
  readonly indexes: readonly HeldIndex[];
}

export const AWS_REGION = 'eu-west-3';
export const AWS_ACCOUNT = '000000000000';

/**
 * Hands out a list as the stream dynalite expects, once dynalite has had time to listen. What
 * dynalite throws then can be caught nowhere else: it is handed to dynalite as an error of the stream.
 */
class ListStream extends Stream {
  #destroyed = false;

  constructor(values: readonly unknown[]) {
    super();
    queueMicrotask(() => {
      try {
        for (const value of values) {
          if (this.#destroyed) return;
          this.emit('data', value);
        }
        this.emit('end');
      } catch (error) {
        this.emit('error', error);
      }
    });
  }

  destroy(): void {
    this.#destroyed = true;
  }
}

/** All indexes of a table. */
export const indexesOf = (table: Table): readonly SecondaryIndex[] => [
  ...(table.GlobalSecondaryIndexes ?? []),
  ...(table.LocalSecondaryIndexes ?? []),
];

const withoutAbsent = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));

/**
 * dynalite shortens the hash that tells apart items with equal index keys to 24 bits, so a few thousand of
 * them would overwrite each other; the item's own key behind it makes the entry unique.
 */
const entryKey = (indexKey: string, itemKey: string): string => `${indexKey}:${itemKey}`;

/**
 * Tables in memory, offered to dynalite's actions as their storage. Everything answers before it returns:
 * nothing can come between the operations of a transaction, and a query reads one moment. Items and index entries change in one place, {@link put}, so they always agree.
 */
export class MemoryStore {
  readonly #tables = new Map<string, HeldTable>();

  tableNames(): string[] {
    return [...this.#tables.keys()].sort();
  }

  table(name: string): HeldTable | undefined {
    return this.#tables.get(name);
  }

  /** @throws DynamoDbFault ResourceNotFoundException */
  requireTable(name: string): HeldTable {
    const table = this.#tables.get(name);
    if (table === undefined) throw tableNotFound();
    return table;
  }

  addTable(description: Table, timeToLiveAttribute: string | undefined): void {
    const known = this.#tables.get(description.TableName);
    if (known !== undefined) {
      known.description = description;
      known.timeToLiveAttribute = timeToLiveAttribute;
      return;
    }
    this.#tables.set(description.TableName, {
      description,
      timeToLiveAttribute,
      items: new SortedMap(),
      indexes: indexesOf(description).map((definition) => ({ definition, entries: new SortedMap() })),
    });
  }

  removeTable(name: string): void {
    this.#tables.delete(name);
  }

  /** Sets or, with no item, removes the item at a key, together with its index entries. */
  put(table: HeldTable, key: string, after: Item | undefined): void {
    const before = table.items.get(key);
    const actions = table.indexes.map(({ definition, entries }) => ({
      entries,
      ...getIndexActions([definition], before, after, table.description),
    }));
    if (after === undefined) table.items.delete(key);
    else table.items.set(key, after);
    for (const { entries, puts, deletes } of actions) {
      for (const entry of deletes) entries.delete(entryKey(entry.key, key));
      for (const entry of puts) {
        entries.set(entryKey(entry.key, key), entry.item === after ? after : withoutAbsent(entry.item));
      }
    }
  }

  /** Takes changes back, newest first. */
  undo(changes: readonly Change[]): void {
    for (const { table, key, before } of changes.toReversed()) {
      this.put(this.requireTable(table.TableName), key, before);
    }
  }

  /** The store as dynalite sees it. `startKey` is the `ExclusiveStartKey` of the query or scan to run. */
  asDynaliteStore(startKey?: Item): Store {
    return {
      options: { maxItemSize: MAX_ITEM_BYTES, createTableMs: 0 },
      tableDb: {
        // Every call here finishes before it returns: there is nothing to lock out.
        lock: (_key, run) => run((done) => done),
        awsAccountId: AWS_ACCOUNT,
        awsRegion: AWS_REGION,
        get: (name, done) => done(null, this.#tables.get(name)?.description),
        put: (_name, _table, done) => done(new Error('Tables are not written by dynalite')),
        createKeyStream: () => new ListStream(this.tableNames()),
      },
      getTable: (name, checkStatus, done) => this.#getTable(name, checkStatus, done),
      getItemDb: (name) => this.#itemDb(this.requireTable(name)),
      getIndexDb: (_kind, table, index) => this.#indexDb(this.requireTable(table), index, startKey),
    };
  }

  #getTable(name: string, checkStatus: boolean | Done<Table>, done: Done<Table> | undefined): void {
    const table = this.#tables.get(name)?.description;
    const answer = typeof checkStatus === 'function' ? checkStatus : done;
    if (table !== undefined) {
      answer?.(null, table);
      return;
    }
    // As on AWS, only operations on the table itself name it.
    answer?.(
      checkStatus === false
        ? new DynamoDbFault(
            'ResourceNotFoundException',
            `Requested resource not found: Table: ${name} not found`,
          )
        : tableNotFound(),
    );
  }

  #itemDb({ items }: HeldTable): ItemDb {
    return {
      get: (key, done) => done(null, items.get(key)),
      createValueStream: (range) => new ListStream(items.range(range)),
    };
  }

  #indexDb(table: HeldTable, name: string, startKey: Item | undefined): Pick<ItemDb, 'createValueStream'> {
    const index = table.indexes.find(({ definition }) => definition.IndexName === name);
    if (index === undefined) throw new Error(`The table has no index ${name}`);
    return {
      createValueStream: (range) =>
        new ListStream(index.entries.range(startKey === undefined ? range : after(range, startKey, table))),
    };
  }
}

/** The primary key of an item. */
export function primaryKey(item: Item, table: Table): Item {
  return Object.fromEntries(
    table.KeySchema.flatMap(({ AttributeName: name }) => {
      const value = item[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A page starts behind the very entry the last one ended with, in the direction it reads. */
function after(range: Range, startKey: Item, { description }: HeldTable): Range {
  const itemKey = createKey(primaryKey(startKey, description), description);
  if (range.reverse === true) {
    return range.lt === undefined ? range : { ...range, lt: entryKey(range.lt, itemKey) };
  }
  return range.gt === undefined ? range : { ...range, gt: entryKey(range.gt, itemKey) };
}
