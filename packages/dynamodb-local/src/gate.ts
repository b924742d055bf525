import { batchWriteItems } from './batch-writes.ts';
import { writeItem } from './item-writes.ts';
import {
  type Answer,
  BATCH_GET_ITEM,
  type Body,
  DESCRIBE_TABLE,
  GET_ITEM,
  LIST_TABLES,
  type Operation,
  parseRequest,
  perform,
  QUERY,
  SCAN,
} from './operations.ts';
import { readPage } from './reads.ts';
import type { RequestTokens } from './request-tokens.ts';
import { createTable, deleteTable, describeTimeToLive, updateTimeToLive } from './tables.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';
import type { WriteSide } from './writes.ts';

/** Answers one DynamoDB request, or throws a fault for the client. */
export type Answerer = (body: Body) => Answer | Promise<Answer>;

/**
 * Everything this DynamoDB can be asked, by operation name. A write has been checked, applied and logged when
 * its function returns, without anything having come between.
 */
export function createGate(
  side: WriteSide,
  tokens: RequestTokens,
  now: () => number,
): ReadonlyMap<string, Answerer> {
  const { store } = side;
  const byDynalite =
    <Request extends object>(operation: Operation<Request>): Answerer =>
    (body) => {
      const view = store.asDynaliteStore();
      return perform(operation, view, parseRequest(operation, body, view).request);
    };

  return new Map<string, Answerer>([
    ['GetItem', byDynalite(GET_ITEM)],
    ['BatchGetItem', byDynalite(BATCH_GET_ITEM)],
    ['TransactGetItems', (body) => transactGetItems(store, body)],
    ['Query', (body) => readPage(store, QUERY, body)],
    ['Scan', (body) => readPage(store, SCAN, body)],

    ['PutItem', (body) => writeItem(side, 'put', body)],
    ['UpdateItem', (body) => writeItem(side, 'update', body)],
    ['DeleteItem', (body) => writeItem(side, 'delete', body)],
    ['BatchWriteItem', (body) => batchWriteItems(side, body)],
    ['TransactWriteItems', (body) => transactWriteItems(side, tokens, body, now())],

    ['CreateTable', (body) => createTable(side, body)],
    ['DeleteTable', (body) => deleteTable(side, body)],
    ['DescribeTable', byDynalite(DESCRIBE_TABLE)],
    ['ListTables', byDynalite(LIST_TABLES)],
    ['UpdateTimeToLive', (body) => updateTimeToLive(side, body)],
    ['DescribeTimeToLive', (body) => describeTimeToLive(side, body)],
  ]);
}
