/**
 * The parts of dynalite used here. dynalite ships no types; these declarations are the one boundary where its
 * shapes are asserted. `checkTypes` throws a fault unless the request has the declared shape, which is what
 * lets it return a typed request.
 */
declare module 'dynalite/db/index.js' {
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
  export type Lock = (key: string, run: (release: <Callback>(done: Callback) => Callback) => void) => void;
  export interface ItemDb {
    readonly lock: Lock;
    get(key: string, done: Done<Item>): void;
    put(key: string, item: Item, done: Done<never>): void;
    del(key: string, done: Done<never>): void;
    createValueStream(range: Range): NodeJS.EventEmitter;
  }
  export interface TableDb {
    readonly lock: Lock;
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
    getIndexDb(kind: string, table: string, index: string): Omit<ItemDb, 'get' | 'lock'>;
  }
  export type Action<Request, Result = { readonly [field: string]: unknown }> = (
    store: Store,
    request: Request,
    done: Done<Result>,
  ) => void;

  export function createKey(item: Item, table: Table): string;
  export function validateKey(key: Item, table: Table): Fault | null | undefined;
  export function checkConditional(request: object, existing: Item | undefined): Fault | null | undefined;
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
  import type { Store } from 'dynalite/db/index.js';

  /** dynalite's description of a request; `Request` is what a request that passes it looks like. */
  export interface Shape<Request> {
    readonly request?: Request;
  }
  export type Custom<Request> = (request: Request, store: Store) => string | undefined;
  export function checkTypes<Request>(body: object, types: Shape<Request>): Request;
  export function checkValidations<Request>(
    request: Request,
    types: Shape<Request>,
    custom: Custom<Request> | undefined,
    store: Store,
  ): void;
}

declare module 'dynalite/requests' {
  import type { Item, KeySchemaElement, SecondaryIndex, Table } from 'dynalite/db/index.js';

  export interface OnTable {
    readonly TableName: string;
  }
  export interface OnKey extends OnTable {
    readonly Key: Item;
  }
  export interface PutItem extends OnTable {
    readonly Item: Item;
  }
  export interface Page extends OnTable {
    readonly IndexName?: string;
    readonly ExclusiveStartKey?: Item;
  }
  export interface Batch {
    readonly RequestItems: object;
  }
  export interface ListTables {
    readonly Limit?: number;
  }
  export interface CreateTable extends OnTable {
    readonly KeySchema: readonly KeySchemaElement[];
    readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  }
  export interface TableAnswer {
    readonly TableDescription: Table;
  }
}

declare module 'dynalite/validations/putItem.js' {
  import type { PutItem } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<PutItem>;
  export const custom: Custom<PutItem>;
}
declare module 'dynalite/validations/updateItem.js' {
  import type { OnKey } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<OnKey>;
  export const custom: Custom<OnKey>;
}
declare module 'dynalite/validations/deleteItem.js' {
  import type { OnKey } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<OnKey>;
  export const custom: Custom<OnKey>;
}
declare module 'dynalite/validations/getItem.js' {
  import type { OnKey } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<OnKey>;
  export const custom: Custom<OnKey>;
}
declare module 'dynalite/validations/query.js' {
  import type { Page } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<Page>;
  export const custom: Custom<Page>;
}
declare module 'dynalite/validations/scan.js' {
  import type { Page } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<Page>;
  export const custom: Custom<Page>;
}
declare module 'dynalite/validations/batchGetItem.js' {
  import type { Batch } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<Batch>;
  export const custom: Custom<Batch>;
}
declare module 'dynalite/validations/batchWriteItem.js' {
  import type { Batch } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<Batch>;
  export const custom: Custom<Batch>;
}
declare module 'dynalite/validations/createTable.js' {
  import type { CreateTable } from 'dynalite/requests';
  import type { Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<CreateTable>;
  export const custom: Custom<CreateTable>;
}
declare module 'dynalite/validations/describeTable.js' {
  import type { OnTable } from 'dynalite/requests';
  import type { Shape } from 'dynalite/validations/index.js';
  export const types: Shape<OnTable>;
}
declare module 'dynalite/validations/listTables.js' {
  import type { ListTables } from 'dynalite/requests';
  import type { Shape } from 'dynalite/validations/index.js';
  export const types: Shape<ListTables>;
}

declare module 'dynalite/actions/putItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { PutItem } from 'dynalite/requests';

  const act: Action<PutItem>;
  export = act;
}
declare module 'dynalite/actions/updateItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { OnKey } from 'dynalite/requests';

  const act: Action<OnKey>;
  export = act;
}
declare module 'dynalite/actions/deleteItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { OnKey } from 'dynalite/requests';

  const act: Action<OnKey>;
  export = act;
}
declare module 'dynalite/actions/getItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { OnKey } from 'dynalite/requests';

  const act: Action<OnKey>;
  export = act;
}
declare module 'dynalite/actions/query.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { Page } from 'dynalite/requests';

  const act: Action<Page>;
  export = act;
}
declare module 'dynalite/actions/scan.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { Page } from 'dynalite/requests';

  const act: Action<Page>;
  export = act;
}
declare module 'dynalite/actions/batchGetItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { Batch } from 'dynalite/requests';

  const act: Action<Batch>;
  export = act;
}
declare module 'dynalite/actions/batchWriteItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { Batch } from 'dynalite/requests';

  const act: Action<Batch>;
  export = act;
}
declare module 'dynalite/actions/createTable.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { CreateTable, TableAnswer } from 'dynalite/requests';

  const act: Action<CreateTable, TableAnswer>;
  export = act;
}
declare module 'dynalite/actions/describeTable.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { OnTable } from 'dynalite/requests';

  const act: Action<OnTable>;
  export = act;
}
declare module 'dynalite/actions/listTables.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { ListTables } from 'dynalite/requests';

  const act: Action<ListTables>;
  export = act;
}
