import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clockFromEnvironment } from '../platform/clock.ts';
import { required } from '../platform/environment.ts';
import { standardLogger } from '../platform/log.ts';
import { createStore } from './store.ts';

/** How the store talks to DynamoDB, wherever it is: the endpoint comes from `AWS_ENDPOINT_URL_DYNAMODB`. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** The dependencies of every function in AWS. */
export function storeFromEnvironment() {
  const clock = clockFromEnvironment(process.env);
  return {
    store: createStore(documentClient(new DynamoDBClient({})), required('TABLE_NAME'), clock),
    clock,
    logger: standardLogger,
  };
}
