import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { indexes } from '../../functions/store/keys.ts';

/** Creates the table with its indexes unless it exists. */
export async function createTable(client: DynamoDBClient, tableName: string): Promise<void> {
  const pairs = [{ pk: 'pk', sk: 'sk' }, ...Object.values(indexes)];
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: pairs.flatMap(({ pk, sk }) => [
          { AttributeName: pk, AttributeType: 'S' as const },
          { AttributeName: sk, AttributeType: 'S' as const },
        ]),
        KeySchema: keySchema('pk', 'sk'),
        GlobalSecondaryIndexes: Object.values(indexes).map(({ name, pk, sk }) => ({
          IndexName: name,
          KeySchema: keySchema(pk, sk),
          Projection: { ProjectionType: 'KEYS_ONLY' as const },
        })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: tableName });
}

function keySchema(pk: string, sk: string) {
  return [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
}
