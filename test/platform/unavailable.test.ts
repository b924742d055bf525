import { ConditionalCheckFailedException, InternalServerError } from '@aws-sdk/client-dynamodb';
import { ExecutionAlreadyExists } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { isUnavailable } from '../../functions/platform/unavailable.ts';

const $metadata = {};
const withCode = (code: string) => Object.assign(new Error('connect'), { code });
const named = (name: string) => Object.assign(new Error('slow'), { name });

it.each([
  ['a fault of the service', new InternalServerError({ message: '', $metadata })],
  ['a status of the service', Object.assign(new Error(''), { $metadata: { httpStatusCode: 503 } })],
  ['a connection refused', withCode('ECONNREFUSED')],
  ['a throttled request', named('ThrottlingException')],
  ['a time-out', named('TimeoutError')],
])('finds a service unavailable after %s', (_what, error) => {
  expect(isUnavailable(error)).toBe(true);
});

it.each([
  ['a condition that did not hold', new ConditionalCheckFailedException({ message: '', $metadata })],
  ['a refusal of the workflow', new ExecutionAlreadyExists({ message: '', $metadata })],
  ['a fault of ours', new TypeError('x is undefined')],
  ['what is no error', 'ECONNREFUSED'],
])('does not excuse %s', (_what, error) => {
  expect(isUnavailable(error)).toBe(false);
});
