import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What every function carries at least: the measure of the others' import time. */
export const client = new DynamoDBClient({});
