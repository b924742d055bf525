import { createKey, type Item } from 'dynalite/db/index.js';
import { DynamoDbFault, faultName, isFault } from './faults.ts';
import type { Change } from './memory-store.ts';
import {
  type Answer,
  BATCH_GET_ITEM,
  BATCH_WRITE_ITEM,
  type Body,
  DELETE_ITEM,
  DESCRIBE_TABLE,
  GET_ITEM,
  LIST_TABLES,
  type Operation,
  PUT_ITEM,
  parseRequest,
  perform,
  performNow,
  QUERY,
  SCAN,
  UPDATE_ITEM,
} from './operations.ts';
import type { RequestTokens } from './request-tokens.ts';
import { createTable, deleteTable, describeTimeToLive, updateTimeToLive } from './tables.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';
import { checkChanges, commit, type WriteKind, type WriteSide } from './writes.ts';

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
  const view = store.asDynaliteStore();
  const kindOf = ({ after }: Change): WriteKind => (after === undefined ? 'delete' : 'put');

  return new Map<string, Answerer>([
    ['GetItem', (body) => performNow(GET_ITEM, view, parseRequest(GET_ITEM, body, view))],
    ['BatchGetItem', (body) => perform(BATCH_GET_ITEM, view, parseRequest(BATCH_GET_ITEM, body, view))],
    ['TransactGetItems', (body) => transactGetItems(store, body)],
    ['Query', (body) => readPage(side, QUERY, body)],
    ['Scan', (body) => readPage(side, SCAN, body)],

    [
      'PutItem',
      (body) =>
        writeOne(
          side,
          PUT_ITEM,
          body,
          () => 'put',
          ({ Item: whole }) => whole,
        ),
    ],
    [
      'UpdateItem',
      (body) =>
        writeOne(
          side,
          UPDATE_ITEM,
          body,
          () => 'update',
          ({ Key }) => Key,
        ),
    ],
    [
      'DeleteItem',
      (body) =>
        writeOne(
          side,
          DELETE_ITEM,
          body,
          () => 'delete',
          ({ Key }) => Key,
        ),
    ],
    ['BatchWriteItem', (body) => write(side, BATCH_WRITE_ITEM, body, kindOf)],
    ['TransactWriteItems', (body) => transactWriteItems(side, tokens, body, now())],

    ['CreateTable', (body) => createTable(side, body)],
    ['DeleteTable', (body) => deleteTable(side, body)],
    ['DescribeTable', (body) => performNow(DESCRIBE_TABLE, view, parseRequest(DESCRIBE_TABLE, body, view))],
    ['ListTables', (body) => perform(LIST_TABLES, view, parseRequest(LIST_TABLES, body, view))],
    ['UpdateTimeToLive', (body) => updateTimeToLive(side, body)],
    ['DescribeTimeToLive', (body) => describeTimeToLive(side, body)],
  ]);
}

function readPage<Request extends { readonly ExclusiveStartKey?: Item }>(
  { store }: WriteSide,
  operation: Operation<Request>,
  body: Body,
): Promise<Answer> {
  const request = parseRequest(operation, body, store.asDynaliteStore());
  return perform(operation, store.asDynaliteStore(request.ExclusiveStartKey), request);
}

function write<Request>(
  side: WriteSide,
  operation: Operation<Request>,
  body: Body,
  kindOf: (change: Change) => WriteKind,
): Answer {
  const view = side.store.asDynaliteStore();
  return apply(side, () => performNow(operation, view, parseRequest(operation, body, view)), kindOf);
}

/** A write of one item, which may ask to see the item that made its condition fail. */
function writeOne<Request extends { readonly TableName: string }>(
  side: WriteSide,
  operation: Operation<Request>,
  body: Body,
  kindOf: (change: Change) => WriteKind,
  keyOf: (request: Request) => Item,
): Answer {
  // dynalite drops the fields it does not know from the body itself, so this one is looked at first.
  const wantsOldItem = body['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
  const view = side.store.asDynaliteStore();
  const request = parseRequest(operation, body, view);
  try {
    return apply(side, () => performNow(operation, view, request), kindOf);
  } catch (error) {
    if (!wantsOldItem || !isFault(error) || faultName(error) !== 'ConditionalCheckFailedException')
      throw error;
    const table = side.store.requireTable(request.TableName);
    const existing = table.items.get(createKey(keyOf(request), table.description));
    throw existing === undefined
      ? error
      : new DynamoDbFault('ConditionalCheckFailedException', error.message, { Item: existing });
  }
}

/** All that the request changes becomes lasting, or nothing of it stays. */
function apply(side: WriteSide, act: () => Answer, kindOf: (change: Change) => WriteKind): Answer {
  const { store } = side;
  const changes: Change[] = [];
  let answer: Answer;
  try {
    answer = act();
    changes.push(...store.takeChanges());
    checkChanges(changes);
  } catch (error) {
    store.undo([...changes, ...store.takeChanges()]);
    throw error;
  }
  commit(
    side,
    changes.map((change) => ({ change, kind: kindOf(change) })),
  );
  return answer;
}
