/** How dynalite checks and carries out each operation used here; see dynalite.d.ts. */
declare module 'dynalite/validations/putItem.js' {
  import type { Custom, Shape, Write } from 'dynalite/validations/index.js';
  export const types: Shape<Write>;
  export const custom: Custom;
}
declare module 'dynalite/validations/updateItem.js' {
  import type { Custom, Shape, Write } from 'dynalite/validations/index.js';
  export const types: Shape<Write>;
  export const custom: Custom;
}
declare module 'dynalite/validations/deleteItem.js' {
  import type { Custom, Shape, Write } from 'dynalite/validations/index.js';
  export const types: Shape<Write>;
  export const custom: Custom;
}
declare module 'dynalite/validations/getItem.js' {
  import type { Custom, OnKey, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<OnKey>;
  export const custom: Custom;
}
declare module 'dynalite/validations/query.js' {
  import type { Custom, Page, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<Page>;
  export const custom: Custom;
}
declare module 'dynalite/validations/scan.js' {
  import type { Custom, Page, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<Page>;
  export const custom: Custom;
}
declare module 'dynalite/validations/batchGetItem.js' {
  import type { BatchGet, Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<BatchGet>;
  export const custom: Custom;
}
declare module 'dynalite/validations/batchWriteItem.js' {
  import type { BatchWrite, Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<BatchWrite>;
  export const custom: Custom;
}
declare module 'dynalite/validations/createTable.js' {
  import type { CreateTable, Custom, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<CreateTable>;
  export const custom: Custom;
}
declare module 'dynalite/validations/describeTable.js' {
  import type { OnTable, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<OnTable>;
}
declare module 'dynalite/validations/listTables.js' {
  import type { ListTables, Shape } from 'dynalite/validations/index.js';
  export const types: Shape<ListTables>;
}

declare module 'dynalite/actions/getItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { OnKey } from 'dynalite/validations/index.js';

  const act: Action<OnKey>;
  export = act;
}
declare module 'dynalite/actions/query.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { Page, PageAnswer } from 'dynalite/validations/index.js';

  const act: Action<Page, PageAnswer>;
  export = act;
}
declare module 'dynalite/actions/scan.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { Page, PageAnswer } from 'dynalite/validations/index.js';

  const act: Action<Page, PageAnswer>;
  export = act;
}
declare module 'dynalite/actions/batchGetItem.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { BatchGet } from 'dynalite/validations/index.js';

  const act: Action<BatchGet>;
  export = act;
}
declare module 'dynalite/actions/createTable.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { CreateTable, TableAnswer } from 'dynalite/validations/index.js';

  const act: Action<CreateTable, TableAnswer>;
  export = act;
}
declare module 'dynalite/actions/describeTable.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { OnTable } from 'dynalite/validations/index.js';

  const act: Action<OnTable>;
  export = act;
}
declare module 'dynalite/actions/listTables.js' {
  import type { Action } from 'dynalite/db/index.js';
  import type { ListTables } from 'dynalite/validations/index.js';

  const act: Action<ListTables>;
  export = act;
}
