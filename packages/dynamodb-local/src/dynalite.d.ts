/**
 * The parts of dynalite used here. dynalite ships no types; these declarations are the one boundary where its
 * shapes are asserted. `checkTypes` throws a fault unless the request has the declared shape, which is what
 * lets it return a typed request.
 */
declare module 'dynalite/db/index.js' {
  import type { Path, Updates } from 'dynalite/validations/index.js';

  export interface AttributeValue {
    readonly S?: string;
    readonly N?: string;
    readonly B?: string;
    readonly BOOL?: boolean;
    readonly NULL?: boolean;
    readonly SS?: readonly string[];
    readonly NS?: readonly string[];
    readonly BS?: readonly string[];
    readonly L?: readonly AttributeValue[];
    readonly M?: Item;
  }
  export type Item = { readonly [attribute: string]: AttributeValue };

  export interface KeySchemaElement {
    readonly AttributeName: string;
    readonly KeyType: string;
  }
  export interface SecondaryIndex {
    readonly IndexName: string;
    readonly KeySchema: readonly KeySchemaElement[];
    readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
  }
  export interface Table {
    readonly TableName: string;
    readonly TableStatus: string;
    readonly KeySchema: readonly KeySchemaElement[];
    readonly AttributeDefinitions: readonly {
      readonly AttributeName: string;
      readonly AttributeType: string;
    }[];
    readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
    readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  }

  /** dynalite's errors meant for the client: an HTTP status and a JSON body. */
  export interface Fault extends Error {
    readonly statusCode: number;
    readonly body: { readonly __type: string; readonly message?: string; readonly [field: string]: unknown };
  }
  export type Done<Result> = (error: Error | null | undefined, result?: Result) => void;

  export interface Range {
    readonly gt?: string;
    readonly gte?: string;
    readonly lt?: string;
    readonly lte?: string;
    readonly reverse?: boolean;
    readonly limit?: number;
  }
  export interface ItemDb {
    get(key: string, done: Done<Item>): void;
    createValueStream(range: Range): NodeJS.EventEmitter;
  }
  export interface TableDb {
    lock(key: string, run: (release: <Callback>(done: Callback) => Callback) => void): void;
    readonly awsAccountId: string;
    readonly awsRegion: string;
    get(key: string, done: Done<Table>): void;
    put(key: string, table: Table, done: Done<never>): void;
    createKeyStream(): NodeJS.EventEmitter;
  }
  /** What dynalite's actions ask of their storage. */
  export interface Store {
    readonly options: { readonly maxItemSize: number; readonly createTableMs: number };
    readonly tableDb: TableDb;
    getTable(name: string, checkStatus: boolean | Done<Table>, done?: Done<Table>): void;
    getItemDb(table: string): ItemDb;
    getIndexDb(kind: string, table: string, index: string): Pick<ItemDb, 'createValueStream'>;
  }
  export type Action<Request, Result = { readonly [field: string]: unknown }> = (
    store: Store,
    request: Request,
    done: Done<Result>,
  ) => void;

  export function createKey(item: Item, table: Table): string;
  /** Sorts as DynamoDB sorts values of one type. */
  export function toRangeStr(value: AttributeValue): string;
  export function validateKey(key: Item, table: Table): Fault | null | undefined;
  export function validateItem(item: Item, table: Table): Fault | null | undefined;
  export function validateUpdates(
    attributeUpdates: object | undefined,
    updates: Updates | undefined,
    table: Table,
  ): Fault | null | undefined;
  export function validateKeyPaths(
    nestedPaths: { readonly [attribute: string]: unknown },
    table: Table,
  ): Fault | null | undefined;
  export function mapPaths(paths: readonly (string | Path)[], item: Item): Item;
  export function addConsumedCapacity(
    request: object,
    isRead: boolean,
    item: Item | undefined,
    oldItem: Item | undefined,
  ): { readonly CapacityUnits: number } | undefined;
  export function validationError(message: string): Fault;
  export function getIndexActions(
    indexes: readonly SecondaryIndex[],
    before: Item | undefined,
    after: Item | undefined,
    table: Table,
  ): {
    readonly puts: readonly { readonly key: string; readonly item: Item }[];
    readonly deletes: readonly { readonly key: string }[];
  };
}

declare module 'dynalite/validations/index.js' {
  import type { AttributeValue, Store } from 'dynalite/db/index.js';

  /** dynalite's description of a request; `Request` is what a request that passes it looks like. */
  export interface Shape<Request> {
    readonly request?: Request;
    readonly [parameter: string]: unknown;
  }
  export type Custom = (request: object, store: Store) => string | undefined;
  export function checkTypes<Request>(body: object, types: Shape<Request>): Request;
  export function checkValidations(request: object, types: object, custom: undefined, store: Store): void;
  /** These four answer with a message when something is wrong. */
  export function validateAttributeValue(value: AttributeValue): string | undefined;
  export function validateConditions(conditions: object): string | undefined;
  export function validateExpressionParams(
    request: object,
    expressions: string[],
    others: string[],
  ): string | undefined;
  export function validateExpressions(request: object): string | undefined;
  /** The conditions on keys that a tree amounts to, or what is wrong with it. */
  export function convertKeyCondition(expression: object): string | { readonly [attribute: string]: object };
}

declare module 'dynalite/validations/index.js' {
  import type { AttributeValue, Item, KeySchemaElement, SecondaryIndex, Table } from 'dynalite/db/index.js';

  export type Path = readonly (string | number)[];
  /** A value of an update expression: a path, a literal, a sum, a difference or a function. */
  export type UpdateValue =
    | Path
    | AttributeValue
    | {
        readonly type: 'add' | 'subtract' | 'function';
        readonly name?: string;
        readonly args: readonly [UpdateValue, UpdateValue];
      };
  export interface UpdateSection {
    readonly type: 'set' | 'remove' | 'add' | 'delete';
    readonly path: Path;
    readonly val?: UpdateValue;
    readonly attrType?: string | null;
  }
  export interface Updates {
    readonly sections: readonly UpdateSection[];
    readonly paths: readonly Path[];
    readonly nestedPaths: object;
  }
  export interface Projection {
    readonly paths: readonly Path[];
    readonly nestedPaths: { readonly [attribute: string]: true };
  }

  export interface ExpressionParameters {
    readonly UpdateExpression?: string;
    readonly ConditionExpression?: string;
    readonly KeyConditionExpression?: string;
    readonly FilterExpression?: string;
    readonly ProjectionExpression?: string;
    readonly ExpressionAttributeNames?: { readonly [name: string]: string };
    readonly ExpressionAttributeValues?: { readonly [name: string]: AttributeValue };
  }
  export interface LegacyCondition {
    readonly ComparisonOperator?: string;
    readonly AttributeValueList?: readonly AttributeValue[];
    readonly Value?: AttributeValue;
    readonly Exists?: boolean;
  }
  export interface LegacyUpdate {
    readonly Action?: string;
    readonly Value?: AttributeValue;
  }
  export interface OnTable {
    readonly TableName: string;
  }
  export interface Write extends OnTable, ExpressionParameters {
    readonly Item?: Item;
    readonly Key?: Item;
    readonly Expected?: { readonly [attribute: string]: LegacyCondition };
    readonly ConditionalOperator?: string;
    readonly AttributeUpdates?: { readonly [attribute: string]: LegacyUpdate };
    readonly ReturnValues?: string;
    readonly ReturnItemCollectionMetrics?: string;
    readonly ReturnConsumedCapacity?: string;
  }
  export interface OnKey extends OnTable, ExpressionParameters {
    readonly Key: Item;
  }
  export interface Page extends OnTable, ExpressionParameters {
    readonly IndexName?: string;
    readonly ExclusiveStartKey?: Item;
    readonly Limit?: number;
    readonly Select?: string | undefined;
    readonly Segment?: number;
    readonly TotalSegments?: number;
    readonly AttributesToGet?: readonly string[] | undefined;
    readonly KeyConditions?: object;
    readonly QueryFilter?: { readonly [attribute: string]: LegacyCondition } | undefined;
    readonly ScanFilter?: { readonly [attribute: string]: LegacyCondition } | undefined;
    readonly ConditionalOperator?: string | undefined;
  }
  export interface PageAnswer {
    readonly Items?: readonly Item[];
    readonly Count: number;
    readonly [field: string]: unknown;
  }
  export interface Batch<PerTable> {
    readonly RequestItems: { readonly [table: string]: PerTable };
    readonly ReturnItemCollectionMetrics?: string;
    readonly ReturnConsumedCapacity?: string;
  }
  export type BatchGet = Batch<ExpressionParameters & { readonly Keys: readonly Item[] }>;
  export type BatchWrite = Batch<
    readonly {
      readonly PutRequest?: { readonly Item: Item };
      readonly DeleteRequest?: { readonly Key: Item };
    }[]
  >;
  export interface ListTables {
    readonly Limit?: number;
  }
  export interface CreateTable extends OnTable {
    readonly KeySchema?: readonly KeySchemaElement[];
    readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  }
  export interface TableAnswer {
    readonly TableDescription: Table;
  }
}

declare module 'dynalite/db/updateParser.js' {
  import type { Updates } from 'dynalite/validations/index.js';

  const parser: { parse(expression: string, options: { readonly context: object }): Updates | string };
  export = parser;
}
declare module 'dynalite/db/projectionParser.js' {
  import type { Projection } from 'dynalite/validations/index.js';

  const parser: { parse(expression: string, options: { readonly context: object }): Projection | string };
  export = parser;
}
