import type { Item, KeySchemaElement } from 'dynalite/db/index.js';
import type { BatchGet, BatchWrite, CreateTable, OnTable, Page, Write } from 'dynalite/validations/index.js';
import { typeOf } from './conditions.ts';
import { isNestedTooDeep, NESTED_TOO_DEEP } from './item-size.ts';

// What DynamoDB refuses about a request before it looks at any table, and dynalite lets pass or words
// otherwise. Each answers with the message.

const constraint = (value: string, parameter: string, wanted: string): string =>
  `1 validation error detected: Value ${value}at '${parameter}' failed to satisfy constraint: ${wanted}`;
const atLeast = (length: number): string => `Member must have length greater than or equal to ${length}`;
const atMost = (length: number): string => `Member must have length less than or equal to ${length}`;

/** Text that is too short or too long. */
export function textLength(parameter: string, text: string, most: number): string | undefined {
  if (text.length === 0) return constraint("'' ", parameter, atLeast(1));
  return text.length > most ? constraint(`'${text}' `, parameter, atMost(most)) : undefined;
}

/** A list that is too short or too long, as the members of a transaction may be. */
export function listLength(parameter: string, list: readonly unknown[], most: number): string | undefined {
  if (list.length === 0) return constraint("'[]' ", parameter, atLeast(1));
  return list.length > most ? constraint(`'${JSON.stringify(list)}' `, parameter, atMost(most)) : undefined;
}

export function onTable({ TableName }: OnTable): string | undefined {
  return TableName === '' ? constraint("'' ", 'tableName', atLeast(1)) : undefined;
}

export function onWrite(request: Write): string | undefined {
  return onTable(request) ?? nesting(request.Item) ?? ordering(request.Expected);
}

function ordering(conditions: NonNullable<Write['Expected']> = {}): string | undefined {
  for (const { ComparisonOperator: operator = 'EQ', AttributeValueList: values = [] } of Object.values(
    conditions,
  )) {
    const type = values.map(typeOf).find((one) => !['S', 'N', 'B', ''].includes(one));
    if (type !== undefined && /^(L|G|BETWEEN|BEGINS)/.test(operator)) {
      return `One or more parameter values were invalid: ComparisonOperator ${operator} is not valid for ${type} AttributeValue type`;
    }
  }
  return undefined;
}

function nesting(item: Item = {}): string | undefined {
  return Object.values(item).some((value) => isNestedTooDeep(value)) ? NESTED_TOO_DEEP : undefined;
}

export function onScan(request: Page): string | undefined {
  const { Segment, TotalSegments, Select, IndexName } = request;
  const projects = request.ProjectionExpression !== undefined || request.AttributesToGet !== undefined;
  if (Segment !== undefined && TotalSegments === undefined) {
    return 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present';
  }
  if (Select === 'SPECIFIC_ATTRIBUTES' && !projects) {
    return 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES';
  }
  if (Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES' && projects) {
    return `Cannot specify the AttributesToGet or ProjectionExpression when choosing to get ${Select}`;
  }
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && IndexName === undefined) {
    return 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName';
  }
  return onTable(request);
}

export function onQuery(request: Page): string | undefined {
  // Scan words this as every other constraint.
  return request.Limit !== undefined && request.Limit < 1
    ? constraint('', 'Limit', 'Member must have value greater than or equal to 1')
    : onScan(request);
}

const MAX_KEYS = 100;
const MAX_WRITES = 25;

export function onBatchGet({ RequestItems }: BatchGet): string | undefined {
  const tables = Object.entries(RequestItems ?? {});
  if (RequestItems !== undefined && tables.length === 0) {
    return 'The requestItems parameter is required for BatchGetItem';
  }
  const keys = tables.flatMap(([, { Keys = [] }]) => Keys).flatMap((key) => Object.values(key));
  if (keys.some((value) => !['S', 'N', 'B', ''].includes(typeOf(value)))) {
    return 'The provided key element does not match the schema';
  }
  const long = tables.find(([, { Keys }]) => (Keys?.length ?? 0) > MAX_KEYS)?.[0];
  return long === undefined
    ? undefined
    : constraint('', `RequestItems.${long}.member.Keys`, atMost(MAX_KEYS));
}

export function onBatchWrite({ RequestItems }: BatchWrite): string | undefined {
  const tables = Object.entries(RequestItems ?? {});
  if (RequestItems !== undefined && tables.length === 0) {
    return 'The requestItems parameter is required for BatchWriteItem';
  }
  if (tables.some(([, requests]) => requests.length === 0 || requests.length > MAX_WRITES)) {
    const shown = tables.map(([table, requests]) => `${table}=${JSON.stringify(requests)}`).join(', ');
    return constraint(
      `'{${shown}}' `,
      'requestItems',
      `Map value must satisfy constraint: [${atMost(MAX_WRITES)}, ${atLeast(1)}]`,
    );
  }
  const all = tables.flatMap(([, requests]) => requests);
  if (all.length > MAX_WRITES) return 'Too many items requested for the BatchWriteItem call';
  return all.map(({ PutRequest }) => nesting(PutRequest?.Item)).find((message) => message !== undefined);
}

export function onCreateTable({ KeySchema = [] }: CreateTable): string | undefined {
  if (KeySchema.length <= 2) return undefined;
  const shown = KeySchema.map(
    ({ AttributeName, KeyType }: KeySchemaElement) =>
      `KeySchemaElement(attributeName=${AttributeName}, keyType=${KeyType})`,
  );
  return constraint(`'[${shown.join(', ')}]' `, 'keySchema', atMost(2));
}
