import {
  ConditionalCheckFailedException,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  ListTablesCommand,
  PutItemCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DynamoDb, startDynamoDb } from '../src/server.ts';
import type { WrittenKey } from '../src/writes.ts';
import { connect, createTestTable, scanAll, TABLE } from './clients.ts';

let db: DynamoDb;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
let written: WrittenKey[];

beforeAll(async () => {
  db = await startDynamoDb({ onWrite: (keys) => written.push(...keys) });
  ({ client, documents } = connect(db.endpoint));
});
afterAll(async () => {
  client.destroy();
  await db.close();
});
beforeEach(async () => {
  written = [];
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) await client.send(new DeleteTableCommand({ TableName }));
  await createTestTable(client);
});

const put = (item: Record<string, unknown>) =>
  documents.send(new PutCommand({ TableName: TABLE, Item: item }));
const get = async (pk: string, sk = 'a') =>
  (await documents.send(new GetCommand({ TableName: TABLE, Key: { pk, sk } }))).Item;
const failure = (sent: Promise<unknown>): Promise<unknown> =>
  sent.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('tables', () => {
  it('are active as soon as they are created, and listed by name', async () => {
    await createTestTable(client, 'another');
    const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table).toMatchObject({ TableName: TABLE, TableStatus: 'ACTIVE', ItemCount: 0 });
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexStatus }) => IndexStatus)).toEqual([
      'ACTIVE',
      'ACTIVE',
    ]);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['another', TABLE]);
    const waited = await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName: TABLE });
    expect(waited.state).toBe('SUCCESS');
  });

  it('are not created twice, and not found once deleted', async () => {
    expect(await failure(createTestTable(client))).toBeInstanceOf(ResourceInUseException);
    await put({ pk: '1', sk: 'a' });
    await client.send(new DeleteTableCommand({ TableName: TABLE }));
    expect(await failure(get('1'))).toBeInstanceOf(ResourceNotFoundException);
    expect(await failure(client.send(new DescribeTableCommand({ TableName: TABLE })))).toBeInstanceOf(
      ResourceNotFoundException,
    );
    await createTestTable(client);
    expect(await get('1')).toBeUndefined();
  });

  it('remember which attribute says when items expire', async () => {
    const describeTtl = () => client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }));
    expect((await describeTtl()).TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: TABLE,
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
      }),
    );
    expect((await describeTtl()).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expires',
    });
  });
});

describe('single items', () => {
  it('come back as they were put, of every type', async () => {
    const item = {
      pk: 'é€😀',
      sk: 'a',
      number: 12.5,
      big: 9007199254740991,
      yes: true,
      none: null,
      bytes: Uint8Array.of(0, 1, 255),
      list: [1, 'two', { three: [3] }],
      map: { empty: {}, text: '' },
      set: new Set(['x', 'y']),
    };
    await put(item);
    expect(await get('é€😀')).toEqual(item);
    expect(await get('other')).toBeUndefined();
  });

  it('are projected, updated in depth and deleted, with the values asked for', async () => {
    await put({ pk: '1', sk: 'a', count: 1, inner: { list: ['x'] }, gone: true });
    const updated = await documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { pk: '1', sk: 'a' },
        UpdateExpression:
          'SET #i.#l = list_append(#i.#l, :more), fresh = if_not_exists(fresh, :f) ADD #c :one REMOVE gone',
        ExpressionAttributeNames: { '#i': 'inner', '#l': 'list', '#c': 'count' },
        ExpressionAttributeValues: { ':more': ['y'], ':one': 2, ':f': 'new' },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(updated.Attributes).toEqual({
      pk: '1',
      sk: 'a',
      count: 3,
      inner: { list: ['x', 'y'] },
      fresh: 'new',
    });
    const read = await documents.send(
      new GetCommand({
        TableName: TABLE,
        Key: { pk: '1', sk: 'a' },
        ProjectionExpression: '#i.#l[1], fresh',
        ExpressionAttributeNames: { '#i': 'inner', '#l': 'list' },
      }),
    );
    expect(read.Item).toEqual({ inner: { list: ['y'] }, fresh: 'new' });
    const removed = await documents.send(
      new DeleteCommand({ TableName: TABLE, Key: { pk: '1', sk: 'a' }, ReturnValues: 'ALL_OLD' }),
    );
    expect(removed.Attributes).toMatchObject({ count: 3 });
    expect(await get('1')).toBeUndefined();
  });

  it('show the item that made a condition fail, when asked', async () => {
    await put({ pk: '1', sk: 'a', version: 4 });
    const conditional = {
      TableName: TABLE,
      ConditionExpression: 'version = :v',
      ExpressionAttributeValues: { ':v': 3 },
    };
    const silent = await failure(
      documents.send(new PutCommand({ ...conditional, Item: { pk: '1', sk: 'a', version: 5 } })),
    );
    expect(silent).toBeInstanceOf(ConditionalCheckFailedException);
    expect(silent).not.toHaveProperty('Item.version');
    const key = { pk: '1', sk: 'a' };
    const asking = { ...conditional, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
    for (const sent of [
      documents.send(new PutCommand({ ...asking, Item: { ...key, version: 5 } })),
      documents.send(new UpdateCommand({ ...asking, Key: key, UpdateExpression: 'REMOVE x' })),
      documents.send(new DeleteCommand({ ...asking, Key: key })),
    ]) {
      const shown = await failure(sent);
      expect(shown).toBeInstanceOf(ConditionalCheckFailedException);
      expect(shown).toMatchObject({ Item: { pk: { S: '1' }, sk: { S: 'a' }, version: { N: '4' } } });
    }
    expect(await get('1')).toMatchObject({ version: 4 });
    expect(written).toHaveLength(1);
  });

  it('weigh 400 kB at most, counted in UTF-8', async () => {
    const text = 'é'.repeat((400 * 1024 - 8) / 2);
    await put({ pk: '1', sk: 'a', t: text });
    expect(await failure(put({ pk: '1', sk: 'a', t: `${text}ééé` }))).toMatchObject({
      name: 'ValidationException',
      message: 'Item size has exceeded the maximum allowed size',
    });
    const grown = documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { pk: '1', sk: 'a' },
        UpdateExpression: 'SET more = :more',
        ExpressionAttributeValues: { ':more': 'xyz' },
      }),
    );
    expect(await failure(grown)).toMatchObject({ name: 'ValidationException' });
    expect(await get('1')).toEqual({ pk: '1', sk: 'a', t: text });
  });

  it('are refused with an empty key, of the table or of an index', async () => {
    expect(await failure(put({ pk: '', sk: 'a' }))).toMatchObject({ name: 'ValidationException' });
    const refusal = {
      name: 'ValidationException',
      message: expect.stringContaining('empty string value. IndexName: by-stage, IndexKey: stage'),
    };
    expect(await failure(put({ pk: '1', sk: 'a', stage: '' }))).toMatchObject(refusal);
    await put({ pk: '1', sk: 'a', stage: 'INVITED', since: '1' });
    const emptied = documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { pk: '1', sk: 'a' },
        UpdateExpression: 'SET stage = :empty',
        ExpressionAttributeValues: { ':empty': '' },
      }),
    );
    expect(await failure(emptied)).toMatchObject(refusal);
    expect(await get('1')).toMatchObject({ stage: 'INVITED' });
    expect(await scanAll(documents, 'by-stage')).toHaveLength(1);
  });

  it('let exactly ten of two hundred people take ten places', async () => {
    await put({ pk: 'wave', sk: 'a', places: 10 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, () =>
        documents.send(
          new UpdateCommand({
            TableName: TABLE,
            Key: { pk: 'wave', sk: 'a' },
            UpdateExpression: 'SET places = places - :one',
            ConditionExpression: 'places >= :one',
            ExpressionAttributeValues: { ':one': 1 },
          }),
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await get('wave')).toMatchObject({ places: 0 });
  });
});

describe('many items', () => {
  it('are written and read in batches', async () => {
    const items = Array.from({ length: 20 }, (_, n) => ({ pk: `${n}`, sk: 'a', n }));
    await documents.send(
      new BatchWriteCommand({ RequestItems: { [TABLE]: items.map((Item) => ({ PutRequest: { Item } })) } }),
    );
    await documents.send(
      new BatchWriteCommand({
        RequestItems: { [TABLE]: [{ DeleteRequest: { Key: { pk: '3', sk: 'a' } } }] },
      }),
    );
    const read = await documents.send(
      new BatchGetCommand({ RequestItems: { [TABLE]: { Keys: items.map(({ pk, sk }) => ({ pk, sk })) } } }),
    );
    expect(read.Responses?.[TABLE]?.map(({ n }) => Number(n)).sort((a, b) => a - b)).toEqual(
      items.map(({ n }) => n).filter((n) => n !== 3),
    );
    expect(written.map(({ kind }) => kind)).toEqual([...items.map(() => 'put'), 'delete']);
  });

  it('are put all or none when one of a batch is refused', async () => {
    const batch = [
      { pk: '1', sk: 'a' },
      { pk: '2', sk: 'a', stage: '' },
    ].map((Item) => ({ PutRequest: { Item } }));
    expect(
      await failure(documents.send(new BatchWriteCommand({ RequestItems: { [TABLE]: batch } }))),
    ).toMatchObject({ name: 'ValidationException' });
    expect(await scanAll(documents)).toEqual([]);
    expect(written).toEqual([]);
  });

  it('are queried in key order, forwards and backwards, by range and filter', async () => {
    for (const sk of ['b', 'a1', 'c', 'a2', 'a10']) await put({ pk: '1', sk, odd: sk.length % 2 === 1 });
    const query = async (more: object) => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: TABLE,
          KeyConditionExpression: 'pk = :pk',
          ...more,
          ExpressionAttributeValues: {
            ':pk': '1',
            ...('values' in more && typeof more.values === 'object' ? more.values : {}),
          },
        }),
      );
      return Items.map(({ sk }) => sk);
    };
    expect(await query({})).toEqual(['a1', 'a10', 'a2', 'b', 'c']);
    expect(await query({ ScanIndexForward: false, Limit: 2 })).toEqual(['c', 'b']);
    const prefix = 'pk = :pk AND begins_with(sk, :a)';
    expect(await query({ KeyConditionExpression: prefix, values: { ':a': 'a1' } })).toEqual(['a1', 'a10']);
    const between = 'pk = :pk AND sk BETWEEN :from AND :to';
    expect(await query({ KeyConditionExpression: between, values: { ':from': 'a2', ':to': 'b' } })).toEqual([
      'a2',
      'b',
    ]);
    expect(await query({ FilterExpression: 'odd = :yes', values: { ':yes': true } })).toEqual([
      'a10',
      'b',
      'c',
    ]);
  });

  it.each([true, false])(
    'are paged through an index whose keys are all equal (forwards: %s)',
    async (forwards) => {
      // So many that 24 bits of hash, all that dynalite keeps apart, would collide.
      const count = 6000;
      for (let from = 0; from < count; from += 25) {
        const puts = Array.from({ length: 25 }, (_, n) => ({
          PutRequest: { Item: { pk: `${from + n}`, sk: 'a', stage: 'INVITED', since: 'today' } },
        }));
        await documents.send(new BatchWriteCommand({ RequestItems: { [TABLE]: puts } }));
      }
      const seen: unknown[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page: QueryCommandOutput = await documents.send(
          new QueryCommand({
            TableName: TABLE,
            IndexName: 'by-stage',
            KeyConditionExpression: 'stage = :stage',
            ExpressionAttributeValues: { ':stage': 'INVITED' },
            ScanIndexForward: forwards,
            Limit: 700,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        );
        seen.push(...(page.Items ?? []).map(({ pk }) => pk));
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      expect(seen).toHaveLength(count);
      expect(new Set(seen).size).toBe(count);
    },
  );

  it('enter and leave an index as they change, with the attributes it holds', async () => {
    await put({ pk: '1', sk: 'a', owner: 'anne', name: 'Mairie', secret: 'x' });
    await put({ pk: '2', sk: 'a', owner: 'anne' });
    expect(await scanAll(documents, 'by-owner')).toEqual(
      expect.arrayContaining([
        { pk: '1', sk: 'a', owner: 'anne', name: 'Mairie' },
        { pk: '2', sk: 'a', owner: 'anne' },
      ]),
    );
    await put({ pk: '1', sk: 'a', owner: 'bob' });
    await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: '2', sk: 'a' } }));
    expect(await scanAll(documents, 'by-owner')).toEqual([{ pk: '1', sk: 'a', owner: 'bob' }]);
  });
});

describe('the write hook', () => {
  it('reports what changed, before and after, and nothing else', async () => {
    await put({ pk: '1', sk: 'a', stage: 'INVITED' });
    await documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { pk: '2', sk: 'b' },
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': 1 },
      }),
    );
    await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: '1', sk: 'a' } }));
    await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'never', sk: 'a' } }));
    const item = { pk: { S: '1' }, sk: { S: 'a' }, stage: { S: 'INVITED' } };
    const key = { pk: { S: '1' }, sk: { S: 'a' } };
    const other = { pk: { S: '2' }, sk: { S: 'b' } };
    const common = { table: TABLE, transactional: false };
    expect(written).toEqual([
      { ...common, key, kind: 'put', before: undefined, after: item },
      { ...common, key: other, kind: 'update', before: undefined, after: { ...other, n: { N: '1' } } },
      { ...common, key, kind: 'delete', before: item, after: undefined },
    ]);
  });
});

describe('requests that make no sense', () => {
  it('are refused as AWS refuses them', async () => {
    expect(await failure(client.send(new ExecuteStatementCommand({ Statement: 'SELECT 1' })))).toMatchObject({
      name: 'UnknownOperationException',
    });
    expect(
      await failure(client.send(new PutItemCommand({ TableName: 'unknown', Item: { pk: { S: '1' } } }))),
    ).toBeInstanceOf(ResourceNotFoundException);
    expect(await failure(put({ pk: '1' }))).toMatchObject({ name: 'ValidationException' });
    const syntax = documents.send(
      new UpdateCommand({ TableName: TABLE, Key: { pk: '1', sk: 'a' }, UpdateExpression: 'SETT x' }),
    );
    expect(await failure(syntax)).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Invalid UpdateExpression'),
    });
  });
});
