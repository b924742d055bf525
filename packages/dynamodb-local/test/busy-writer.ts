// Writes without end to the data folder named on the command line, and prints each write once it is answered.
import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../src/server.ts';
import { connect, createTestTable, TABLE } from './clients.ts';

const [, , path = '', round = '0'] = process.argv;
const db = await startDynamoDb({ folder: path });
const { client, documents } = connect(db.endpoint);
if (round === '0') await createTestTable(client);

const item = (pk: string, sk: string) => ({ pk, sk, stage: 'WRITTEN', since: `${round}-${sk}` });

async function put(id: string): Promise<void> {
  await documents.send(new PutCommand({ TableName: TABLE, Item: item(id, 'put') }));
}
async function book(id: string): Promise<void> {
  const parts = ['a', 'b', 'c'].map((part) => ({ Put: { TableName: TABLE, Item: item(id, part) } }));
  await documents.send(new TransactWriteCommand({ TransactItems: parts }));
}
async function count(): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: { pk: 'counter', sk: 'a' },
      UpdateExpression: 'ADD counted :one SET stage = :stage, since = :id',
      ExpressionAttributeValues: { ':one': 1, ':stage': 'COUNTED', ':id': round },
    }),
  );
}

async function write(kind: string, act: (id: string) => Promise<void>): Promise<never> {
  for (let n = 0; ; n += 1) {
    const id = `${kind}-${round}-${n}`;
    await act(id);
    process.stdout.write(`${kind} ${id}\n`);
  }
}
await Promise.all([write('put', put), write('book', book), write('count', count)]);
