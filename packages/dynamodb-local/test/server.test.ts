import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PortInUseError } from '../src/faults.ts';
import { type DynamoDb, startDynamoDb } from '../src/server.ts';
import { connect, createTestTable, scanAll, TABLE } from './clients.ts';

let db: DynamoDb;

beforeEach(async () => {
  db = await startDynamoDb();
});
afterEach(() => db.close());

const post = (
  body: string,
  headers: Record<string, string> = { 'x-amz-target': 'DynamoDB_20120810.PutItem' },
) => fetch(db.endpoint, { method: 'POST', headers, body });

it('is ready within a tenth of a second', async () => {
  const begin = performance.now();
  const another = await startDynamoDb();
  const took = performance.now() - begin;
  await another.close();
  expect(took).toBeLessThan(100);
});

it('says in one line that its port is in use', async () => {
  const error = await startDynamoDb({ port: db.port }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PortInUseError);
  expect(error).toMatchObject({
    message: expect.stringMatching(new RegExp(`^Port ${db.port} is in use.*$`)),
  });
});

it('goes on when clients leave in the middle of a request, and writes nothing of theirs', async () => {
  const { client, documents } = connect(db.endpoint);
  await createTestTable(client);
  for (let n = 0; n < 20; n += 1) {
    const socket = connectSocket(db.port, '127.0.0.1');
    await once(socket, 'connect');
    const body = JSON.stringify({ TableName: TABLE, Item: { pk: { S: `${n}` }, sk: { S: 'a' } } });
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: ${body.length}\r\n\r\n` +
        body.slice(0, n),
    );
    if (n % 2 === 0) socket.resetAndDestroy();
    else socket.destroy();
  }
  const noise = connectSocket(db.port, '127.0.0.1');
  noise.end('no HTTP at all\r\n\r\n');
  await once(noise, 'close');
  await documents.send(new PutCommand({ TableName: TABLE, Item: { pk: 'after', sk: 'a' } }));
  expect(await scanAll(documents)).toEqual([{ pk: 'after', sk: 'a' }]);
  client.destroy();
});

it('refuses what is no JSON object, too long, or asks for nothing', async () => {
  const kind = async (response: Response) =>
    `${response.status} ${(await response.text()).match(/#(\w+)/)?.[1]}`;
  expect(await kind(await post('{'))).toBe('400 SerializationException');
  expect(await kind(await post('[]'))).toBe('400 SerializationException');
  expect(await kind(await post('{"TableName":5}'))).toBe('400 SerializationException');
  expect(await kind(await post('{}'))).toBe('400 ValidationException');
  expect(await kind(await post('{}', {}))).toBe('400 UnknownOperationException');
  expect(await kind(await post(' '.repeat(16 * 1024 * 1024 + 1)))).toBe('413 RequestEntityTooLargeException');
});

it('closes although clients keep connections, and once only', async () => {
  const another = await startDynamoDb();
  const { client } = connect(another.endpoint);
  await client.send(new ListTablesCommand({}));
  const unfinished = connectSocket(another.port, '127.0.0.1');
  unfinished.on('error', () => unfinished.destroy());
  await once(unfinished, 'connect');
  unfinished.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
  await Promise.all([another.close(), another.close()]);
  await expect(client.send(new ListTablesCommand({}))).rejects.toThrow('ECONNREFUSED');
  client.destroy();
});

it('refuses bodies that are nested without end, and goes on', async () => {
  const deep = (open: string, close: string) => `${open.repeat(200_000)}1${close.repeat(200_000)}`;
  for (const body of [deep('[', ']'), deep('{"M":', '}'), `{"Item":${deep('{"M":{"a":', '}}')}}`]) {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/SerializationException|ValidationException/);
  }
  expect((await post('{}', { 'x-amz-target': 'DynamoDB_20120810.ListTables' })).status).toBe(200);
});

it('answers an error of its own with 500, and goes on', async () => {
  let works = false;
  const another = await startDynamoDb({
    onWrite: () => {
      if (!works) throw new Error('The listener failed');
    },
  });
  const { client, documents } = connect(another.endpoint);
  await createTestTable(client);
  const put = () => documents.send(new PutCommand({ TableName: TABLE, Item: { pk: '1', sk: 'a' } }));
  await expect(put()).rejects.toMatchObject({
    name: 'InternalServerError',
    $metadata: { httpStatusCode: 500 },
  });
  works = true;
  await put();
  expect(await scanAll(documents)).toHaveLength(1);
  client.destroy();
  await another.close();
});
