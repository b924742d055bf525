import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The minimum that every function imports, as the reference for import times. */
export const client = new DynamoDBClient({});
