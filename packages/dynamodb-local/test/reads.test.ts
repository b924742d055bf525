import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, type Fields, key, L, N, openBench, S } from './bench.ts';

let bench: Bench;
const items = [0, 1, 2].map((n) => ({
  ...key('1', `${n}`),
  group: S('g'),
  rank: S(`${n}`),
  name: S(`name ${n}`),
  n: N(n),
  documents: L({ M: { n: N(n) } }),
}));

beforeAll(async () => {
  bench = await openBench();
  for (const Item of items) await bench.ask('PutItem', { Item });
});
afterAll(() => bench.close());

const one = { ':one': N(1) };
const scan = (more: Fields) => bench.result('Scan', more);
const byRank = (more: Fields) =>
  bench.result('Query', { IndexName: 'by-rank', KeyConditions: { pk: equal(S('1')) }, ...more });
const equal = (value: object) => ({ ComparisonOperator: 'EQ', AttributeValueList: [value] });

describe('a filter', () => {
  it('compares lists of maps', async () => {
    const documents = { ':d': L({ M: { n: N(1) } }) };
    const equals = { FilterExpression: 'documents = :d', ExpressionAttributeValues: documents };
    expect(await scan(equals)).toMatchObject({ Count: 1, ScannedCount: 3, Items: [{ n: N(1) }] });
    expect(await scan({ ...equals, FilterExpression: 'contains(documents, :d)' })).toMatchObject({
      Count: 0,
    });
    expect(await scan({ FilterExpression: 'documents < n' })).toMatchObject({ Count: 0 });
    expect(await scan({ ScanFilter: { documents: { ComparisonOperator: 'NOT_NULL' } } })).toMatchObject({
      Count: 3,
    });
  });

  it('counts what passed and what was read, whatever is projected', async () => {
    const filtered = { FilterExpression: 'n >= :one', ExpressionAttributeValues: one };
    expect(await scan({ ...filtered, Select: 'COUNT' })).toEqual({ Count: 2, ScannedCount: 3 });
    expect(
      await scan({
        ...filtered,
        ProjectionExpression: '#name',
        ExpressionAttributeNames: { '#name': 'name' },
      }),
    ).toEqual({ Count: 2, ScannedCount: 3, Items: [{ name: S('name 1') }, { name: S('name 2') }] });
    const page = await scan({ ...filtered, Limit: 1 });
    expect(page).toMatchObject({ Count: 0, ScannedCount: 1, LastEvaluatedKey: key('1', '0') });
  });

  it('is refused on an attribute that a global index does not hold', async () => {
    const index = { IndexName: 'by-group' };
    const message =
      'One or more parameter values were invalid: Global secondary index by-group does not project [n]';
    const refused = { error: 'ValidationException', message };
    expect(await scan({ ...index, FilterExpression: 'n = :one', ExpressionAttributeValues: one })).toEqual(
      refused,
    );
    expect(await scan({ ...index, ScanFilter: { n: equal(N(1)) } })).toEqual(refused);
    expect(await scan({ ...index, ProjectionExpression: 'n' })).toEqual(refused);
    expect(await scan({ ...index, AttributesToGet: ['n'] })).toEqual(refused);
    expect(await scan({ ...index, FilterExpression: 'attribute_exists(sk)' })).toMatchObject({ Count: 3 });
  });

  it('fetches the item for an attribute that a local index does not hold', async () => {
    expect(await byRank({ QueryFilter: { n: equal(N(1)) } })).toMatchObject({ Count: 1 });
    expect(await byRank({ AttributesToGet: ['n'] })).toMatchObject({
      Items: [{ n: N(0) }, { n: N(1) }, { n: N(2) }],
    });
    expect(await byRank({})).toMatchObject({
      Items: items.map(({ n, group, documents, ...held }) => held),
    });
  });

  it('is refused on the keys of a query, not on those of a scan', async () => {
    expect(await byRank({ QueryFilter: { rank: equal(S('1')) } })).toMatchObject({
      message: 'QueryFilter can only contain non-primary key attributes: Primary key attribute: rank',
    });
    const sk = { FilterExpression: 'sk = :v', ExpressionAttributeValues: { ':v': S('1') } };
    expect(await scan(sk)).toMatchObject({ Count: 1 });
    const query = { KeyConditionExpression: 'pk = :p', FilterExpression: 'sk = :v' };
    expect(
      await bench.result('Query', { ...query, ExpressionAttributeValues: { ':p': S('1'), ':v': S('1') } }),
    ).toMatchObject({
      message: 'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    });
  });
});

describe('a page', () => {
  it.each<[Fields, string]>([
    [
      { Segment: 0 },
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      { Select: 'SPECIFIC_ATTRIBUTES' },
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    ],
    [
      { Select: 'COUNT', AttributesToGet: ['n'] },
      'Cannot specify the AttributesToGet or ProjectionExpression when choosing to get COUNT',
    ],
    [
      { Select: 'ALL_PROJECTED_ATTRIBUTES' },
      'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    ],
    [{ ProjectionExpression: 'n n' }, 'Invalid ProjectionExpression: Syntax error; token: "n", near: "n n"'],
  ])('is refused for %j', async (asked, message) => {
    expect(await scan(asked)).toEqual({ error: 'ValidationException', message });
  });

  it('has at least one item', async () => {
    expect(await byRank({ Limit: 0 })).toMatchObject({
      message: expect.stringContaining("Value at 'Limit'"),
    });
    expect(await scan({ Limit: 0 })).toMatchObject({
      message: expect.stringContaining("Value '0' at 'limit'"),
    });
  });
});
