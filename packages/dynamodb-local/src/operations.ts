import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import createTable from 'dynalite/actions/createTable.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import listTables from 'dynalite/actions/listTables.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import type { Action, Store } from 'dynalite/db/index.js';
import * as batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import * as batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import * as createTableRules from 'dynalite/validations/createTable.js';
import * as deleteItemRules from 'dynalite/validations/deleteItem.js';
import * as describeTableRules from 'dynalite/validations/describeTable.js';
import * as getItemRules from 'dynalite/validations/getItem.js';
import { type Custom, checkTypes, checkValidations, type Shape } from 'dynalite/validations/index.js';
import * as listTablesRules from 'dynalite/validations/listTables.js';
import * as putItemRules from 'dynalite/validations/putItem.js';
import * as queryRules from 'dynalite/validations/query.js';
import * as scanRules from 'dynalite/validations/scan.js';
import * as updateItemRules from 'dynalite/validations/updateItem.js';

/** What an operation answers, before it becomes JSON. */
export type Answer = { readonly [field: string]: unknown };
/** A JSON object as it came in. */
export type Body = { [field: string]: unknown };

/** How dynalite checks and carries out one DynamoDB operation. */
export interface Operation<Request, Result = Answer> {
  readonly types: Shape<Request>;
  readonly custom: Custom<Request> | undefined;
  readonly act: Action<Request, Result>;
}

const operation = <Request, Result>(
  rules: { readonly types: Shape<Request>; readonly custom?: Custom<Request> },
  act: Action<Request, Result>,
): Operation<Request, Result> => ({ types: rules.types, custom: rules.custom, act });

export const BATCH_GET_ITEM = operation(batchGetItemRules, batchGetItem);
export const BATCH_WRITE_ITEM = operation(batchWriteItemRules, batchWriteItem);
export const CREATE_TABLE = operation(createTableRules, createTable);
export const DELETE_ITEM = operation(deleteItemRules, deleteItem);
export const DESCRIBE_TABLE = operation(describeTableRules, describeTable);
export const GET_ITEM = operation(getItemRules, getItem);
export const LIST_TABLES = operation(listTablesRules, listTables);
export const PUT_ITEM = operation(putItemRules, putItem);
export const QUERY = operation(queryRules, query);
export const SCAN = operation(scanRules, scan);
export const UPDATE_ITEM = operation(updateItemRules, updateItem);

/**
 * Checks a request as DynamoDB does before it looks at any table; fields dynalite does not know are dropped.
 * @throws a fault for the client
 */
export function parseRequest<Request, Result>(
  { types, custom }: Operation<Request, Result>,
  body: Body,
  store: Store,
): Request {
  const request = checkTypes(body, types);
  checkValidations(request, types, custom, store);
  return request;
}

/** Carries out an operation whose answer may come later (queries). */
export function perform<Request, Result>(
  { act }: Operation<Request, Result>,
  store: Store,
  request: Request,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    act(store, request, (error, result) => {
      if (result === undefined) reject(error ?? new Error('The operation gave no answer'));
      else resolve(result);
    });
  });
}

/**
 * Carries out an operation that must be over when this returns: that is what makes each write, and each
 * transaction of several, indivisible.
 */
export function performNow<Request, Result>(
  { act }: Operation<Request, Result>,
  store: Store,
  request: Request,
): Result {
  const outcomes: { error: Error | null | undefined; result: Result | undefined }[] = [];
  act(store, request, (error, result) => outcomes.push({ error, result }));
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('The operation did not finish at once');
  if (outcome.result === undefined) throw outcome.error ?? new Error('The operation gave no answer');
  return outcome.result;
}
