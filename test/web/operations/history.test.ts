import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentClient } from '../../../functions/store/dependencies.ts';
import { keys } from '../../../functions/store/keys.ts';
import { clientOf } from '../../../infra/local/aws-client.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
  cast = castOf(trial);
});
afterAll(() => trial.close());

const alarm = 'Historique à vérifier';

async function read(reference: string, language: 'fr' | 'en' = 'fr'): Promise<string> {
  const html = await (await operator.get(`/operations/${reference}?lang=${language}`)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html);
}

it('a history that holds says nothing', async () => {
  expect(await read(await cast.answered())).not.toContain(alarm);
});

it('an event put after the last one is shown', async () => {
  const reference = await cast.invited();
  const { dynamoDb, tableName, store } = trial.runtime;
  const { version } = (await store.onboardings.now(reference)).state;
  const client = new DynamoDBClient(clientOf(dynamoDb));
  const table = documentClient(client);
  const { Item: last } = await table.send(
    new GetCommand({ TableName: tableName, Key: keys.event(reference, version) }),
  );
  const added = { ...last, ...keys.event(reference, version + 1), number: version + 1 };
  await table.send(new PutCommand({ TableName: tableName, Item: added }));
  client.destroy();
  expect(await read(reference)).toContain(`l’événement ${version + 1} a été ajouté`);
});

it('one that was changed behind the program is shown on its page, with the event', async () => {
  const altered = await cast.invited();
  const cut = await cast.invited();
  const { dynamoDb, tableName, store } = trial.runtime;
  const { version } = (await store.onboardings.now(cut)).state;
  const client = new DynamoDBClient(clientOf(dynamoDb));
  const table = documentClient(client);
  await table.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keys.event(altered, 2),
      UpdateExpression: 'SET #after = :after',
      ExpressionAttributeNames: { '#after': 'after' },
      ExpressionAttributeValues: { ':after': 'CLOSED' },
    }),
  );
  await table.send(new DeleteCommand({ TableName: tableName, Key: keys.event(cut, version) }));
  client.destroy();
  const text = await read(altered);
  expect(text).toContain(alarm);
  expect(text).toContain('l’événement 2 a été modifié');
  expect(await read(cut, 'en')).toContain(`event ${version} is missing or not readable`);
  await operator.get('/operations?lang=fr');
});
