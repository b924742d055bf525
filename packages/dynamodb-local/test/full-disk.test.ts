import { expect, it } from 'vitest';
import { createGate } from '../src/gate.ts';
import { MemoryStore } from '../src/memory-store.ts';
import { RequestTokens } from '../src/request-tokens.ts';
import { NO_LOG } from '../src/write-log.ts';

it('takes a write back, and fails it, when it cannot be logged', async () => {
  const store = new MemoryStore();
  let full = false;
  const reported: unknown[] = [];
  const append = () => {
    if (full) throw new Error('ENOSPC: no space left on device');
  };
  const gate = createGate(
    { store, log: { ...NO_LOG, append }, onWrite: (keys) => reported.push(...keys) },
    new RequestTokens(),
    () => 0,
  );
  const ask = async (operation: string, body: object) =>
    gate.get(operation)?.({ ...body, TableName: 'things' });
  const create = {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  };
  full = true;
  await expect(ask('CreateTable', create)).rejects.toMatchObject({ statusCode: 500 });
  full = false;
  await ask('CreateTable', create);
  await ask('PutItem', { Item: { pk: { S: '1' }, n: { N: '1' } } });
  full = true;
  const puts = ['1', '2'].map((pk) => ({ Put: { TableName: 'things', Item: { pk: { S: pk } } } }));
  for (const [operation, body] of [
    ['PutItem', { Item: { pk: { S: '2' } } }],
    ['DeleteItem', { Key: { pk: { S: '1' } } }],
    ['TransactWriteItems', { TransactItems: puts, ClientRequestToken: 'once' }],
    ['DeleteTable', {}],
  ] as const) {
    await expect(ask(operation, body)).rejects.toMatchObject({
      statusCode: 500,
      message: expect.stringContaining('ENOSPC'),
    });
  }
  expect(await ask('Scan', {})).toMatchObject({ Items: [{ pk: { S: '1' }, n: { N: '1' } }] });
  expect(reported).toHaveLength(1);
  full = false;
  await ask('TransactWriteItems', { TransactItems: puts, ClientRequestToken: 'once' });
  expect(await ask('Scan', {})).toMatchObject({ Count: 2 });
});
