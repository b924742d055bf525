import { type DynamoDb, startDynamoDb } from '../src/index.ts';

export type Fields = { readonly [field: string]: unknown };
export interface Reply {
  readonly status: number;
  readonly body: { readonly [field: string]: unknown };
}

/** A DynamoDB with one table, asked without a client, which would check and change what is sent. */
export interface Bench {
  readonly db: DynamoDb;
  /** The body is completed by the table's name. */
  ask(operation: string, body: Fields): Promise<Reply>;
  /** What it answers, or the name and message of its refusal. */
  result(operation: string, body: Fields): Promise<unknown>;
  close(): Promise<void>;
}

export const TABLE = 'things';
export const S = (text: string) => ({ S: text });
export const N = (number: number | string) => ({ N: String(number) });
export const L = (...values: object[]) => ({ L: values });

/** Keys `pk` and `sk`; indexes `by-group` (keys only) and, local, `by-rank` (with the attribute `name`). */
const description = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'group', 'rank'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-group',
      KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'by-rank',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'rank', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['name'] },
    },
  ],
};

export async function openBench(): Promise<Bench> {
  const db = await startDynamoDb();
  const ask = async (operation: string, body: Fields): Promise<Reply> => {
    const whole = JSON.stringify({ TableName: TABLE, ...body });
    const { status, body: text } = await db.answer(`DynamoDB_20120810.${operation}`, Buffer.from(whole));
    return { status, body: JSON.parse(text) };
  };
  await ask('CreateTable', description);
  return {
    db,
    ask,
    result: async (operation, body) => {
      const reply = await ask(operation, body);
      if (reply.status === 200) return reply.body;
      const { __type: type, message, Message: other, ...more } = reply.body;
      return { error: String(type).split('#')[1], message: message ?? other, ...more };
    },
    close: () => db.close(),
  };
}

export const key = (pk: string, sk = 'a') => ({ pk: S(pk), sk: S(sk) });
