import { inject } from 'vitest';
import * as z from 'zod';
import type { Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import { clockOffsetSetting } from '../../functions/platform/clock.ts';
import { AwsError, callJson, callLambda, eventually, type Json } from './aws.ts';

/** The deployed system as programs, people and operators use it from outside. */

const prefix = 'onboarding-emulator';
export const everyScope = 'onboarding/read onboarding/write onboarding/operations';

const body = z.record(z.string(), z.unknown());
const client = z.object({ ClientId: z.string(), ClientName: z.string() });
const secret = z.object({ UserPoolClient: z.object({ ClientSecret: z.string() }) });
const tokens = new Map<string, string>();

/** An access token of the machine client, as any program gets it. */
export async function tokenFor(scope = everyScope): Promise<string> {
  const kept = tokens.get(scope);
  if (kept !== undefined) return kept;
  const { endpoint, outputs } = inject('cloud');
  const pool = { UserPoolId: outputs.UserPoolId };
  const cognito = 'AWSCognitoIdentityProviderService';
  const listed = await callJson('cognito-idp', `${cognito}.ListUserPoolClients`, { ...pool, MaxResults: 10 });
  const { UserPoolClients } = z.object({ UserPoolClients: z.array(client) }).parse(listed);
  const ClientId = UserPoolClients.find(({ ClientName }) => ClientName === 'crm')?.ClientId ?? '';
  const described = await callJson('cognito-idp', `${cognito}.DescribeUserPoolClient`, { ...pool, ClientId });
  const { ClientSecret } = secret.parse(described).UserPoolClient;
  const response = await fetch(`${endpoint}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${ClientId}:${ClientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await response.json());
  tokens.set(scope, token);
  return token;
}

interface Sent {
  readonly body?: unknown;
  /** No token is sent when null. */
  readonly scope?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request to the deployed REST API. */
export async function request(method: string, path: string, sent: Sent = {}) {
  const { endpoint, outputs } = inject('cloud');
  const { hostname, pathname } = new URL(outputs.PublicUrl);
  const address = `${endpoint}/_aws/execute-api/${hostname.split('.')[0]}${pathname}${path}`;
  const response = await fetch(address, {
    method,
    headers: {
      ...(sent.scope === null ? {} : { authorization: `Bearer ${await tokenFor(sent.scope)}` }),
      ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      'accept-language': 'en',
      ...sent.headers,
    },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: body.parse(text === '' ? {} : JSON.parse(text)) };
}

const cannotVerify = '/problems/identity_provider_unavailable';

/**
 * As `request`, for what must succeed. Tries again, as any program does, when the answer says that nothing was looked
 * at yet: dozens of new functions may ask for the keys of tokens at once.
 *
 * @throws AwsError
 */
export async function act(method: string, path: string, sent?: unknown, headers: Sent['headers'] = {}) {
  for (let tries = 1; ; tries += 1) {
    const answer = await request(method, path, { ...(sent === undefined ? {} : { body: sent }), headers });
    if (answer.status < 300) return answer.body;
    if (tries === 5 || !String(answer.body['type']).endsWith(cannotVerify)) {
      throw new AwsError(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }
}

const standing = z.looseObject({ stage: z.string(), outcome: z.string().nullish() });

export async function standingOf(reference: string) {
  return standing.parse(await act('GET', `/api/onboardings/${reference}`));
}

export async function until(reference: string, ...stages: readonly Stage[]): Promise<string> {
  let last = '';
  try {
    return await eventually(`${reference} ${stages.join(' or ')}`, async () => {
      last = (await standingOf(reference)).stage;
      return stages.some((stage) => stage === last) ? last : undefined;
    });
  } catch (cause) {
    throw new Error(`${reference} stays ${last} instead of ${stages.join(' or ')}`, { cause });
  }
}

/**
 * Starts an onboarding over the API. Asked again under the same key when no answer came in time, as any program does: a
 * busy machine gives dozens of new functions more than their seconds to begin.
 *
 * @returns its reference
 */
export async function start(intake: Readonly<Record<string, unknown>> & { readonly siren: string }) {
  const sent = { body: intake, headers: { 'idempotency-key': intake.siren } };
  for (let tries = 1; ; tries += 1) {
    const { status, body: started } = await request('POST', '/api/onboardings', sent);
    const { data } = z.object({ reference: z.string() }).safeParse(started);
    if (data !== undefined && status < 300) return data.reference;
    if (status < 500 || tries === 5) throw new AwsError(`A start: ${status} ${JSON.stringify(started)}`);
  }
}

const functionConfiguration = z.object({
  FunctionName: z.string(),
  CodeSha256: z.string(),
  Timeout: z.int(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

/** Every function of the stack, as it is configured. */
export async function functions() {
  const listed = await callLambda('GET', '?MaxItems=100');
  return z
    .object({ Functions: z.array(z.looseObject({ FunctionName: z.string() })) })
    .parse(listed)
    .Functions.filter(({ FunctionName }) => FunctionName.startsWith(`${prefix}-`))
    .map((found) => functionConfiguration.parse(found));
}

/** Calls a function, as its schedule does unless told more. */
export function invoke(folder: string, payload: Json = {}): Promise<unknown> {
  return callLambda('POST', `${prefix}-${folder}/invocations`, payload);
}

/** Gives a function other settings, and another time-out in seconds. @returns what takes them back */
export async function configured(
  folder: string,
  settings: Readonly<Record<string, string>>,
  timeout?: number,
): Promise<() => Promise<void>> {
  const name = `${prefix}-${folder}`;
  const found = (await functions()).find(({ FunctionName }) => FunctionName === name);
  if (found === undefined) throw new AwsError(`There is no function ${name}`);
  const set = async (Variables: Readonly<Record<string, string>>, Timeout: number) => {
    await callLambda('PUT', `${name}/configuration`, { Environment: { Variables }, Timeout });
  };
  const { Variables } = found.Environment;
  await set({ ...Variables, ...settings }, timeout ?? found.Timeout);
  return () => set(Variables, found.Timeout);
}

/** Seconds by which the functions are ahead of the real time. */
export async function clockOffset(): Promise<number> {
  const [first] = await functions();
  return Number(first?.Environment.Variables[clockOffsetSetting]);
}

/** Sets the hour of all functions. */
export async function jumpTo(instant: Date): Promise<void> {
  const offset = Math.round((instant.getTime() - Date.now()) / 1_000);
  await Promise.all(
    (await functions()).map(({ FunctionName, Environment }) =>
      callLambda('PUT', `${FunctionName}/configuration`, {
        Environment: { Variables: { ...Environment.Variables, [clockOffsetSetting]: String(offset) } },
      }),
    ),
  );
}

export async function jumpDays(days: number): Promise<void> {
  await jumpTo(new Date(Date.now() + (await clockOffset()) * 1_000 + days * 86_400_000));
}

/** Every mail that was sent, as the emulator keeps it. */
export async function mails(): Promise<readonly string[]> {
  const response = await fetch(`${inject('cloud').endpoint}/_ministack/ses/messages`);
  const { messages } = z
    .object({ messages: z.record(z.string(), z.array(z.unknown())) })
    .parse(await response.json());
  return Object.values(messages).flatMap((sent) => sent.map((mail) => JSON.stringify(mail)));
}

/** Subjects of the mails about an onboarding, oldest first. */
export async function mailsAbout(reference: string): Promise<readonly string[]> {
  return (await mails()).filter((mail) => mail.includes(reference));
}

/** Every line in every log. */
export async function loggedLines(): Promise<readonly string[]> {
  const listed = await callJson('logs', 'Logs_20140328.DescribeLogGroups', { limit: 50 });
  const { logGroups } = z
    .object({ logGroups: z.array(z.object({ logGroupName: z.string() })) })
    .parse(listed);
  const events = await Promise.all(
    logGroups.map(async ({ logGroupName }) => {
      const found = await callJson('logs', 'Logs_20140328.FilterLogEvents', { logGroupName, limit: 10_000 });
      return z.object({ events: z.array(z.object({ message: z.string() })) }).parse(found).events;
    }),
  );
  return events.flat().map(({ message }) => message);
}
