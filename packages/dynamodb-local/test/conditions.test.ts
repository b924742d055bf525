import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, type Fields, key, L, N, openBench, S } from './bench.ts';

const item = {
  ...key('1'),
  greeting: S('hello'),
  blank: S(''),
  flag: { BOOL: false },
  void1: { NULL: true },
  n: N(5),
  m: N(10),
  blob1: { B: Buffer.from([0xff, 0xfe, 0x01]).toString('base64') },
  tags: { SS: ['b', 'a'] },
  sizes: { NS: ['1', '2'] },
  kids: L({ M: { x: N(1), y: L(S('z')) } }, { SS: ['q', 'r'] }, { BOOL: false }),
  doc: { M: { k: S('v') } },
};
let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
  await bench.ask('PutItem', { Item: item });
});
afterAll(() => bench.close());

const values = (given: Fields) =>
  Object.keys(given).length === 0 ? {} : { ExpressionAttributeValues: given };
/** Whether a condition lets a write pass, or the message of its refusal. */
async function outcome(condition: string, given: Fields = {}): Promise<unknown> {
  const { status, body } = await bench.ask('TransactWriteItems', {
    TransactItems: [
      {
        ConditionCheck: {
          TableName: 'things',
          Key: key('1'),
          ConditionExpression: condition,
          ...values(given),
        },
      },
    ],
  });
  if (status === 200) return true;
  return String(body['__type']).endsWith('TransactionCanceledException') ? false : body['message'];
}

describe('a condition', () => {
  it.each<[string, boolean, Fields?]>([
    ['ghost = phantom', false],
    ['ghost <> phantom', true],
    ['ghost = :v', false, { ':v': S('x') }],
    ['ghost <> :v', true, { ':v': S('x') }],
    ['NOT ghost = phantom', true],
    ['ghost IN (phantom)', false],
    ['ghost < phantom', false],
    ['attribute_exists(toString)', false],
    ['attribute_not_exists(doc.toString)', true],
  ])('takes what is missing for equal to nothing: %s is %s', async (condition, passes, given = {}) => {
    expect(await outcome(condition, given)).toBe(passes);
  });

  it.each<[string, boolean, Fields?]>([
    ['kids = :v', true, { ':v': item.kids }],
    ['kids = :v', false, { ':v': L(item.kids.L[0] ?? {}) }],
    ['kids <> :v', true, { ':v': L({ M: { x: N(2) } }) }],
    ['kids[0] = :v', true, { ':v': { M: { y: L(S('z')), x: N(1) } } }],
    ['kids[1] = :v', true, { ':v': { SS: ['r', 'q'] } }],
    ['doc = :v', false, { ':v': { M: { k: S('v'), l: S('v') } } }],
    ['doc = :v', false, { ':v': { M: { toString: S('v') } } }],
    ['tags = :v', true, { ':v': { SS: ['a', 'b'] } }],
    ['n = :v', false, { ':v': S('5') }],
    ['n = :v', true, { ':v': N('5.0') }],
    ['kids < m', false],
    ['kids BETWEEN doc AND tags', false],
  ])('compares documents by what they hold: %s is %s', async (condition, passes, given = {}) => {
    expect(await outcome(condition, given)).toBe(passes);
  });

  it.each<[string, boolean, Fields?]>([
    ['flag IN (:v)', true, { ':v': { BOOL: false } }],
    ['attribute_type(flag, :v)', true, { ':v': S('BOOL') }],
    ['attribute_type(blank, :v)', true, { ':v': S('S') }],
    ['size(blank) = :v', true, { ':v': N(0) }],
    ['size(tags) = :v', true, { ':v': N(2) }],
    ['size(blob1) = :v', true, { ':v': N(3) }],
    ['size(n) = :v', false, { ':v': N(1) }],
    ['n < m', true],
    ['size(:w) = :v', true, { ':v': N(3), ':w': S('é𝄞') }],
    ['n BETWEEN :v AND m', true, { ':v': N(-1) }],
    ['begins_with(blob1, :v)', false, { ':v': { B: Buffer.from([0xfd]).toString('base64') } }],
    ['begins_with(blank, :v)', true, { ':v': S('') }],
    ['contains(kids, :v)', true, { ':v': { SS: ['r', 'q'] } }],
    ['contains(kids, kids[0])', true],
    ['contains(sizes, :v)', true, { ':v': N('2.0') }],
    ['contains(blob1, :v)', true, { ':v': { B: Buffer.from([0xfe]).toString('base64') } }],
  ])('knows each type: %s is %s', async (condition, passes, given = {}) => {
    expect(await outcome(condition, given)).toBe(passes);
  });

  it.each<[string, boolean]>([
    ['NOT NOT n < m', true],
    ['NOT NOT NOT n < m', false],
    ['NOT (NOT (n < m))', true],
    ['n < m OR m < n AND ghost = n', true],
    ['(n < m OR m < n) AND ghost = n', false],
    ['NOT n < m OR n < m', true],
    ['n BETWEEN n AND m AND n < m', false],
  ])('binds NOT before AND before OR: %s is %s', async (condition, passes) => {
    const distinct = condition.replace('BETWEEN n', 'BETWEEN m');
    expect(await outcome(distinct)).toBe(passes);
  });
});

describe('a condition that makes no sense', () => {
  const nested = (depth: number) => `${'NOT ('.repeat(depth)}n < m${')'.repeat(depth)}`;
  it.each<[string, string, Fields?]>([
    [
      'n < :v',
      'Incorrect operand type for operator or function; operator or function: <, operand type: L',
      { ':v': L() },
    ],
    ['((n < m))', 'The expression has redundant parentheses;'],
    ['size(n)', 'The function is not allowed to be used this way in an expression; function: size'],
    [
      'attribute_exists(n) = n',
      'The function is not allowed to be used this way in an expression; function: attribute_exists',
    ],
    [
      'n = n',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]',
    ],
    ['dog(n)', 'Invalid function name; function: dog'],
    [
      'size(size(greeting)) = n',
      'Incorrect operand type for operator or function; operator or function: size, operand type: N',
    ],
    ['NOT', 'Syntax error; token: "<EOF>", near: "NOT"'],
    ['n = = m', 'Syntax error; token: "=", near: "= = m"'],
    ['n AND m', 'Syntax error; token: "AND", near: "n AND m"'],
    ['(n < m', 'Syntax error; token: "<EOF>", near: "m"'],
    ['n attribute_exists m', 'Syntax error; token: "attribute_exists", near: "n attribute_exists m"'],
    ['n IN ()', 'Syntax error; token: ")", near: "()"'],
    ['', 'The expression can not be empty;'],
  ])('is refused: %s', async (condition, message, given = {}) => {
    expect(await outcome(condition, given)).toBe(`Invalid ConditionExpression: ${message}`);
  });

  it('is refused above 300 operators or 4 kB, and read at once below however it is nested', async () => {
    expect(await outcome(nested(299))).toBe(false);
    expect(await outcome(nested(300))).toContain('too many operators; operator count: 301');
    expect(await outcome(`${'(n<m OR '.repeat(149)}n<m${')'.repeat(149)}`)).toBe(true);
    expect(await outcome(`n${' '.repeat(4096)}< m`)).toContain('expression size: 4100');
    for (const hostile of ['('.repeat(4096), 'f('.repeat(2048), 'NOT '.repeat(1024), 'size('.repeat(819)]) {
      expect(await outcome(hostile)).toMatch(/^Invalid ConditionExpression: /);
    }
  });
});

describe('a condition of the kind before expressions', () => {
  const outcomeOf = async (expected: Fields, operator?: string) =>
    (
      await bench.ask('PutItem', {
        Item: item,
        Expected: expected,
        ...(operator === undefined ? {} : { ConditionalOperator: operator }),
      })
    ).status === 200;
  const equals = (value: object) => ({ ComparisonOperator: 'EQ', AttributeValueList: [value] });

  it('asks for all conditions, or for one', async () => {
    const mixed = { n: equals(N(6)), m: equals(N(10)) };
    expect(await outcomeOf(mixed)).toBe(false);
    expect(await outcomeOf(mixed, 'OR')).toBe(true);
    expect(await outcomeOf({ n: equals(N(6)), m: equals(N(11)) }, 'OR')).toBe(false);
  });

  it('compares as an expression does', async () => {
    const list = (operator: string, ...given: object[]) => ({
      ComparisonOperator: operator,
      AttributeValueList: given,
    });
    expect(await outcomeOf({ kids: list('EQ', item.kids) })).toBe(true);
    expect(await outcomeOf({ flag: list('IN', { BOOL: false }) })).toBe(true);
    expect(await outcomeOf({ ghost: list('NOT_CONTAINS', S('x')) })).toBe(false);
    expect(await outcomeOf({ greeting: list('NOT_CONTAINS', S('x')) })).toBe(true);
    expect(await outcomeOf({ greeting: list('BEGINS_WITH', S('he')) })).toBe(true);
    expect(await outcomeOf({ ghost: { ComparisonOperator: 'NULL' } })).toBe(true);
    expect(await outcomeOf({ ghost: { ComparisonOperator: 'NOT_NULL' } })).toBe(false);
    expect(await outcomeOf({ ghost: { Exists: false } })).toBe(true);
    expect(await outcomeOf({ greeting: { Value: S('hello') } })).toBe(true);
    expect(await outcomeOf({ greeting: list('CONTAINS', S('ell')) })).toBe(true);
  });
});
