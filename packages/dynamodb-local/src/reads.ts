import {
  createKey,
  type Item,
  mapPaths,
  type SecondaryIndex,
  validateKeyPaths,
  validationError,
} from 'dynalite/db/index.js';
import type { Page, PageAnswer } from 'dynalite/validations/index.js';
import { type Condition, legacyTree, meets } from './conditions.ts';
import type { Expressions } from './expressions.ts';
import { type HeldTable, type MemoryStore, primaryKey } from './memory-store.ts';
import { type Answer, type Body, type Operation, parseRequest, perform } from './operations.ts';

/**
 * Answers a Query or Scan. dynalite finds the page; what of it passes the filter and which attributes are
 * given is decided here.
 */
export async function readPage(
  store: MemoryStore,
  operation: Operation<Page, PageAnswer>,
  body: Body,
): Promise<Answer> {
  const { request, expressions } = parseRequest(operation, body, store.asDynaliteStore());
  const table = store.requireTable(request.TableName);
  const index = table.indexes.find(
    ({ definition }) => definition.IndexName === request.IndexName,
  )?.definition;
  checkPaths(request, expressions, table, index);
  const wholeItems = readsWholeItems(request, expressions, table, index);

  const everything = {
    ...request,
    ...{ QueryFilter: undefined, ScanFilter: undefined, ConditionalOperator: undefined },
    ...{ AttributesToGet: undefined, _projection: undefined },
    Select: request.Select === 'COUNT' ? undefined : request.Select,
  };
  const page = await perform(operation, store.asDynaliteStore(request.ExclusiveStartKey), everything);
  const found = (page.Items ?? []).map((entry) => (wholeItems ? itemOf(table, entry) : entry));
  const filter = filterOf(request, expressions);
  const passed = filter === undefined ? found : found.filter((item) => meets(item, filter));
  const paths = expressions.projection?.paths ?? request.AttributesToGet;
  const { Items: _items, ...others } = page;
  return {
    ...others,
    Count: passed.length,
    ...(request.Select === 'COUNT'
      ? {}
      : { Items: paths === undefined ? passed : passed.map((item) => mapPaths(paths, item)) }),
  };
}

function filterOf(request: Page, { filter }: Expressions): Condition | undefined {
  const legacy = request.QueryFilter ?? request.ScanFilter;
  if (filter !== undefined) return filter.expression;
  return legacy === undefined ? undefined : legacyTree(legacy, request.ConditionalOperator);
}

const itemOf = ({ items, description }: HeldTable, entry: Item): Item =>
  items.get(createKey(primaryKey(entry, description), description)) ?? entry;

function checkPaths(
  request: Page,
  { projection, filter }: Expressions,
  { description }: HeldTable,
  index: SecondaryIndex | undefined,
): void {
  const looksInto = Object.fromEntries([...(filter?.nestedPaths ?? [])].map((name) => [name, true]));
  const fault =
    validateKeyPaths(projection?.nestedPaths ?? {}, description) ?? validateKeyPaths(looksInto, description);
  if (fault != null) throw fault;
  if (request.KeyConditions === undefined) return;
  for (const { AttributeName: name } of index?.KeySchema ?? description.KeySchema) {
    if (filter?.pathHeads.has(name) || Object.hasOwn(request.QueryFilter ?? {}, name)) {
      throw validationError(
        `${filter === undefined ? 'QueryFilter' : 'Filter Expression'} can only contain non-primary key ` +
          `attributes: Primary key attribute: ${name}`,
      );
    }
  }
}

/**
 * Whether a local index has to fetch the items for what the request looks at; a global index never does.
 * @throws a ValidationException: a global index does not hold what the request looks at
 */
function readsWholeItems(
  request: Page,
  { projection, filter }: Expressions,
  { description }: HeldTable,
  index: SecondaryIndex | undefined,
): boolean {
  if (index === undefined || index.Projection.ProjectionType === 'ALL') return false;
  const held = new Set([
    ...[...index.KeySchema, ...description.KeySchema].map(({ AttributeName }) => AttributeName),
    ...(index.Projection.NonKeyAttributes ?? []),
  ]);
  const asked = [
    ...(projection?.paths.map(([head]) => String(head)) ?? request.AttributesToGet ?? []),
    ...(filter?.pathHeads ?? Object.keys(request.QueryFilter ?? request.ScanFilter ?? {})),
  ];
  const missing = asked.filter((name) => !held.has(name));
  const isLocal = description.LocalSecondaryIndexes?.some(({ IndexName }) => IndexName === index.IndexName);
  if (missing.length === 0 || isLocal === true) return missing.length > 0;
  throw validationError(
    `One or more parameter values were invalid: Global secondary index ${index.IndexName} does not ` +
      `project [${[...new Set(missing)].join(', ')}]`,
  );
}
