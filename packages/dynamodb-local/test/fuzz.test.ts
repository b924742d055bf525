import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, openBench, TABLE } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const name = fc.constantFrom('a', 'b', 'group', 'rank', 'toString', 'constructor');
const wild = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom({ N: 'x' }, { B: '!' }, { SS: [] }, { NULL: false }, { S: 'a', N: '1' }, {}),
);
const scalar = fc.oneof(
  fc.record({ S: fc.constantFrom('', 'a', 'S', 'BOOL') }),
  fc.record({ N: fc.constantFrom('0', '-1.5', '7') }),
  fc.record({ B: fc.constantFrom('', 'AAEC') }),
  fc.record({ BOOL: fc.boolean() }),
  fc.constant({ NULL: true }),
  fc.record({ SS: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }) }),
  fc.record({ NS: fc.uniqueArray(fc.constantFrom('0', '7'), { minLength: 1 }) }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 40, arbitrary: scalar },
    { weight: 1, arbitrary: wild },
    { weight: 10, arbitrary: fc.record({ L: fc.array(tie('value'), { maxLength: 3 }) }) },
    { weight: 10, arbitrary: fc.record({ M: fc.dictionary(name, tie('value'), { maxKeys: 3 }) }) },
  ),
}));
const text = fc.constantFrom('a', 'b').map((S) => ({ S }));
const key = fc.oneof(
  { weight: 9, arbitrary: fc.record({ pk: text, sk: text }) },
  { weight: 1, arbitrary: value },
);
const item = fc.tuple(key, fc.dictionary(name, value, { maxKeys: 3 })).map(([keys, more]) => ({
  ...(typeof keys === 'object' ? keys : {}),
  ...more,
  ...('rank' in more ? { rank: { S: 'r' } } : {}),
  ...('group' in more ? { group: { S: 'g' } } : {}),
}));
const word = fc.constantFrom(
  ...['a', 'b[0]', 'b.a', '#n', ':v', ':w', 'size(', 'contains(', 'attribute_type(', '(', ')', ',', '=', '<'],
  ...['AND', 'OR', 'NOT', 'BETWEEN', 'IN (', 'SET', 'REMOVE', 'ADD', 'DELETE', 'list_append(', '+', '-', '.'],
);
const nonsense = fc.array(word, { maxLength: 7 }).map((words) => words.join(' '));
const condition = fc.oneof(
  fc.constantFrom('a = :v', 'a <> b', 'a < b', 'contains(a, :v)', 'a IN (:v, b, :w)', 'a BETWEEN b AND :w'),
  fc.constantFrom('NOT NOT a = b', 'size(a) > :v', 'begins_with(a, b)', 'attribute_exists(b.a[0])'),
  { weight: 1, arbitrary: nonsense },
);
const change = fc.oneof(
  fc.constantFrom('SET a = :v', 'SET a = list_append(a, :v), b = if_not_exists(b, :w)', 'SET b[1].a = a'),
  fc.constantFrom('ADD a :v', 'DELETE a :v REMOVE b[0], b[1]', 'SET a = a - :v', 'SET #n.a = b'),
  nonsense,
);
const legacy = fc.dictionary(
  name,
  fc.record(
    {
      ComparisonOperator: fc.constantFrom(
        'EQ',
        'NE',
        'LT',
        'BETWEEN',
        'IN',
        'NULL',
        'CONTAINS',
        'NOT_CONTAINS',
      ),
      AttributeValueList: fc.array(value, { maxLength: 2 }),
    },
    { requiredKeys: ['ComparisonOperator'] },
  ),
  { maxKeys: 2 },
);

interface Request {
  readonly [parameter: string]: unknown;
}
/** Gives a request those references that its expressions use. */
const withReferences = (request: fc.Arbitrary<Request>) =>
  fc.tuple(request, value, value).map(([asked, v, w]): Request => {
    const used = JSON.stringify(asked);
    const given = {
      ...(used.includes(':v') ? { ':v': v } : {}),
      ...(used.includes(':w') ? { ':w': w } : {}),
    };
    return {
      TableName: TABLE,
      ...asked,
      ...(Object.keys(given).length > 0 ? { ExpressionAttributeValues: given } : {}),
      ...(used.includes('#n') ? { ExpressionAttributeNames: { '#n': 'a' } } : {}),
    };
  });
const some = (
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>>,
) => withReferences(fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) }));

const onOne = { ConditionExpression: condition };
const put = fc.oneof(some({ Item: item }, onOne), some({ Item: item, Expected: legacy }, {}));
const update = some(
  { Key: key, UpdateExpression: change },
  { ...onOne, ReturnValues: fc.constantFrom('UPDATED_OLD', 'UPDATED_NEW', 'ALL_NEW') },
);
const remove = some({ Key: key }, onOne);
const page = {
  IndexName: fc.constantFrom('by-group', 'by-rank', 'none'),
  Limit: fc.integer({ min: -1, max: 3 }),
  ExclusiveStartKey: item,
  Select: fc.constantFrom('COUNT', 'ALL_ATTRIBUTES'),
  ScanIndexForward: fc.boolean(),
};
const query = fc.oneof(
  some(
    {
      KeyConditionExpression: fc.constantFrom(
        'pk = :v',
        'pk = :v AND sk >= :w',
        'pk = :v AND begins_with(sk, :w)',
      ),
    },
    { ...page, FilterExpression: condition },
  ),
  some(
    {
      KeyConditions: legacy.map((more) => ({
        ...more,
        pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] },
      })),
      QueryFilter: legacy,
    },
    page,
  ),
);
const scan = fc.oneof(
  some({}, { ...page, FilterExpression: condition, Segment: fc.nat(3), TotalSegments: fc.nat(3) }),
  some({ ScanFilter: legacy }, page),
);
const batch = fc.array(
  fc.oneof(
    fc.record({ PutRequest: fc.record({ Item: item }) }),
    fc.record({ DeleteRequest: fc.record({ Key: key }) }),
  ),
  { maxLength: 4 },
);
const step = fc.oneof(
  put.map((Put) => ({ Put })),
  update.map(({ ReturnValues, ...Update }) => ({ Update })),
  remove.map((Delete) => ({ Delete })),
  remove.map((ConditionCheck) => ({ ConditionCheck })),
);
const inTable = <Value>(requests: fc.Arbitrary<Value>) =>
  requests.map((asked) => ({ RequestItems: { [TABLE]: asked } }));
const operations: readonly (readonly [string, fc.Arbitrary<unknown>])[] = [
  ['PutItem', put],
  ['UpdateItem', update],
  ['DeleteItem', remove],
  ['GetItem', some({ Key: key }, { ProjectionExpression: nonsense })],
  ['Query', query],
  ['Scan', scan],
  ['BatchWriteItem', inTable(batch)],
  ['BatchGetItem', inTable(fc.record({ Keys: fc.array(key, { maxLength: 4 }) }))],
  ['TransactWriteItems', fc.record({ TransactItems: fc.array(step, { maxLength: 4 }) })],
  [
    'TransactGetItems',
    fc.record({
      TransactItems: fc.array(
        key.map((Key) => ({ Get: { TableName: TABLE, Key } })),
        { maxLength: 3 },
      ),
    }),
  ],
  ...['CreateTable', 'DescribeTable', 'ListTables', 'UpdateTimeToLive', 'DescribeTimeToLive'].map(
    (operation) => [operation, fc.jsonValue()] as const,
  ),
];

it.each(operations)(
  'answers or refuses whatever %s is asked, and fails at nothing',
  async (operation, requests) => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 9, arbitrary: requests }, { weight: 1, arbitrary: fc.jsonValue() }),
        async (request) => {
          const { status, body } = await bench.db.answer(
            `DynamoDB_20120810.${operation}`,
            Buffer.from(JSON.stringify(request)),
          );
          statuses.add(status);
          expect(status, body).toBeLessThan(500);
          expect(() => JSON.parse(body)).not.toThrow();
        },
      ),
      { seed: 8, numRuns: 400 },
    );
    const silly = /Table|TimeToLive/.test(operation);
    expect([...statuses].sort()).toEqual(silly && operation !== 'ListTables' ? [400] : [200, 400]);
  },
);
