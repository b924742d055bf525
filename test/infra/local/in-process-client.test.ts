import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoDb, startDynamoDb } from '@onboarding/dynamodb-local';
import { type LocalStepFunctions, startStepFunctions } from '@onboarding/step-functions-local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProcess } from '../../../infra/local/in-process-client.ts';
import { createTable } from '../../../infra/local/table.ts';
import { createVirtualClock } from '../../../infra/local/virtual-clock.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const key = { pk: { S: 'ONB#É' }, sk: { S: 'INTAKE' } };
const once = { TableName: 'onboarding', Item: key, ConditionExpression: 'attribute_not_exists(pk)' };
let dynamoDb: DynamoDb;
let stepFunctions: LocalStepFunctions;
let client: DynamoDBClient;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  stepFunctions = await startStepFunctions({
    clock: createVirtualClock({ start: new Date('2026-11-23T08:00:00Z'), timeScale: 0 }),
    definitions: {},
    invoke: () => Promise.reject(new Error('There is no task')),
  });
  client = new DynamoDBClient({
    ...{ endpoint: dynamoDb.endpoint, region: 'eu-west-3', credentials },
    ...inProcess(dynamoDb.answer),
  });
  await createTable(client, 'onboarding');
  await client.send(new PutItemCommand(once));
});
afterAll(async () => {
  client.destroy();
  await stepFunctions.close();
  await dynamoDb.close();
});

const requests = [
  ['an answer', 'dynamoDb', 'DynamoDB_20120810.GetItem', { TableName: 'onboarding', Key: key }],
  ['a condition that does not hold', 'dynamoDb', 'DynamoDB_20120810.PutItem', once],
  ['an unsound request', 'dynamoDb', 'DynamoDB_20120810.GetItem', { TableName: 'onboarding' }],
  ['an unknown table', 'dynamoDb', 'DynamoDB_20120810.GetItem', { TableName: 'other', Key: key }],
  ['an unknown operation', 'dynamoDb', 'DynamoDB_20120810.Guess', {}],
  ['a list of machines', 'stepFunctions', 'AWSStepFunctions.ListStateMachines', {}],
  ['an unknown execution', 'stepFunctions', 'AWSStepFunctions.DescribeExecution', { executionArn: 'none' }],
  ['an unsound body', 'stepFunctions', 'AWSStepFunctions.DescribeExecution', {}],
  ['another unknown operation', 'stepFunctions', 'AWSStepFunctions.Guess', {}],
] as const;

describe('a client in the process of its service', () => {
  it.each(requests)('receives the same bytes as over the socket: %s', async (_, service, target, body) => {
    const { endpoint, answer } = { dynamoDb, stepFunctions }[service];
    const sent = JSON.stringify(body);
    const overSocket = await fetch(endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' },
      body: sent,
    });
    const inside = await answer(target, Buffer.from(sent));
    const headers = new Headers(inside.headers);
    expect({
      status: inside.status,
      type: headers.get('content-type'),
      body: inside.body,
    }).toEqual({
      status: overSocket.status,
      type: overSocket.headers.get('content-type'),
      body: await overSocket.text(),
    });
  });

  it('throws the service’s own errors', async () => {
    await expect(client.send(new PutItemCommand(once))).rejects.toThrow(ConditionalCheckFailedException);
  });

  it('is refused once its service has been closed', async () => {
    const closed = await startDynamoDb();
    await closed.close();
    await expect(closed.answer('DynamoDB_20120810.ListTables', Buffer.from('{}'))).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});
