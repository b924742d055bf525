import {
  type AttributeValue,
  addConsumedCapacity,
  createKey,
  type Item,
  mapPaths,
  type Table,
  validateItem,
  validateKey,
  validateUpdates,
  validationError,
} from 'dynalite/db/index.js';
import type { Write } from 'dynalite/validations/index.js';
import { legacyTree, meets, typeOf } from './conditions.ts';
import type { Expressions } from './expressions.ts';
import { DynamoDbFault } from './faults.ts';
import { isNestedTooDeep, itemSize, MAX_ITEM_BYTES, NESTED_TOO_DEEP } from './item-size.ts';
import { type Change, indexesOf, type MemoryStore } from './memory-store.ts';
import { type Answer, type Body, DELETE_ITEM, PUT_ITEM, parseRequest, UPDATE_ITEM } from './operations.ts';
import { updatedBy, updatedByLegacy } from './updates.ts';
import { collectionMetrics, commit, type WriteKind, type WriteSide } from './writes.ts';

/** A write of one item, or the check of a condition on it, that has been read and found well-formed. */
export interface ItemWrite {
  readonly kind: WriteKind | 'check';
  readonly request: Write;
  readonly expressions: Expressions;
  readonly wantsOldItem: boolean;
}

const OPERATIONS = { put: PUT_ITEM, update: UPDATE_ITEM, delete: DELETE_ITEM, check: DELETE_ITEM } as const;

/** @throws a ValidationException */
export function parseWrite(store: MemoryStore, kind: ItemWrite['kind'], body: Body): ItemWrite {
  // dynalite drops the fields it does not know from the body itself, so this one is looked at first.
  const onFailure = body['ReturnValuesOnConditionCheckFailure'] ?? 'NONE';
  const { request, expressions } = parseRequest(OPERATIONS[kind], body, store.asDynaliteStore());
  if (onFailure !== 'NONE' && onFailure !== 'ALL_OLD') {
    throw validationError(
      `1 validation error detected: Value '${String(onFailure)}' at 'returnValuesOnConditionCheckFailure' ` +
        'failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]',
    );
  }
  return { kind, request, expressions, wantsOldItem: onFailure === 'ALL_OLD' };
}

/** The item's key in a request, or an item that holds it. */
export const keyHolder = ({ kind, request }: ItemWrite): Item =>
  (kind === 'put' ? request.Item : request.Key) ?? {};

/**
 * Carries out a write, its condition included.
 * @throws a ValidationException; DynamoDbFault ResourceNotFoundException, ConditionalCheckFailedException
 */
export function applyWrite(store: MemoryStore, write: ItemWrite): Change {
  const { kind, request, expressions } = write;
  const table = store.requireTable(request.TableName);
  const { description } = table;
  checkKey(write, description);
  const key = createKey(keyHolder(write), description);
  const before = table.items.get(key);
  checkCondition(write, before);
  let after: Item | undefined;
  if (kind === 'check') after = before;
  else if (kind === 'put') after = request.Item;
  else if (kind === 'update') {
    after =
      request.AttributeUpdates === undefined
        ? updatedBy(expressions.updates?.sections ?? [], before, request.Key ?? {})
        : updatedByLegacy(request.AttributeUpdates, before, request.Key ?? {});
  }
  if (after !== undefined && kind !== 'check') checkItem(after, kind, description);
  if (kind !== 'check') store.put(table, key, after);
  return { table: description, key, before, after };
}

function checkKey(write: ItemWrite, table: Table): void {
  const { kind, request, expressions } = write;
  const holder = keyHolder(write);
  const fault =
    (kind === 'put' ? validateItem(holder, table) : validateKey(holder, table)) ??
    (kind === 'update' ? validateUpdates(request.AttributeUpdates, expressions.updates, table) : undefined);
  if (fault != null) throw fault;
}

function checkCondition({ request, expressions, wantsOldItem }: ItemWrite, before: Item | undefined): void {
  const { Expected, ConditionalOperator } = request;
  const condition =
    expressions.condition?.expression ??
    (Expected === undefined ? undefined : legacyTree(Expected, ConditionalOperator));
  if (condition === undefined || meets(before ?? {}, condition)) return;
  throw new DynamoDbFault(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    wantsOldItem && before !== undefined ? { Item: before } : {},
  );
}

/** What DynamoDB refuses about an item that is to be kept, whatever the request. */
function checkItem(item: Item, kind: WriteKind, table: Table): void {
  if (itemSize(item) > MAX_ITEM_BYTES) {
    throw validationError(
      `Item size ${kind === 'update' ? 'to update ' : ''}has exceeded the maximum allowed size`,
    );
  }
  if (Object.values(item).some((value) => isNestedTooDeep(value))) throw validationError(NESTED_TOO_DEEP);
  for (const { IndexName, KeySchema } of indexesOf(table)) {
    for (const { AttributeName: name } of KeySchema) {
      const value = Object.hasOwn(item, name) ? item[name] : undefined;
      if (value !== undefined) checkIndexKey(value, name, IndexName, table);
    }
  }
}

function checkIndexKey(value: AttributeValue, name: string, index: string, table: Table): void {
  const type = table.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  if (typeOf(value) !== type) {
    throw validationError(
      'The update expression attempted to update the secondary index key to unsupported type',
    );
  }
  if (value.S !== '' && value.B !== '') return;
  throw validationError(
    'One or more parameter values are not valid. A value specified for a secondary index key is not ' +
      'supported. The AttributeValue for a key attribute cannot contain an empty ' +
      `${value.S === '' ? 'string' : 'binary'} value. IndexName: ${index}, IndexKey: ${name}`,
  );
}

/** Answers PutItem, UpdateItem or DeleteItem. */
export function writeItem(side: WriteSide, kind: WriteKind, body: Body): Answer {
  const write = parseWrite(side.store, kind, body);
  const change = applyWrite(side.store, write);
  commit(side, [{ change, kind }]);
  return answerOf(write, change);
}

/** What a write of one item answers. */
export function answerOf({ request, expressions, kind }: ItemWrite, change: Change) {
  const { before, after } = change;
  const { ReturnValues, AttributeUpdates = {}, ReturnItemCollectionMetrics: metrics } = request;
  const paths = expressions.updates?.paths ?? Object.keys(AttributeUpdates);
  let attributes: Item | undefined;
  if (ReturnValues === 'ALL_OLD') attributes = before;
  if (ReturnValues === 'ALL_NEW') attributes = after;
  if (ReturnValues === 'UPDATED_OLD') attributes = updatedPart(before, paths);
  if (ReturnValues === 'UPDATED_NEW') attributes = updatedPart(after, paths);
  return {
    Attributes: attributes,
    ConsumedCapacity: addConsumedCapacity(request, false, before, kind === 'delete' ? undefined : after),
    ItemCollectionMetrics: metrics === 'SIZE' ? collectionMetrics(change) : undefined,
  };
}

/** Nothing rather than an empty map when none of the paths leads to a value. */
function updatedPart(
  item: Item | undefined,
  paths: readonly (string | readonly (string | number)[])[],
): Item | undefined {
  const part = item === undefined ? {} : mapPaths(paths, item);
  return Object.keys(part).length === 0 ? undefined : part;
}
