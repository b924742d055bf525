import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import * as z from 'zod';
import { emulatedRegion } from '../../tools/emulator/ministack.ts';

/** AWS said no. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
}

const json = z.record(z.string(), z.unknown());
export type Json = z.infer<typeof json>;

/** Services without a client of ours are asked at the wire; the emulator reads service and region, no signature. */
function authorization(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=test/20270129/${emulatedRegion}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

async function answerOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new AwsError(`${response.status}: ${text}`);
  return text;
}

/** Calls a service that speaks AWS's JSON protocol. @throws AwsError */
export async function callJson(service: string, target: string, body: Json): Promise<Json> {
  const response = await fetch(inject('cloud').endpoint, {
    method: 'POST',
    headers: {
      authorization: authorization(service),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    },
    body: JSON.stringify(body),
  });
  return json.parse(JSON.parse(await answerOf(response)));
}

/** Calls Lambda. @throws AwsError */
export async function callLambda(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: Json,
): Promise<unknown> {
  const response = await fetch(`${inject('cloud').endpoint}/2015-03-31/functions/${path}`, {
    method,
    headers: { authorization: authorization('lambda'), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answerOf(response);
  const fault = response.headers.get('x-amz-function-error');
  if (fault !== null) throw new AwsError(`${path}: ${text}`);
  return JSON.parse(text === '' ? 'null' : text);
}

/** Calls CloudFormation. @returns its XML @throws AwsError */
export async function callCloudFormation(parameters: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(inject('cloud').endpoint, {
    method: 'POST',
    headers: { authorization: authorization('cloudformation') },
    body: new URLSearchParams({ ...parameters, Version: '2010-05-15' }),
  });
  return answerOf(response);
}

/** Something that was to come has not come. */
export class NeverComesError extends Error {
  override readonly name = 'NeverComesError';
}

/** Asks again until there is an answer. @throws NeverComesError */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  patience = 60_000,
): Promise<T> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(250);
  }
  throw new NeverComesError(`${what}: not within ${patience / 1_000} s`);
}
