import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, type Fields, key, openBench, S, TABLE } from './bench.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const section = (title: string): string => readme.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
/** The cells of each row of a section's table, without its head. */
const rows = (title: string): string[][] =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map(([, ...cells]) => cells);

const operations = rows('Operations').map(([operation = '', offered = '']) => ({ operation, offered }));
const offered = operations.filter((row) => row.offered === 'yes').map((row) => row.operation);
const refused = operations.filter((row) => row.offered !== 'yes');

const item = { TableName: TABLE, Key: key('1') };
const requests: { readonly [operation: string]: Fields } = {
  GetItem: item,
  BatchGetItem: { RequestItems: { [TABLE]: { Keys: [key('1')] } } },
  TransactGetItems: { TransactItems: [{ Get: item }] },
  Query: { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': S('1') } },
  Scan: {},
  PutItem: { Item: key('1') },
  UpdateItem: item,
  DeleteItem: item,
  BatchWriteItem: { RequestItems: { [TABLE]: [{ PutRequest: { Item: key('1') } }] } },
  TransactWriteItems: { TransactItems: [{ Put: { TableName: TABLE, Item: key('1') } }] },
  CreateTable: {
    TableName: 'another',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  },
  DescribeTable: {},
  ListTables: {},
  DeleteTable: { TableName: 'another' },
  UpdateTimeToLive: { TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' } },
  DescribeTimeToLive: {},
};

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe('the README', () => {
  it('names every operation that is asked for here', () => {
    expect(offered.toSorted()).toEqual(Object.keys(requests).sort());
    expect(refused.length).toBeGreaterThan(10);
  });

  it.each(offered)('says rightly that %s is offered', async (operation) => {
    expect(await bench.ask(operation, requests[operation] ?? {})).toMatchObject({ status: 200 });
  });

  it.each(refused)('says rightly that $operation is refused', async ({ operation, offered: answer }) => {
    expect(await bench.result(operation, {})).toMatchObject({ error: answer.replace('no: ', '') });
  });

  it('counts every test of the suite', () => {
    const [passed = 0, failed = 0, skipped = 0] = ['passed', 'failed', 'skipped'].map((outcome) =>
      Number(section('Conformance').match(new RegExp(`(\\d+) ${outcome}`))?.[1]),
    );
    expect(passed + failed + skipped).toBe(601);
  });

  it('states the limits that hold', async () => {
    const put = (Item: object) => bench.result('PutItem', { Item });
    const [size, levels, digits] = rows('Limits').map(([, value = '']) => Number.parseInt(value, 10));
    const text = (bytes: number) => ({ ...key('1'), t: S('x'.repeat(bytes - 7)) });
    expect(await put(text((size ?? 0) * 1024))).toEqual({});
    expect(await put(text((size ?? 0) * 1024 + 1))).toMatchObject({ error: 'ValidationException' });
    const nested = (depth: number): object => (depth === 1 ? S('x') : { L: [nested(depth - 1)] });
    expect(await put({ ...key('1'), d: nested(levels ?? 0) })).toEqual({});
    expect(await put({ ...key('1'), d: nested((levels ?? 0) + 1) })).toMatchObject({
      error: 'ValidationException',
    });
    expect(await put({ ...key('1'), n: { N: '9'.repeat(digits ?? 0) } })).toEqual({});
    expect(await put({ ...key('1'), n: { N: '9'.repeat((digits ?? 0) + 1) } })).toMatchObject({
      error: 'ValidationException',
    });
  });
});
