import { type Item, validationError } from 'dynalite/db/index.js';
import { DynamoDbFault } from './faults.ts';
import { itemSize, MAX_TRANSACTION_BYTES } from './item-size.ts';
import { type Change, type MemoryStore, primaryKey } from './memory-store.ts';
import type { DoneRequest } from './request-tokens.ts';
import type { LogRecord, WriteLog } from './write-log.ts';

/** Which operation changed an item. */
export type WriteKind = 'put' | 'update' | 'delete';

/** An item that a write request has changed. */
export interface WrittenKey {
  readonly table: string;
  /** The item's primary key, as attribute values. */
  readonly key: Item;
  readonly kind: WriteKind;
  /** The item as it was and as it is, as attribute values; absent when there is none. */
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Part of a TransactWriteItems, which AWS counts twice. */
  readonly transactional: boolean;
}

/** A change and the operation behind it. */
export interface Write {
  readonly change: Change;
  readonly kind: WriteKind;
}

/**
 * What `ReturnItemCollectionMetrics` asks for: only a table with local indexes has collections of a limited
 * size, and everything here is far below 1 GB.
 */
export function collectionMetrics({ table, before, after }: Change): object | undefined {
  const [hash] = table.KeySchema;
  const value = hash === undefined ? undefined : (after ?? before)?.[hash.AttributeName];
  if ((table.LocalSecondaryIndexes ?? []).length === 0 || hash === undefined) return undefined;
  return { ItemCollectionKey: { [hash.AttributeName]: value }, SizeEstimateRangeGB: [0, 1] };
}

/** @throws a ValidationException: the items of a transaction weigh more than 4 MB together */
export function checkTransactionSize(changes: readonly Change[]): void {
  const total = changes.reduce((sum, { after }) => sum + (after === undefined ? 0 : itemSize(after)), 0);
  if (total > MAX_TRANSACTION_BYTES) {
    throw validationError('The aggregate size of the items in the transaction cannot exceed 4 MB');
  }
}

/** What is needed to make a write last and to report it. */
export interface WriteSide {
  readonly store: MemoryStore;
  readonly log: WriteLog;
  readonly onWrite: ((keys: readonly WrittenKey[]) => void) | undefined;
}

/**
 * Logs what a request has done to the store as one record, then reports it. If it cannot be logged (a full
 * disk), it is taken back: what is not in the log has not happened.
 * @throws DynamoDbFault InternalServerError
 */
export function commit(
  side: WriteSide,
  requested: readonly Write[],
  transaction?: { readonly token: DoneRequest | undefined },
): void {
  // An item that was not there and is not there has not been written.
  const writes = requested.filter(({ change: { before, after } }) => (before ?? after) !== undefined);
  const token = transaction?.token;
  if (writes.length === 0 && token === undefined) return;
  const changes = writes.map(({ change }) => change);
  const record: LogRecord = { kind: 'items', changes: changes.map(loggedChange), token };
  try {
    side.log.append(record);
  } catch (error) {
    side.store.undo(changes);
    throw notLogged(error);
  }
  if (writes.length > 0) side.onWrite?.(writes.map((write) => writtenKey(write, transaction !== undefined)));
}

/** The answer to a write that could not be logged. */
export function notLogged(error: unknown): DynamoDbFault {
  const reason = error instanceof Error ? error.message : String(error);
  return new DynamoDbFault('InternalServerError', `The write could not be kept: ${reason}`, {}, 500);
}

function loggedChange({ table, before, after }: Change) {
  return after === undefined
    ? { table: table.TableName, delete: primaryKey(before ?? {}, table) }
    : { table: table.TableName, put: after };
}

function writtenKey({ change: { table, before, after }, kind }: Write, transactional: boolean): WrittenKey {
  const key = primaryKey(after ?? before ?? {}, table);
  return { table: table.TableName, key, kind, before, after, transactional };
}
