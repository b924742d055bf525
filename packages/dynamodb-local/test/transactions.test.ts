import {
  type DynamoDBClient,
  IdempotentParameterMismatchException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DynamoDb, startDynamoDb } from '../src/server.ts';
import type { WrittenKey } from '../src/writes.ts';
import { connect, createTestTable, scanAll, TABLE } from './clients.ts';

let db: DynamoDb;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
let written: WrittenKey[][];
let now: number;

beforeEach(async () => {
  written = [];
  now = 0;
  db = await startDynamoDb({ onWrite: (keys) => written.push([...keys]), now: () => now });
  ({ client, documents } = connect(db.endpoint));
  await createTestTable(client);
});
afterEach(async () => {
  client.destroy();
  await db.close();
});

const key = (pk: string) => ({ pk, sk: 'a' });
const put = (item: Record<string, unknown>) =>
  documents.send(new PutCommand({ TableName: TABLE, Item: { sk: 'a', ...item } }));
const get = async (pk: string) =>
  (await documents.send(new GetCommand({ TableName: TABLE, Key: key(pk) }))).Item;
const transact = (items: TransactWriteCommandInput['TransactItems'], token?: string) =>
  documents.send(new TransactWriteCommand({ TransactItems: items, ClientRequestToken: token }));
const failure = (sent: Promise<unknown>): Promise<unknown> =>
  sent.then(
    () => undefined,
    (error: unknown) => error,
  );
const takePlace = (pk: string) => ({
  Update: {
    TableName: TABLE,
    Key: key(pk),
    UpdateExpression: 'SET places = places - :one',
    ConditionExpression: 'places >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});

it('puts, updates, deletes and checks in one go, reported as one write', async () => {
  await put({ pk: 'wave', places: 2 });
  await put({ pk: 'old' });
  await put({ pk: 'open' });
  written = [];
  await transact([
    takePlace('wave'),
    { Put: { TableName: TABLE, Item: { ...key('booking'), wave: 'wave' } } },
    { Delete: { TableName: TABLE, Key: key('old') } },
    { ConditionCheck: { TableName: TABLE, Key: key('open'), ConditionExpression: 'attribute_exists(pk)' } },
    {
      ConditionCheck: {
        TableName: TABLE,
        Key: key('never'),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);
  expect(await get('wave')).toMatchObject({ places: 1 });
  expect(await get('booking')).toMatchObject({ wave: 'wave' });
  expect(await get('old')).toBeUndefined();
  expect(await get('never')).toBeUndefined();
  expect(written.map((keys) => keys.map(({ key: { pk }, kind }) => `${kind} ${pk?.S}`))).toEqual([
    ['update wave', 'put booking', 'delete old'],
  ]);
});

it('does nothing at all if one condition fails, and says which, with the old item where asked', async () => {
  await put({ pk: 'wave', places: 0, stage: 'OPEN', since: '1' });
  await put({ pk: 'old', stage: 'OPEN', since: '2' });
  const before = [await scanAll(documents), await scanAll(documents, 'by-stage')];
  written = [];
  const error = await failure(
    transact([
      { Put: { TableName: TABLE, Item: { ...key('booking'), stage: 'OPEN', since: '3' } } },
      { Delete: { TableName: TABLE, Key: key('old') } },
      { Update: { ...takePlace('wave').Update, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
      { ConditionCheck: { TableName: TABLE, Key: key('x'), ConditionExpression: 'attribute_exists(pk)' } },
    ]),
  );
  expect(error).toBeInstanceOf(TransactionCanceledException);
  expect(error).toMatchObject({
    message: expect.stringContaining('[None, None, ConditionalCheckFailed, ConditionalCheckFailed]'),
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { pk: { S: 'wave' }, places: { N: '0' } },
      },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ],
  });
  expect([await scanAll(documents), await scanAll(documents, 'by-stage')]).toEqual(before);
  expect(written).toEqual([]);
});

it('reports what only shows while writing as a ValidationError of that operation', async () => {
  await put({ pk: '1', text: 'x' });
  const add = {
    TableName: TABLE,
    UpdateExpression: 'ADD #t :one',
    ExpressionAttributeNames: { '#t': 'text' },
    ExpressionAttributeValues: { ':one': 1 },
  };
  const error = await failure(
    transact([
      { Put: { TableName: TABLE, Item: key('2') } },
      { Update: { ...add, Key: key('1') } },
      { Put: { TableName: TABLE, Item: { ...key('3'), stage: '' } } },
    ]),
  );
  expect(error).toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }, { Code: 'ValidationError' }],
  });
  expect(await scanAll(documents)).toHaveLength(1);
});

it('refuses two operations on one item, more than 100, none, and two in one', async () => {
  const onOne = [
    { Put: { TableName: TABLE, Item: key('1') } },
    { ConditionCheck: { TableName: TABLE, Key: key('1'), ConditionExpression: 'attribute_exists(pk)' } },
  ];
  expect(await failure(transact(onOne))).toMatchObject({
    name: 'ValidationException',
    message: 'Transaction request cannot include multiple operations on one item',
  });
  const puts = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ Put: { TableName: TABLE, Item: key(`${n}`) } }));
  expect(await failure(transact(puts(101)))).toMatchObject({ name: 'ValidationException' });
  expect(await failure(transact([]))).toMatchObject({ name: 'ValidationException' });
  expect(
    await failure(transact([{ ...puts(1)[0], Delete: { TableName: TABLE, Key: key('5') } }])),
  ).toMatchObject({ name: 'ValidationException' });
  expect(await scanAll(documents)).toEqual([]);
  await transact(puts(100));
  expect(await scanAll(documents)).toHaveLength(100);
});

it('refuses more than 4 MB, and unknown tables', async () => {
  const heavy = Array.from({ length: 11 }, (_, n) => ({
    Put: { TableName: TABLE, Item: { ...key(`${n}`), text: 'x'.repeat(390_000) } },
  }));
  expect(await failure(transact(heavy))).toMatchObject({ name: 'ValidationException' });
  const unknown = [heavy[0] ?? {}, { Delete: { TableName: 'unknown', Key: key('1') } }];
  expect(await failure(transact(unknown))).toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await scanAll(documents)).toEqual([]);
});

it('applies a request token once in ten minutes, and refuses it for another request', async () => {
  await put({ pk: 'wave', places: 9 });
  await transact([takePlace('wave')], 'once');
  await transact([takePlace('wave')], 'once');
  expect(await get('wave')).toMatchObject({ places: 8 });
  expect(await failure(transact([takePlace('other')], 'once'))).toBeInstanceOf(
    IdempotentParameterMismatchException,
  );
  now = 10 * 60 * 1000;
  await transact([takePlace('wave')], 'once');
  expect(await get('wave')).toMatchObject({ places: 7 });
});

it('tries a cancelled request again under its token', async () => {
  expect(await failure(transact([takePlace('wave')], 'again'))).toBeInstanceOf(TransactionCanceledException);
  await put({ pk: 'wave', places: 1 });
  await transact([takePlace('wave')], 'again');
  expect(await get('wave')).toMatchObject({ places: 0 });
});

it('reads up to 100 items of one moment, in the order asked', async () => {
  await put({ pk: '1', n: 1, more: 'x' });
  const { Responses } = await documents.send(
    new TransactGetCommand({
      TransactItems: [
        { Get: { TableName: TABLE, Key: key('none') } },
        { Get: { TableName: TABLE, Key: key('1'), ProjectionExpression: 'n' } },
      ],
    }),
  );
  expect(Responses).toEqual([{}, { Item: { n: 1 } }]);
});

it('never shows a reader half of a transaction', async () => {
  await put({ pk: 'left', n: 0 });
  await put({ pk: 'right', n: 0 });
  const set = (pk: string, n: number) => ({ Put: { TableName: TABLE, Item: { ...key(pk), n } } });
  const reads: unknown[][] = [];
  await Promise.all([
    ...Array.from({ length: 40 }, (_, n) => transact([set('left', n), set('right', n)])),
    ...Array.from({ length: 40 }, async () => {
      reads.push((await scanAll(documents)).map(({ n }) => n));
    }),
  ]);
  expect(reads.filter(([left, right]) => left !== right)).toEqual([]);
});
