import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, type Fields, key, L, N, openBench, S } from './bench.ts';

const item = {
  ...key('1'),
  kids: L(N(0), N(1), N(2), N(3)),
  doc: { M: { x: S('old') } },
  n: N('99999999999999999999999999999999999999'),
  tags: { SS: ['a', 'b'] },
};
let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.ask('PutItem', { Item: item });
});

const update = (expression: string, given?: Fields, more: Fields = {}) =>
  bench.result('UpdateItem', {
    Key: key('1'),
    UpdateExpression: expression,
    ...(given === undefined ? {} : { ExpressionAttributeValues: given }),
    ...more,
  });
const returning = (what: string) => ({ ReturnValues: what });
const all = async (expression: string, given?: Fields) => update(expression, given, returning('ALL_NEW'));

describe('an update', () => {
  it.each<[string, Fields | undefined, object]>([
    ['REMOVE kids[0], kids[1]', undefined, L(N(2), N(3))],
    ['REMOVE kids[1] SET kids[3] = :v', { ':v': N(9) }, L(N(0), N(2), N(9))],
    ['SET kids[1] = kids[2], kids[2] = kids[1]', undefined, L(N(0), N(2), N(1), N(3))],
    ['SET kids[9] = :v, kids[5] = :w', { ':v': N(9), ':w': N(5) }, L(N(0), N(1), N(2), N(3), N(5), N(9))],
    ['SET kids[99999999999] = :v', { ':v': N(9) }, L(N(0), N(1), N(2), N(3), N(9))],
    ['REMOVE kids[7]', undefined, item.kids],
  ])('takes positions as they were before: %s', async (expression, given, kids) => {
    expect(await all(expression, given)).toMatchObject({ Attributes: { kids } });
  });

  it('copies values, not references to them', async () => {
    expect(await all('SET copied = doc, doc.x = :v', { ':v': S('new') })).toMatchObject({
      Attributes: { copied: { M: { x: S('old') } }, doc: { M: { x: S('new') } } },
    });
  });

  it('refuses a sum of more than 38 digits, and is exact up to there', async () => {
    const message = 'Attempting to store more than 38 significant digits in a Number';
    expect(await update('SET n = n + :v', { ':v': N('0.1') })).toMatchObject({ message });
    expect(await update('ADD n :v', { ':v': N('0.1') })).toMatchObject({ message });
    expect(await all('SET n = n - :v', { ':v': N('1') })).toMatchObject({
      Attributes: { n: N('99999999999999999999999999999999999998') },
    });
    expect(await all('SET q = :v + :w', { ':v': N('0.1'), ':w': N('-0.35') })).toMatchObject({
      Attributes: { q: N('-0.25') },
    });
    expect(await all('ADD q :v', { ':v': N('0.25') })).toMatchObject({ Attributes: { q: N(0) } });
    expect(await update('SET q = :v + :v', { ':v': N('9e125') })).toMatchObject({
      message: expect.stringContaining('overflow'),
    });
  });

  it('adds to sets and takes from them', async () => {
    expect(await all('ADD tags :v', { ':v': { SS: ['b', 'c'] } })).toMatchObject({
      Attributes: { tags: { SS: ['a', 'b', 'c'] } },
    });
    const emptied = await all('DELETE tags :v', { ':v': { SS: ['c', 'b', 'a', 'z'] } });
    expect(emptied).not.toHaveProperty('Attributes.tags');
    expect(await update('ADD n :v', { ':v': { SS: ['a'] } })).toMatchObject({
      message: 'An operand in the update expression has an incorrect data type',
    });
  });

  it.each([
    ['UPDATED_OLD', 'SET fresh = :v'],
    ['UPDATED_OLD', 'ADD fresh.x :v'],
    ['UPDATED_NEW', 'REMOVE n, ghost'],
    ['UPDATED_NEW', 'REMOVE ghost'],
  ])('answers no attributes rather than none of them: %s of %s', async (what, expression) => {
    const given = expression.includes(':v') ? { ':v': N(1) } : undefined;
    await update('SET fresh = :v', { ':v': { M: {} } });
    if (expression === 'SET fresh = :v') await update('REMOVE fresh');
    expect(await update(expression, given, returning(what))).toEqual({});
  });

  it('does not make an item by taking away from one that is not there', async () => {
    for (const change of [
      { UpdateExpression: 'REMOVE a' },
      { AttributeUpdates: { a: { Action: 'DELETE' } } },
    ]) {
      const away = { Key: key('none'), ...change, ...returning('ALL_NEW') };
      expect(await bench.result('UpdateItem', away)).toEqual({});
      expect(await bench.result('GetItem', { Key: key('none') })).toEqual({});
    }
    expect(await bench.result('UpdateItem', { Key: key('made'), ...returning('ALL_NEW') })).toEqual({
      Attributes: key('made'),
    });
  });

  it('changes attributes the way before expressions', async () => {
    const change = (updates: Fields) =>
      bench.result('UpdateItem', { Key: key('1'), AttributeUpdates: updates, ...returning('UPDATED_NEW') });
    expect(
      await change({
        kids: { Action: 'ADD', Value: L(N(4)) },
        tags: { Action: 'DELETE', Value: { SS: ['a'] } },
        n: { Action: 'ADD', Value: N(-9) },
        fresh: { Value: S('f') },
        doc: { Action: 'DELETE' },
      }),
    ).toEqual({
      Attributes: {
        kids: L(N(0), N(1), N(2), N(3), N(4)),
        tags: { SS: ['b'] },
        n: N('99999999999999999999999999999999999990'),
        fresh: S('f'),
      },
    });
    expect(
      await change({ doc: { Action: 'PUT', Value: N(1) }, n: { Action: 'ADD', Value: L() } }),
    ).toMatchObject({ message: 'Type mismatch for attribute to update' });
  });

  it('refuses a value that the key of an index cannot have', async () => {
    expect(
      await update('SET #g = :v', { ':v': N(1) }, { ExpressionAttributeNames: { '#g': 'group' } }),
    ).toMatchObject({ message: expect.stringContaining('Type mismatch for Index Key group') });
    const copied = { ExpressionAttributeNames: { '#g': 'group' } };
    expect(await update('SET #g = n', undefined, copied)).toMatchObject({
      message: 'The update expression attempted to update the secondary index key to unsupported type',
    });
  });
});
