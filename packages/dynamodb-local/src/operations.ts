import batchGetItem from 'dynalite/actions/batchGetItem.js';
import createTable from 'dynalite/actions/createTable.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import listTables from 'dynalite/actions/listTables.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import { type Action, type Store, validationError } from 'dynalite/db/index.js';
import * as batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import * as batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import * as createTableRules from 'dynalite/validations/createTable.js';
import * as deleteItemRules from 'dynalite/validations/deleteItem.js';
import * as describeTableRules from 'dynalite/validations/describeTable.js';
import * as getItemRules from 'dynalite/validations/getItem.js';
import {
  type BatchGet,
  type Custom,
  checkTypes,
  checkValidations,
  convertKeyCondition,
  type ExpressionParameters,
  type Page,
  type Shape,
  validateExpressionParams,
} from 'dynalite/validations/index.js';
import * as listTablesRules from 'dynalite/validations/listTables.js';
import * as putItemRules from 'dynalite/validations/putItem.js';
import * as queryRules from 'dynalite/validations/query.js';
import * as scanRules from 'dynalite/validations/scan.js';
import * as updateItemRules from 'dynalite/validations/updateItem.js';
import { type Expressions, NO_EXPRESSIONS, parseExpressions } from './expressions.ts';
import {
  onBatchGet,
  onBatchWrite,
  onCreateTable,
  onQuery,
  onScan,
  onTable,
  onWrite,
} from './request-rules.ts';

/** What an operation answers, before it becomes JSON. */
export type Answer = { readonly [field: string]: unknown };
/** A JSON object as it came in. */
export type Body = { [field: string]: unknown };

/** How the request of one DynamoDB operation is checked, by our rules and dynalite's. */
export interface Rules<Request> {
  readonly types: Shape<Request>;
  readonly custom?: Custom;
  readonly check?: (request: Request) => string | undefined;
  /** Reads the expressions of a request and hides them from dynalite, which would read them once more. */
  readonly read?: (request: Request) => Expressions;
}
/** An operation that dynalite also carries out. */
export interface Operation<Request, Result = Answer> extends Rules<Request> {
  readonly act: Action<Request, Result>;
}

const NAME = { type: 'String', regex: '[a-zA-Z0-9_.-]+', lengthLessThanOrEqual: 255 };
/** Only a table that is created needs a name of three characters; any other is looked for. */
const named = <Request>(types: Shape<Request>): Shape<Request> => ({
  ...types,
  TableName: { ...NAME, notNull: true, lengthGreaterThanOrEqual: 1 },
});

const HIDDEN = {
  UpdateExpression: undefined,
  ConditionExpression: undefined,
  KeyConditionExpression: undefined,
  FilterExpression: undefined,
  ProjectionExpression: undefined,
  ExpressionAttributeNames: undefined,
  ExpressionAttributeValues: undefined,
};

/** `legacy` names the parameters that cannot be used together with these expressions. */
function reading(...own: string[]) {
  return (...legacy: string[]) =>
    (request: ExpressionParameters): Expressions => {
      refuse(validateExpressionParams(request, [...own], [...legacy]));
      const expressions = parseExpressions(request);
      Object.assign(request, HIDDEN, { _projection: expressions.projection });
      return expressions;
    };
}
const readProjection = reading('ProjectionExpression')('AttributesToGet');
const readCondition = reading('ConditionExpression')('Expected');

export const PUT_ITEM = { ...rules(putItemRules, onWrite), read: readCondition };
export const DELETE_ITEM = { ...rules(deleteItemRules, onWrite), read: readCondition };
export const UPDATE_ITEM = {
  ...rules(updateItemRules, onWrite),
  read: reading('UpdateExpression', 'ConditionExpression')('AttributeUpdates', 'Expected'),
};
export const BATCH_WRITE_ITEM = { ...batchWriteItemRules, check: onBatchWrite };
export const GET_ITEM = { ...rules(getItemRules, onTable), read: readProjection, act: getItem };
export const BATCH_GET_ITEM = { ...batchGetItemRules, check: onBatchGet, read: readBatch, act: batchGetItem };
export const QUERY = { ...rules(queryRules, onQuery), read: readQuery, act: query };
export const SCAN = {
  ...rules(scanRules, onScan),
  read: reading('ProjectionExpression', 'FilterExpression')(
    'AttributesToGet',
    'ScanFilter',
    'ConditionalOperator',
  ),
  act: scan,
};
export const CREATE_TABLE = {
  ...createTableRules,
  types: {
    ...createTableRules.types,
    TableName: { ...NAME, required: true, lengthGreaterThanOrEqual: 3 },
  },
  check: onCreateTable,
  act: createTable,
};
export const DESCRIBE_TABLE = { types: describeTableRules.types, act: describeTable };
export const LIST_TABLES = { types: listTablesRules.types, act: listTables };

function rules<Request>(
  { types, custom }: { readonly types: Shape<Request>; readonly custom: Custom },
  check: (request: Request) => string | undefined,
) {
  return { types: named(types), custom, check };
}

function readQuery(request: Page): Expressions {
  const expressions = reading('ProjectionExpression', 'FilterExpression', 'KeyConditionExpression')(
    'AttributesToGet',
    'QueryFilter',
    'ConditionalOperator',
    'KeyConditions',
  )(request);
  if (expressions.keyCondition !== undefined) {
    const conditions = convertKeyCondition(expressions.keyCondition.expression);
    if (typeof conditions === 'string') throw validationError(conditions);
    Object.assign(request, { KeyConditions: conditions });
  }
  return expressions;
}

function readBatch({ RequestItems }: BatchGet): Expressions {
  for (const request of Object.values(RequestItems)) readProjection(request);
  return NO_EXPRESSIONS;
}

function refuse(message: string | undefined): void {
  if (message !== undefined) throw validationError(message);
}

const EMPTY_VALUE = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';

/** dynalite takes null for a parameter that is not given, but not in a list or a map. */
function hasNull(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  return value === null || Object.values(value).some(hasNull);
}

/**
 * Checks a request as DynamoDB does before it looks at any table; fields dynalite does not know are dropped.
 * @throws a fault for the client
 */
export function parseRequest<Request extends object>(
  { types, check, read, custom }: Rules<Request>,
  body: Body,
  store: Store,
): { readonly request: Request; readonly expressions: Expressions } {
  const request = checkTypes(body, types);
  if (hasNull(request)) refuse(EMPTY_VALUE);
  refuse(check?.(request));
  checkValidations(request, types, undefined, store);
  const expressions = read?.(request) ?? NO_EXPRESSIONS;
  refuse(custom?.(request, store));
  return { request, expressions };
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

/** Carries out an operation that must be over when this returns. */
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
