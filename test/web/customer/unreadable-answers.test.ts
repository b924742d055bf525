import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { scopes } from '../../../functions/web/api/scopes.ts';
import { createApp } from '../../../functions/web/app.ts';
import { sirens } from '../../support/canaries.ts';
import { textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';

const again = 'répondez de nouveau';
let trial: Trial;
let reference: string;
let visitor: Visitor;

/** Writes into a saved answer as another release would. */
async function change(client: DynamoDBClient, question: string, name: string, value: unknown) {
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: trial.runtime.tableName,
      Key: { pk: `ONB#${reference}`, sk: `ANSWER#${question}` },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

beforeAll(async () => {
  let client: DynamoDBClient | undefined;
  trial = await startTrial(origin, {
    onClient: (opened) => {
      client ??= opened;
    },
  });
  if (client === undefined) throw new Error('The runtime has no client');
  reference = await trial.start(sirens[0] ?? '');
  visitor = await openLink(trial, reference, 'fr');
  for (const { id } of sections) await visitor.fill(id, plainAnswers);
  await change(client, 'A4', 'value', 'essential_of_later');
  await change(client, 'A6', 'version', 'seven');
});
afterAll(() => trial.close());

it('leave every page of the form open, and are shown as to be answered again', async () => {
  for (const path of ['/status', '/questionnaire', '/questionnaire/check', '/questionnaire/B']) {
    expect([path, (await visitor.browser.get(path)).status]).toEqual([path, 200]);
  }
  for (const id of ['A4', 'A6', 'B1']) {
    const page = textOf(await visitor.page(`/questionnaire/${id}`));
    expect([id, page.includes(again)]).toEqual([id, id !== 'B1']);
  }
  const list = await visitor.page('/questionnaire');
  expect(list.match(/class="tag bad">Il y a un problème</g)).toHaveLength(1);
  expect(list).toContain('href="/questionnaire/A4"');
});

it('are left out by the API, which names their questions', async () => {
  const app = createApp({
    ...trial.deps,
    verifyToken: async () => ({ subject: 'crm', scopes: Object.keys(scopes), kind: 'machine' }),
  });
  const answer = await app.request(`${origin}/api/onboardings/${reference}/answers`, {
    headers: { Authorization: 'Bearer x' },
  });
  expect(answer.status).toBe(200);
  const body = await answer.json();
  expect(body).toMatchObject({ unreadable: ['A4', 'A6'], answers: { A5: plainAnswers.A5 } });
  expect(Object.keys(Object(body).answers)).not.toContain('A4');
});

it('are told in the log by reference and question, never by what is in them', () => {
  const lines = trial.log.filter((line) => line.includes('item_unreadable')).join('');
  expect(lines).toContain(reference);
  expect(lines).toContain('"kind":"ANSWER#A4 value"');
  expect(lines).not.toContain('essential_of_later');
});

it('are missing at the submission, until they are answered again', async () => {
  const submit = () => visitor.send('/questionnaire/check', [['E6', 'yes']]);
  const stage = async () => (await trial.runtime.store.onboardings.now(reference)).state.stage;
  expect((await submit()).headers.get('Location')).toBe('/questionnaire/check');
  expect(await stage()).toBe('ANSWERING');
  await visitor.fill('A', plainAnswers);
  expect(textOf(await visitor.page('/questionnaire/A4'))).not.toContain(again);
  expect((await submit()).headers.get('Location')).toMatch(/^\/status/);
  expect(await stage()).not.toBe('ANSWERING');
});
