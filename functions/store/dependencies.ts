import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clockFromEnvironment } from '../platform/clock.ts';
import { required } from '../platform/environment.ts';
import { type Logger, standardLogger } from '../platform/log.ts';
import { createStore } from './store.ts';
import type { NoteUnreadable } from './unreadable.ts';

/** How the store talks to DynamoDB, wherever it is: the endpoint comes from `AWS_ENDPOINT_URL_DYNAMODB`. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Logs which items cannot be read, by reference. */
export function logUnreadable(logger: Logger): NoteUnreadable {
  return ({ reference, kind }) => logger.log('item_unreadable', { onboardingId: reference, kind });
}

/** The dependencies of every function in AWS. */
export function storeFromEnvironment() {
  const clock = clockFromEnvironment(process.env);
  return {
    store: createStore(
      documentClient(new DynamoDBClient({})),
      required('TABLE_NAME'),
      clock,
      logUnreadable(standardLogger),
    ),
    clock,
    logger: standardLogger,
  };
}
