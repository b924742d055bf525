import { createKey, type Item, validateKey, validationError } from 'dynalite/db/index.js';
import * as z from 'zod';
import { metricsByTable } from './batch-writes.ts';
import { DynamoDbFault, faultName, isFault } from './faults.ts';
import { applyWrite, type ItemWrite, keyHolder, parseWrite } from './item-writes.ts';
import { type MemoryStore, primaryKey } from './memory-store.ts';
import { type Answer, type Body, GET_ITEM, parseRequest, performNow } from './operations.ts';
import { listLength } from './request-rules.ts';
import { fingerprintOf, type RequestTokens } from './request-tokens.ts';
import { checkTransactionSize, commit, type Write, type WriteSide } from './writes.ts';

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
  TransactItems: z.array(
    z.object({
      Put: putSchema.optional(),
      Update: updateSchema.optional(),
      Delete: keySchema.optional(),
      ConditionCheck: checkSchema.optional(),
    }),
  ),
  ClientRequestToken: z.string().min(1).max(36).optional(),
  ReturnItemCollectionMetrics: z.enum(['SIZE', 'NONE']).optional(),
});
const getSchema = z.object({
  TransactItems: z.array(
    z.object({
      Get: z.object({
        TableName: z.unknown(),
        Key: z.unknown(),
        ProjectionExpression: z.string().optional(),
        ExpressionAttributeNames: z.unknown().optional(),
      }),
    }),
  ),
});

/** Why one operation of a cancelled transaction failed; `None` for those that did not. */
interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

/**
 * Writes up to 100 items, all or none. As no two operations may concern the same item, each operation sees
 * what stood before the transaction, although they are carried out one after the other.
 * @throws DynamoDbFault TransactionCanceledException with the reasons in the order of the operations;
 *   IdempotentParameterMismatchException; ValidationException
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function transactWriteItems(side: WriteSide, tokens: RequestTokens, body: Body, now: number): Answer {
  const { store } = side;
  const request = parseBody(writeSchema, body);
  const steps = request.TransactItems.map((item) => stepOf(store, item));
  checkDistinct(steps.map((step) => placeOf(store, step.request.TableName, keyHolder(step))));

  const token = request.ClientRequestToken;
  const fingerprint = token === undefined ? '' : fingerprintOf(request.TransactItems);
  if (token !== undefined && tokens.isDone(token, fingerprint, now)) return {};

  const writes: Write[] = [];
  try {
    const reasons = steps.map((step) => runStep(store, step, writes));
    refuseFailed(reasons);
    checkTransactionSize(writes.map(({ change }) => change));
  } catch (error) {
    store.undo(writes.map(({ change }) => change));
    throw error;
  }
  const done = token === undefined ? undefined : { token, fingerprint, at: now };
  commit(side, writes, { token: done });
  if (done !== undefined) tokens.remember(done);
  return request.ReturnItemCollectionMetrics === 'SIZE'
    ? { ItemCollectionMetrics: metricsByTable(writes.map(({ change }) => change)) }
    : {};
}

/**
 * Reads up to 100 items as they are at one moment.
 * @throws DynamoDbFault TransactionCanceledException: what is given for a key is none
 */
export function transactGetItems(store: MemoryStore, body: Body): Answer {
  const view = store.asDynaliteStore();
  const requests = parseBody(getSchema, body).TransactItems.map(
    ({ Get }) => parseRequest(GET_ITEM, { ...Get }, view).request,
  );
  checkDistinct(requests.map(({ TableName, Key }) => placeOf(store, TableName, Key)));
  const responses: Answer[] = [];
  const reasons = requests.map((request) => {
    try {
      responses.push(performNow(GET_ITEM, view, request));
      return NO_REASON;
    } catch (error) {
      return reasonOf(error);
    }
  });
  refuseFailed(reasons);
  return { Responses: responses };
}

function parseBody<Parsed>(schema: z.ZodType<Parsed>, body: Body): Parsed {
  const items = body['TransactItems'];
  const message = Array.isArray(items) ? listLength('transactItems', items, MAX_ACTIONS) : undefined;
  if (message !== undefined) throw validationError(message);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.map(({ path, message: issue }) => `${path.join('.')}: ${issue}`);
  throw validationError(
    `${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`,
  );
}

type TransactItem = z.infer<typeof writeSchema>['TransactItems'][number];

function stepOf(store: MemoryStore, item: TransactItem): ItemWrite {
  if (Object.values(item).filter((part) => part !== undefined).length !== 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const { Put, Update, Delete, ConditionCheck } = item;
  if (Put !== undefined) return parseWrite(store, 'put', { ...Put });
  if (Update !== undefined) return parseWrite(store, 'update', { ...Update });
  if (Delete !== undefined) return parseWrite(store, 'delete', { ...Delete });
  return parseWrite(store, 'check', { ...ConditionCheck });
}

/** Table and key of an item as one text; nothing if what is given holds no key of the table. */
function placeOf(store: MemoryStore, name: string, holder: Item): string | undefined {
  const { description } = store.requireTable(name);
  const key = primaryKey(holder, description);
  return validateKey(key, description) == null ? `${name} ${createKey(key, description)}` : undefined;
}

function checkDistinct(places: readonly (string | undefined)[]): void {
  const known = places.filter((place) => place !== undefined);
  if (new Set(known).size !== known.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
}

function runStep(store: MemoryStore, step: ItemWrite, writes: Write[]): CancellationReason {
  try {
    const change = applyWrite(store, step);
    if (step.kind !== 'check') writes.push({ change, kind: step.kind });
    return NO_REASON;
  } catch (error) {
    return reasonOf(error);
  }
}

const NO_REASON: CancellationReason = { Code: 'None' };

/** @throws what is no fault for the client */
function reasonOf(error: unknown): CancellationReason {
  if (!isFault(error)) throw error;
  if (faultName(error) !== 'ConditionalCheckFailedException') {
    return { Code: 'ValidationError', Message: error.message };
  }
  const reason = { Code: 'ConditionalCheckFailed', Message: error.message };
  return 'Item' in error.body ? { ...reason, Item: error.body['Item'] } : reason;
}

/** @throws DynamoDbFault TransactionCanceledException: one of the operations failed */
function refuseFailed(reasons: readonly CancellationReason[]): void {
  if (reasons.every(({ Code }) => Code === 'None')) return;
  const codes = reasons.map(({ Code }) => Code).join(', ');
  throw new DynamoDbFault(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
