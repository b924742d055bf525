import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentClient } from '../../../functions/store/dependencies.ts';
import { keys } from '../../../functions/store/keys.ts';
import { clientOf } from '../../../infra/local/aws-client.ts';
import { classified } from '../../support/journeys.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
let reference: string;

/** A mail that was given up: its onboarding is real. */
async function setAside(): Promise<void> {
  const { dynamoDb, tableName, clock } = trial.runtime;
  const client = new DynamoDBClient(clientOf(dynamoDb));
  const at = clock.now().toISOString();
  const messages = [{ kind: 'mail', template: 'invitation', to: 'customer' }, { kind: 'carrier_pigeon' }];
  await documentClient(client).send(
    new PutCommand({
      TableName: tableName,
      Item: {
        ...keys.setAside('mail', reference, 90),
        ...{ lane: 'mail', reference, version: 90, at, asideAt: at, messages, places: [0, 1], sent: [1] },
        ...{ tries: 5, error: 'MessageRejected' },
      },
    }),
  );
  client.destroy();
}

beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
  reference = await castOf(trial).answered(classified);
});
afterAll(() => trial.close());

async function page(): Promise<string> {
  const shown = await (await operator.get('/operations/unsent')).text();
  expect(await htmlFaults(shown)).toEqual([]);
  return shown;
}

it('shows operators what was set aside and why, and sends it again once', async () => {
  expect(textOf(await page())).toContain('Aucun message n’est écarté.');
  expect(await (await operator.get('/operations')).text()).toContain('href="/operations/unsent"');
  await setAside();
  const text = textOf(await page());
  for (const shown of [reference, 'courriel « invitation »', 'MessageRejected'])
    expect(text).toContain(shown);
  const entry = { entry: `${reference}.90.mail` };
  for (const press of [1, 2]) {
    const answer = await operator.post('/operations/unsent', entry);
    expect([press, answer.status, answer.headers.get('Location')]).toEqual([
      press,
      303,
      '/operations/unsent',
    ]);
  }
  await trial.runtime.clock.settled();
  const ids = trial.runtime.mailbox.list().map(({ id }) => id);
  expect(ids.filter((id) => id === `${reference}-90-0`)).toHaveLength(1);
  expect(textOf(await page())).toContain('Aucun message n’est écarté.');
});

it.each(['', 'x', `REF.90`, 'REF.90.pigeon', 'REF.9e9.mail'])('puts nothing back for %j', async (entry) => {
  const answer = await operator.post('/operations/unsent', { entry });
  expect(answer.status).toBe(303);
});

it.each(['xxx', '%', 'e30'])('shows the first page for the cursor %j', async (cursor) => {
  expect((await operator.get(`/operations/unsent?cursor=${encodeURIComponent(cursor)}`)).status).toBe(200);
});
