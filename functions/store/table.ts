import { setTimeout as pause } from 'node:timers/promises';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type IndexName, indexes, type Key } from './keys.ts';
import { othersOf } from './other-attributes.ts';

/** An item as the table returns it: the caller parses it. */
export type Item = Record<string, unknown>;

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction; `guards` names what a failed condition means. */
export interface Write {
  readonly guards: string;
  readonly item: TransactItem;
}

/** A condition of a transaction did not hold; `guard` names it. Nothing was written. */
export class ConditionFailedError extends Error {
  override readonly name = 'ConditionFailedError';
  readonly guard: string;

  constructor(guard: string, options?: ErrorOptions) {
    super(`The condition "${guard}" did not hold`, options);
    this.guard = guard;
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Present when more may follow. */
  readonly cursor?: string;
  /** References of those left out because this release cannot read them. */
  readonly unreadable?: readonly string[];
}

export interface QueryOptions {
  readonly prefix?: string;
  /** Only sort keys up to this one (inclusive). */
  readonly upTo?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly newestFirst?: boolean;
  readonly consistent?: boolean;
}

/** The key of an item that an index has found. */
export interface IndexEntry {
  readonly key: Key;
  /** Its sort key in the index. */
  readonly sort: string;
}

/** A condition on the item as it is before the write. */
export interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

export interface Table {
  get(key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined>;
  /** Items in the order of `wanted`, the missing ones left out. */
  getAll(wanted: readonly Key[]): Promise<readonly Item[]>;
  query(pk: string, options?: QueryOptions): Promise<Page<Item>>;
  /** Every item, page by page. */
  queryAll(pk: string, options?: Omit<QueryOptions, 'limit' | 'cursor'>): Promise<readonly Item[]>;
  /** Primary keys found by an index. */
  queryIndex(index: IndexName, pk: string, options?: QueryOptions): Promise<Page<Key>>;
  /** The same, with what the index itself says of each. */
  entriesOf(index: IndexName, pk: string, options?: QueryOptions): Promise<Page<IndexEntry>>;
  /** The beginning of the first sort key of an index, up to its first #; undefined when nothing is there. */
  firstOf(index: IndexName, pk: string): Promise<string | undefined>;
  queryWholeIndex(index: IndexName, pk: string): Promise<readonly Key[]>;
  /** Writes one item when the condition holds; false when it does not. */
  putIf(item: Item, condition: Condition): Promise<boolean>;
  delete(key: Key): Promise<void>;
  /**
   * All writes or none.
   *
   * @throws ConditionFailedError naming the first guard whose condition did not hold.
   */
  write(writes: readonly Write[]): Promise<void>;
}

/** The start of a page, as every list takes it. */
export type PageStart = Pick<QueryOptions, 'cursor'>;

/** The page that a cursor leads to; the first one without a cursor. */
export function pageAt(cursor: string | undefined): PageStart {
  return cursor === undefined ? {} : { cursor };
}

interface PageRange {
  /** Cursor of the first page to read; the start of the list if it is absent. */
  readonly from?: string | undefined;
  /** The most pages to read; all of them if it is absent. */
  readonly most?: number;
}

/** The pages of a list; each is read only when the one before it has been handled. */
export async function* eachPage<T>(
  read: (page: PageStart) => Promise<Page<T>>,
  { from, most = Number.POSITIVE_INFINITY }: PageRange = {},
): AsyncGenerator<Page<T>> {
  let cursor = from;
  for (let pages = 0; pages < most; pages += 1) {
    const page = await read(pageAt(cursor));
    yield page;
    cursor = page.cursor;
    if (cursor === undefined) return;
  }
}

/** Every item of a list; a page is read only when the items before it have been taken. */
export async function* eachItem<T>(read: (page: PageStart) => Promise<Page<T>>): AsyncGenerator<T> {
  for await (const { items } of eachPage(read)) yield* items;
}

function allItems<T>(read: (page: PageStart) => Promise<Page<T>>): Promise<readonly T[]> {
  return Array.fromAsync(eachItem(read));
}

const conflictAttempts = 8;
const batchSize = 100;

function encodeCursor(key: Item | undefined): { cursor?: string } {
  return key === undefined ? {} : { cursor: Buffer.from(JSON.stringify(key)).toString('base64url') };
}

/** A client sent a cursor that no list has returned. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

/**
 * The key in a cursor. It must belong to this list: DynamoDB would reject the key of another partition as a fault of
 * the program.
 */
function decodeCursor(cursor: string, pkName: string, skName: string, pk: string): Item {
  let found: unknown;
  try {
    found = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new CursorError('The cursor is damaged', { cause });
  }
  const parsed = z.safeParse(z.record(z.string(), z.string().check(z.minLength(1))), found);
  const wanted = new Set(['pk', 'sk', pkName, skName]);
  if (
    !parsed.success ||
    parsed.data[pkName] !== pk ||
    Object.keys(parsed.data).length !== wanted.size ||
    Object.keys(parsed.data).some((name) => !wanted.has(name))
  ) {
    throw new CursorError('The cursor is not one of this list');
  }
  return parsed.data;
}

function conditions(pkName: string, skName: string, pk: string, options: QueryOptions) {
  const names: Record<string, string> = { '#pk': pkName };
  const values: Record<string, string> = { ':pk': pk };
  let expression = '#pk = :pk';
  if (options.prefix !== undefined || options.upTo !== undefined) names['#sk'] = skName;
  if (options.prefix !== undefined) {
    expression += ' AND begins_with(#sk, :prefix)';
    values[':prefix'] = options.prefix;
  } else if (options.upTo !== undefined) {
    expression += ' AND #sk <= :upTo';
    values[':upTo'] = options.upTo;
  }
  return {
    KeyConditionExpression: expression,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ScanIndexForward: options.newestFirst !== true,
    ...(options.limit === undefined ? {} : { Limit: options.limit }),
    ...(options.cursor === undefined
      ? {}
      : { ExclusiveStartKey: decodeCursor(options.cursor, pkName, skName, pk) }),
  };
}

/** The cursor of what follows an entry in the list of an index. */
export function cursorAfter(index: IndexName, listPk: string, { key, sort }: IndexEntry): string {
  const names = indexes[index];
  return encodeCursor({ ...key, [names.pk]: listPk, [names.sk]: sort }).cursor ?? '';
}

function keyOf(item: Item): Key {
  return { pk: String(item['pk']), sk: String(item['sk']) };
}

export function createTable(client: DynamoDBDocumentClient, tableName: string): Table {
  async function send(writes: readonly Write[]): Promise<void> {
    await client.send(
      new TransactWriteCommand({ TransactItems: writes.map((write) => withTable(write.item, tableName)) }),
    );
  }

  async function query(pk: string, options: QueryOptions = {}): Promise<Page<Item>> {
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: options.consistent === true,
        ...conditions('pk', 'sk', pk, options),
      }),
    );
    return { items: answer.Items ?? [], ...encodeCursor(answer.LastEvaluatedKey) };
  }

  async function queryItems(index: IndexName, pk: string, options: QueryOptions = {}): Promise<Page<Item>> {
    const names = indexes[index];
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: names.name,
        ...conditions(names.pk, names.sk, pk, options),
      }),
    );
    return { items: answer.Items ?? [], ...encodeCursor(answer.LastEvaluatedKey) };
  }

  async function queryIndex(index: IndexName, pk: string, options?: QueryOptions): Promise<Page<Key>> {
    const { items, ...rest } = await queryItems(index, pk, options);
    return { ...rest, items: items.map(keyOf) };
  }

  return {
    get: async (key, options) => {
      const { Item: item } = await client.send(
        new GetCommand({ TableName: tableName, Key: key, ConsistentRead: options?.consistent !== false }),
      );
      return item;
    },

    getAll: async (wanted) => {
      const found = new Map<string, Item>();
      // DynamoDB refuses a request that names a key twice.
      const distinct = [...new Map(wanted.map(({ pk, sk }) => [`${pk}\n${sk}`, { pk, sk }])).values()];
      for (let from = 0; from < distinct.length; from += batchSize) {
        let request: Key[] = distinct.slice(from, from + batchSize);
        while (request.length > 0) {
          const answer = await client.send(
            new BatchGetCommand({ RequestItems: { [tableName]: { Keys: request } } }),
          );
          for (const item of answer.Responses?.[tableName] ?? []) {
            found.set(`${item['pk']}\n${item['sk']}`, item);
          }
          request = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []).map(keyOf);
        }
      }
      return wanted.flatMap(({ pk, sk }) => {
        const item = found.get(`${pk}\n${sk}`);
        return item === undefined ? [] : [item];
      });
    },

    query,
    queryAll: (pk, options) => allItems((page) => query(pk, { ...options, ...page })),
    queryIndex,
    entriesOf: async (index, pk, options) => {
      const { items, ...rest } = await queryItems(index, pk, options);
      const { sk } = indexes[index];
      return { ...rest, items: items.map((item) => ({ key: keyOf(item), sort: String(item[sk]) })) };
    },
    firstOf: async (index, pk) => {
      const { items } = await queryItems(index, pk, { limit: 1 });
      const [first] = items;
      return first === undefined ? undefined : String(first[indexes[index].sk]).split('#')[0];
    },
    queryWholeIndex: (index, pk) => allItems((page) => queryIndex(index, pk, page)),

    putIf: async (item, condition) => {
      try {
        await client.send(
          new PutCommand({ TableName: tableName, Item: { ...othersOf(item), ...item }, ...condition }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    delete: async (key) => {
      await client.send(new DeleteCommand({ TableName: tableName, Key: { pk: key.pk, sk: key.sk } }));
    },

    write: async (writes) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await send(writes);
        } catch (error) {
          const failure = failureOf(error, writes);
          if (failure !== undefined) throw failure;
          if (!metOtherTransaction(error) || attempt === conflictAttempts) throw error;
          await pause(Math.random() * 10 * 2 ** attempt);
        }
      }
    },
  };
}

/** True when all writes were made; false when a condition did not hold. */
export async function written(table: Table, writes: readonly Write[]): Promise<boolean> {
  try {
    await table.write(writes);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

/** Another transaction touched the same items at the same moment: nothing was written, so it can be tried again. */
function metOtherTransaction(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some((reason) => reason.Code === 'TransactionConflict')
  );
}

function failureOf(error: unknown, writes: readonly Write[]): ConditionFailedError | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const failed = (error.CancellationReasons ?? []).findIndex(
    (reason) => reason.Code === 'ConditionalCheckFailed',
  );
  const guard = writes[failed]?.guards;
  return guard === undefined ? undefined : new ConditionFailedError(guard, { cause: error });
}

function withTable(item: TransactItem, TableName: string): TransactItem {
  return {
    ...(item.Put === undefined ? {} : { Put: { ...item.Put, TableName } }),
    ...(item.Update === undefined ? {} : { Update: { ...item.Update, TableName } }),
    ...(item.Delete === undefined ? {} : { Delete: { ...item.Delete, TableName } }),
    ...(item.ConditionCheck === undefined ? {} : { ConditionCheck: { ...item.ConditionCheck, TableName } }),
  };
}
