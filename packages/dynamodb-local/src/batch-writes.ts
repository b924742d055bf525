import { createKey, type Table, validateKey, validationError } from 'dynalite/db/index.js';
import type { BatchWrite } from 'dynalite/validations/index.js';
import { NO_EXPRESSIONS } from './expressions.ts';
import { answerOf, applyWrite, type ItemWrite, keyHolder } from './item-writes.ts';
import { type Change, primaryKey } from './memory-store.ts';
import { type Answer, BATCH_WRITE_ITEM, type Body, parseRequest } from './operations.ts';
import { collectionMetrics, commit, type WriteSide } from './writes.ts';

/** Puts and deletes up to 25 items, all or none: DynamoDB may leave some out, which no program can rely on. */
export function batchWriteItems(side: WriteSide, body: Body): Answer {
  const { store } = side;
  const { request } = parseRequest(BATCH_WRITE_ITEM, body, store.asDynaliteStore());
  const writes = Object.entries(request.RequestItems).flatMap(([table, requests]) =>
    writesOf(store.requireTable(table).description, requests, request.ReturnConsumedCapacity),
  );
  const done: Change[] = [];
  try {
    for (const write of writes) done.push(applyWrite(store, write));
  } catch (error) {
    store.undo(done);
    throw error;
  }
  commit(
    side,
    done.map((change) => ({ change, kind: change.after === undefined ? 'delete' : 'put' })),
  );
  return {
    UnprocessedItems: {},
    ConsumedCapacity: capacities(writes, done),
    ItemCollectionMetrics: request.ReturnItemCollectionMetrics === 'SIZE' ? metricsByTable(done) : undefined,
  };
}

function writesOf(
  table: Table,
  requests: BatchWrite['RequestItems'][string],
  capacity: string | undefined,
): ItemWrite[] {
  const common = {
    TableName: table.TableName,
    ...(capacity === undefined ? {} : { ReturnConsumedCapacity: capacity }),
  };
  const writes = requests.map(({ PutRequest, DeleteRequest }): ItemWrite => {
    const shared = { expressions: NO_EXPRESSIONS, wantsOldItem: false };
    return PutRequest === undefined
      ? { ...shared, kind: 'delete', request: { ...common, Key: DeleteRequest?.Key ?? {} } }
      : { ...shared, kind: 'put', request: { ...common, Item: PutRequest.Item } };
  });
  const keys = writes.map((write) => keyIn(table, write));
  if (new Set(keys).size !== keys.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
  return writes;
}

function keyIn(table: Table, write: ItemWrite): string {
  const holder = keyHolder(write);
  const fault = validateKey(write.kind === 'put' ? primaryKey(holder, table) : holder, table);
  if (fault != null) throw fault;
  return createKey(holder, table);
}

function capacities(writes: readonly ItemWrite[], changes: readonly Change[]): object[] | undefined {
  const units = new Map<string, number>();
  for (const [n, write] of writes.entries()) {
    const change = changes[n];
    const answer = change === undefined ? undefined : answerOf(write, change).ConsumedCapacity;
    if (answer === undefined) return undefined;
    const { TableName } = write.request;
    units.set(TableName, (units.get(TableName) ?? 0) + answer.CapacityUnits);
  }
  return [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits }));
}

/** The metrics of each item collection that was written to, by table. */
export function metricsByTable(changes: readonly Change[]): { readonly [table: string]: readonly object[] } {
  const metrics = changes.flatMap((change) => {
    const found = collectionMetrics(change);
    return found === undefined ? [] : [{ table: change.table.TableName, found }];
  });
  const byTable = Map.groupBy(metrics, ({ table }) => table);
  return Object.fromEntries(
    [...byTable].map(([table, all]) => [
      table,
      [...new Map(all.map(({ found }) => [JSON.stringify(found), found])).values()],
    ]),
  );
}
