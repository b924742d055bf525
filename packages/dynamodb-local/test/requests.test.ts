import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, type Fields, key, N, openBench, S, TABLE } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.ask('PutItem', { Item: { ...key('1'), n: N(1) } });
});

const nested = (levels: number): object =>
  levels === 1 ? S('x') : levels % 2 === 0 ? { M: { k: nested(levels - 1) } } : { L: [nested(levels - 1)] };
const keys = (count: number) => Array.from({ length: count }, (_, n) => key(`${n}`));
const get = (more: Fields) => ({ Get: { TableName: TABLE, ...more } });
const put = (item: Fields) => ({ Put: { TableName: TABLE, Item: item } });
const refused = (message: string | RegExp) => ({
  error: 'ValidationException',
  message: expect.stringMatching(message),
});

describe('32 levels are stored and compared, 33 refused', () => {
  const message = /Nesting Levels have exceeded supported limits/;
  const write = (operation: string, value: object): Promise<unknown> => {
    const item = { ...key('deep'), v: value };
    const update = { UpdateExpression: 'SET v = :v', ExpressionAttributeValues: { ':v': value } };
    switch (operation) {
      case 'PutItem':
        return bench.result(operation, { Item: item });
      case 'UpdateItem':
        return bench.result(operation, { Key: key('deep'), ...update });
      case 'BatchWriteItem':
        return bench.result(operation, { RequestItems: { [TABLE]: [{ PutRequest: { Item: item } }] } });
      case 'TransactWriteItems':
        return bench.result(operation, { TransactItems: [put(item)] });
      default:
        return bench.result('Scan', {
          FilterExpression: 'v = :v',
          ExpressionAttributeValues: { ':v': value },
        });
    }
  };

  it.each(['PutItem', 'UpdateItem', 'BatchWriteItem', 'TransactWriteItems', 'Scan'])(
    'by %s',
    async (operation) => {
      expect(await write(operation, nested(32))).not.toHaveProperty('error');
      expect(await write(operation, nested(33))).toEqual(refused(message));
      expect(await write(operation, nested(500))).toEqual(refused(message));
    },
  );

  it('by an update that puts levels together', async () => {
    await write('PutItem', nested(32));
    const deeper = {
      Key: key('deep'),
      UpdateExpression: 'SET w = :m',
      ExpressionAttributeValues: { ':m': { M: {} } },
    };
    await bench.ask('UpdateItem', deeper);
    const joined = { Key: key('deep'), UpdateExpression: 'SET w.x = v' };
    expect(await bench.result('UpdateItem', joined)).toEqual(refused(message));
  });
});

describe('a batch', () => {
  it.each<[string, Fields, string]>([
    ['BatchGetItem', {}, 'The requestItems parameter is required for BatchGetItem'],
    ['BatchWriteItem', {}, 'The requestItems parameter is required for BatchWriteItem'],
    [
      'BatchGetItem',
      { [TABLE]: { Keys: keys(101) } },
      "^1 validation error detected: Value at 'RequestItems.things.member.Keys' failed .* length less than or equal to 100$",
    ],
    [
      'BatchWriteItem',
      { [TABLE]: keys(26).map((Item) => ({ PutRequest: { Item } })) },
      "^1 validation error detected: Value '{things=.*}' at 'requestItems' failed .* less than or equal to 25, ",
    ],
    [
      'BatchWriteItem',
      { [TABLE]: [key('1'), key('1')].map((Item) => ({ PutRequest: { Item } })) },
      'Provided list of item keys contains duplicates',
    ],
    [
      'BatchWriteItem',
      { [TABLE]: [{ PutRequest: { Item: { pk: S('1') } } }] },
      'The provided key element does not match the schema',
    ],
    [
      'BatchGetItem',
      { [TABLE]: { Keys: [{ pk: { M: { toString: S('x') } }, sk: S('a') }] } },
      'The provided key element does not match the schema',
    ],
  ])('is refused by %s for %j', async (operation, requests, message) => {
    expect(await bench.result(operation, { RequestItems: requests })).toEqual(refused(message));
  });
});

describe('a transaction', () => {
  it.each<[string, readonly Fields[], string]>([
    [
      'TransactGetItems',
      [],
      "^1 validation error detected: Value '\\[\\]' at 'transactItems' failed .* greater than or equal to 1$",
    ],
    [
      'TransactWriteItems',
      [],
      "^1 validation error detected: Value '\\[\\]' at 'transactItems' failed .* greater than or equal to 1$",
    ],
    [
      'TransactGetItems',
      keys(101).map((Key) => get({ Key })),
      "Value '\\[.+\\]' at 'transactItems' failed .* less than or equal to 100$",
    ],
    [
      'TransactWriteItems',
      keys(101).map(put),
      "Value '\\[.+\\]' at 'transactItems' failed .* less than or equal to 100$",
    ],
    [
      'TransactGetItems',
      [get({ Key: key('1') }), get({ Key: key('1') })],
      '^Transaction request cannot include multiple operations on one item$',
    ],
    [
      'TransactWriteItems',
      [put(key('1')), put({ ...key('1'), n: N(2) })],
      '^Transaction request cannot include multiple operations on one item$',
    ],
    [
      'TransactGetItems',
      [get({ Key: key('1'), ProjectionExpression: '!!!' })],
      '^Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"$',
    ],
  ])('is refused by %s', async (operation, items, message) => {
    expect(await bench.result(operation, { TransactItems: items })).toEqual(refused(message));
  });

  it.each<[string, readonly Fields[]]>([
    ['TransactGetItems', [get({ Key: key('1') }), get({ Key: {} })]],
    ['TransactWriteItems', [put(key('2')), put({ pk: S('3') })]],
  ])('is cancelled by %s when what is given for a key is none', async (operation, items) => {
    expect(await bench.result(operation, { TransactItems: items })).toMatchObject({
      error: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
    });
  });
});

describe('item collection metrics', () => {
  const collection = (pk: string) => ({ ItemCollectionKey: { pk: S(pk) }, SizeEstimateRangeGB: [0, 1] });
  const asked = { ReturnItemCollectionMetrics: 'SIZE' };

  it('are given for each collection of a table with local indexes', async () => {
    const metrics = { ItemCollectionMetrics: collection('1') };
    expect(await bench.result('UpdateItem', { ...asked, Key: key('1') })).toEqual(metrics);
    expect(await bench.result('DeleteItem', { ...asked, Key: key('1') })).toEqual(metrics);
    expect(await bench.result('PutItem', { ...asked, Item: key('1') })).toEqual(metrics);
    const puts = [key('1', 'b'), key('1', 'c'), key('2')];
    const byTable = { ItemCollectionMetrics: { [TABLE]: [collection('1'), collection('2')] } };
    expect(
      await bench.result('BatchWriteItem', {
        ...asked,
        RequestItems: { [TABLE]: puts.map((Item) => ({ PutRequest: { Item } })) },
      }),
    ).toMatchObject(byTable);
    expect(await bench.result('TransactWriteItems', { ...asked, TransactItems: puts.map(put) })).toEqual(
      byTable,
    );
  });

  it('are not given unasked, nor for a table without', async () => {
    expect(await bench.result('PutItem', { Item: key('1') })).toEqual({});
    const plain = {
      TableName: 'plain',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    };
    await bench.ask('CreateTable', plain);
    expect(await bench.result('PutItem', { ...asked, TableName: 'plain', Item: { pk: S('1') } })).toEqual({});
    await bench.ask('DeleteTable', { TableName: 'plain' });
  });
});

describe('a table', () => {
  it.each<[string, Fields, string]>([
    ['CreateTable', { TableName: 'ab' }, "Value 'ab' at 'tableName' failed .* greater than or equal to 3"],
    [
      'CreateTable',
      {
        TableName: 'abc',
        KeySchema: ['a', 'b', 'c'].map((AttributeName) => ({ AttributeName, KeyType: 'HASH' })),
      },
      'KeySchemaElement\\(attributeName=a, keyType=HASH\\), .* less than or equal to 2',
    ],
    [
      'PutItem',
      { TableName: '', Item: {} },
      "^1 validation error detected: Value '' at 'tableName' failed .* greater than or equal to 1$",
    ],
    ['UpdateTimeToLive', { TimeToLiveSpecification: { Enabled: true, AttributeName: '' } }, 'attributeName'],
    [
      'UpdateTimeToLive',
      { TimeToLiveSpecification: { Enabled: false, AttributeName: 'a' } },
      'TimeToLive is already disabled',
    ],
    ['UpdateTimeToLive', {}, 'TimeToLiveSpecification needs Enabled and AttributeName'],
  ])('is refused by %s for %j', async (operation, body, message) => {
    expect(await bench.result(operation, body)).toEqual(refused(message));
  });

  it('is looked for by the shortest of names', async () => {
    expect(await bench.result('GetItem', { TableName: 'a', Key: key('1') })).toMatchObject({
      error: 'ResourceNotFoundException',
    });
  });
});

describe('a value', () => {
  it('is refused as null or as an attribute that no object can have', async () => {
    expect(await bench.result('PutItem', { Item: { ...key('1'), a: null } })).toEqual(
      refused('Supplied AttributeValue is empty'),
    );
    const body = JSON.stringify({ TableName: TABLE, Item: key('1') }).replace('"sk"', '"__proto__"');
    const { status, body: text } = await bench.db.answer('x.PutItem', Buffer.from(body));
    expect(`${status} ${text}`).toMatch(/^400 .*SerializationException/);
  });

  it('is refused when a failed condition is to show anything but the old item', async () => {
    const asked = { Item: key('1'), ReturnValuesOnConditionCheckFailure: 'ALL_NEW' };
    expect(await bench.result('PutItem', asked)).toEqual(refused('enum value set: \\[ALL_OLD, NONE\\]'));
  });
});
