import {
  checkConditional,
  createKey,
  type Fault,
  type Item,
  validateKey,
  validationError,
} from 'dynalite/db/index.js';
import * as z from 'zod';
import { DynamoDbFault, faultName, isFault } from './faults.ts';
import type { MemoryStore } from './memory-store.ts';
import {
  type Answer,
  type Body,
  DELETE_ITEM,
  GET_ITEM,
  type Operation,
  PUT_ITEM,
  parseRequest,
  performNow,
  UPDATE_ITEM,
} from './operations.ts';
import { fingerprintOf, type RequestTokens } from './request-tokens.ts';
import {
  checkChanges,
  checkTransactionSize,
  commit,
  type Write,
  type WriteKind,
  type WriteSide,
} from './writes.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const MAX_ACTIONS = 100;

// Only what the operations of a transaction take: the rest of a single write's parameters is unknown here.
const shared = {
  TableName: z.unknown(),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.unknown().optional(),
  ExpressionAttributeValues: z.unknown().optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['ALL_OLD', 'NONE']).optional(),
};
const putSchema = z.object({ ...shared, Item: z.unknown() });
const keySchema = z.object({ ...shared, Key: z.unknown() });
const updateSchema = z.object({ ...shared, Key: z.unknown(), UpdateExpression: z.string() });
const checkSchema = z.object({ ...shared, Key: z.unknown(), ConditionExpression: z.string() });

const writeSchema = z.object({
  TransactItems: z
    .array(
      z.object({
        Put: putSchema.optional(),
        Update: updateSchema.optional(),
        Delete: keySchema.optional(),
        ConditionCheck: checkSchema.optional(),
      }),
    )
    .min(1)
    .max(MAX_ACTIONS),
  ClientRequestToken: z.string().min(1).max(36).optional(),
});
const getSchema = z.object({
  TransactItems: z
    .array(
      z.object({
        Get: z.object({
          TableName: z.unknown(),
          Key: z.unknown(),
          ProjectionExpression: z.string().optional(),
          ExpressionAttributeNames: z.unknown().optional(),
        }),
      }),
    )
    .min(1)
    .max(MAX_ACTIONS),
});

/** One operation of a transaction, its parameters checked. */
interface Step {
  readonly table: string;
  /** The item's key, or an item that holds it. */
  readonly key: Item;
  readonly kind: WriteKind | 'check';
  readonly wantsOldItem: boolean;
  /** Carries it out, or throws the fault that says why it cannot be. */
  readonly run: () => void;
}

/** Why one operation of a cancelled transaction failed; `None` for those that did not. */
interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

/**
 * Writes up to 100 items, all or none. As no two operations may concern the same item, each operation sees
 * what stood before the transaction, although they are carried out one after the other.
 * @throws DynamoDbFault TransactionCanceledException with the reasons in the order of the operations;
 *   IdempotentParameterMismatchException; ValidationException
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function transactWriteItems(side: WriteSide, tokens: RequestTokens, body: Body, now: number): Answer {
  const request = parseBody(writeSchema, body);
  const steps = request.TransactItems.map((item) => stepOf(side.store, item));
  checkDistinct(side.store, steps);

  const token = request.ClientRequestToken;
  const fingerprint = token === undefined ? '' : fingerprintOf(request.TransactItems);
  if (token !== undefined && tokens.isDone(token, fingerprint, now)) return {};

  const writes: Write[] = [];
  const undoAll = (): void =>
    side.store.undo([...writes.map(({ change }) => change), ...side.store.takeChanges()]);
  let reasons: CancellationReason[];
  try {
    reasons = steps.map((step) => runStep(side.store, step, writes));
    if (reasons.every(({ Code }) => Code === 'None'))
      checkTransactionSize(writes.map(({ change }) => change));
  } catch (error) {
    undoAll();
    throw error;
  }
  if (reasons.some(({ Code }) => Code !== 'None')) {
    undoAll();
    throw cancelled(reasons);
  }
  const done = token === undefined ? undefined : { token, fingerprint, at: now };
  commit(side, writes, { token: done });
  if (done !== undefined) tokens.remember(done);
  return {};
}

/** Reads up to 100 items as they are at one moment. */
export function transactGetItems(store: MemoryStore, body: Body): Answer {
  const view = store.asDynaliteStore();
  const requests = parseBody(getSchema, body).TransactItems.map(({ Get }) =>
    parseRequest(GET_ITEM, { ...Get }, view),
  );
  return { Responses: requests.map((request) => performNow(GET_ITEM, view, request)) };
}

function parseBody<Parsed>(schema: z.ZodType<Parsed>, body: Body): Parsed {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw validationError(
    `${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`,
  );
}

type TransactItem = z.infer<typeof writeSchema>['TransactItems'][number];

function stepOf(store: MemoryStore, item: TransactItem): Step {
  if (Object.values(item).filter((part) => part !== undefined).length !== 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const { Put, Update, Delete, ConditionCheck } = item;
  if (Put !== undefined) return writeStep(store, PUT_ITEM, Put, 'put', ({ Item: whole }) => whole);
  if (Update !== undefined) return writeStep(store, UPDATE_ITEM, Update, 'update', ({ Key }) => Key);
  if (Delete !== undefined) return writeStep(store, DELETE_ITEM, Delete, 'delete', ({ Key }) => Key);
  return checkStep(store, ConditionCheck ?? {});
}

function writeStep<Request extends { readonly TableName: string }>(
  store: MemoryStore,
  operation: Operation<Request>,
  body: Body,
  kind: WriteKind,
  keyOf: (request: Request) => Item,
): Step {
  const view = store.asDynaliteStore();
  const request = parseRequest(operation, { ...body }, view);
  return {
    table: request.TableName,
    key: keyOf(request),
    kind,
    wantsOldItem: body['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD',
    run: () => performNow(operation, view, request),
  };
}

function checkStep(store: MemoryStore, body: Body): Step {
  const request = parseRequest(DELETE_ITEM, { ...body }, store.asDynaliteStore());
  return {
    table: request.TableName,
    key: request.Key,
    kind: 'check',
    wantsOldItem: body['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD',
    run: () => {
      const { description, items } = store.requireTable(request.TableName);
      const fault =
        validateKey(request.Key, description) ??
        checkConditional(request, items.get(createKey(request.Key, description)));
      if (fault != null) throw fault;
    },
  };
}

/** Where a step's item stands; nothing if what it gives is not a key of the table. */
function placeOf(store: MemoryStore, { table: name, key, kind }: Step): string | undefined {
  const { description } = store.requireTable(name);
  // A put gives the whole item, of which dynalite's key function takes what it needs.
  const complete =
    kind === 'put'
      ? description.KeySchema.every(({ AttributeName: attribute }) => key[attribute] !== undefined)
      : validateKey(key, description) == null;
  return complete ? createKey(key, description) : undefined;
}

function checkDistinct(store: MemoryStore, steps: readonly Step[]): void {
  const places = steps.map((step) => ({ place: placeOf(store, step), table: step.table }));
  const known = places.flatMap(({ place, table }) => (place === undefined ? [] : [`${table} ${place}`]));
  if (new Set(known).size !== known.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
}

function runStep(store: MemoryStore, step: Step, writes: Write[]): CancellationReason {
  try {
    step.run();
    const changes = store.takeChanges();
    for (const change of changes) writes.push({ change, kind: step.kind === 'check' ? 'update' : step.kind });
    checkChanges(changes);
    return { Code: 'None' };
  } catch (error) {
    if (isFault(error)) return reasonOf(store, step, error);
    throw error;
  }
}

function reasonOf(store: MemoryStore, step: Step, fault: Fault): CancellationReason {
  if (faultName(fault) !== 'ConditionalCheckFailedException') {
    return { Code: 'ValidationError', Message: fault.message };
  }
  const place = step.wantsOldItem ? placeOf(store, step) : undefined;
  const item = place === undefined ? undefined : store.requireTable(step.table).items.get(place);
  return {
    Code: 'ConditionalCheckFailed',
    Message: fault.message,
    ...(item === undefined ? {} : { Item: item }),
  };
}

function cancelled(reasons: readonly CancellationReason[]): DynamoDbFault {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new DynamoDbFault(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
