import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { day } from '../../functions/domain/time.ts';
import { createRetention } from '../../functions/jobs/apply-retention/handler.ts';
import { keys } from '../../functions/store/keys.ts';
import { scopes } from '../../functions/web/api/scopes.ts';
import { createApp } from '../../functions/web/app.ts';
import type { WebApp } from '../../functions/web/shared/http/web-app.ts';
import { addedToKnownItems, unknownToThisRelease } from '../recorded/later-release.ts';
import { sirens } from '../support/canaries.ts';
import { textOf } from '../support/page-reader.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { type Browser, origin, startTrial, type Trial } from '../support/trial.ts';

const customer = { kind: 'customer', id: 'test' } as const;

let trial: Trial;
let app: WebApp;
let table: DynamoDBDocumentClient;
let operator: Browser;
/** Onboardings that a later release has changed, by what this one does not know about them. */
const unknown = new Map<string, string>();
let known = '';
let answered = '';
let unknownWave = '';

let started = 0;

/** Starts an onboarding of another organisation. */
function start(): Promise<string> {
  started += 1;
  return trial.start(sirens[started - 1] ?? '');
}

/** Writes into an item as another release would. */
async function change(reference: string, sk: string, set: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(set);
  await table.send(
    new UpdateCommand({
      TableName: trial.runtime.tableName,
      Key: { pk: `ONB#${reference}`, sk },
      UpdateExpression: `SET ${names.map((_, index) => `#n${index} = :v${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name, index) => [`:v${index}`, set[name]])),
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
  table = DynamoDBDocumentClient.from(client);
  app = createApp({
    ...trial.deps,
    verifyToken: async () => ({ subject: 'crm', scopes: Object.keys(scopes), kind: 'machine' }),
  });
  for (const [what, { sk, set }] of Object.entries(unknownToThisRelease)) {
    const reference = await start();
    await change(reference, sk, set);
    unknown.set(what, reference);
  }
  known = await start();
  await change(known, 'NOW#STATE', addedToKnownItems);
  answered = await start();
  await submitAnswers(trial.runtime, answered, plainAnswers, customer);
  await trial.runtime.clock.settled();
  const calendar = await trial.runtime.store.waves.calendar(['paris']);
  const [wave] = calendar.slice(-1);
  unknownWave = wave?.id ?? '';
  await table.send(
    new UpdateCommand({
      TableName: trial.runtime.tableName,
      Key: { pk: 'CALENDAR#paris', sk: wave?.id },
      UpdateExpression: 'SET #state = :state',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': 'REHEARSED' },
    }),
  );
  await table.send(
    new PutCommand({
      TableName: trial.runtime.tableName,
      Item: { pk: 'WAITING_LIST', sk: '0|0#XXXX', reference: 'XXXX', rank: 7, points: 3 },
    }),
  );
  operator = await trial.staff({ roles: ['operator', 'sales'], team: 'state' });
});
afterAll(() => trial.close());

/** Onboardings whose state cannot be read: the wait belongs to one that can. */
const statesUnknown = () =>
  [...unknown].filter(([what]) => what !== 'a new kind of wait').map(([, reference]) => reference);

describe('What a later release has stored', () => {
  it('leaves every list of the pages open, and operators read which onboardings are left out', async () => {
    for (const path of [
      '/operations',
      '/operations?stage=INVITED',
      '/sales',
      '/sales?view=mine',
      '/waves',
      '/waves/waiting-list',
    ]) {
      const answer = await operator.get(path);
      expect(answer.status, path).toBe(200);
    }
    const page = textOf(await (await operator.get('/operations?stage=INVITED')).text());
    expect(page).toContain('autre version du service');
    for (const reference of statesUnknown()) expect(page).toContain(reference);
    expect(page).toContain(known);
    expect(textOf(await (await operator.get('/sales?view=all')).text())).toContain(statesUnknown()[0]);
    expect(textOf(await (await operator.get('/waves')).text())).toMatch(/autre version du service.*\(1\)/);
  });

  it('is told in the log by reference and names of attributes, never by what is in them', async () => {
    const lines = trial.log.filter((line) => line.includes('item_unreadable'));
    for (const reference of statesUnknown()) expect(lines.join('')).toContain(reference);
    expect(lines.join('')).toContain('"kind":"NOW#STATE stage"');
    expect(lines.join('')).not.toMatch(/MIGRATING_BACK|MERGED|REHEARSED|zoe/i);
  });

  it('shows a page that says so when it is asked for itself', async () => {
    for (const [what, reference] of unknown) {
      const answer = await operator.get(`/operations/${reference}`);
      expect([what, answer.status]).toEqual([what, 503]);
      expect(textOf(await answer.text())).toContain('Dossier momentanément illisible');
      const link = await trial.browser().post(await trial.linkOf(reference));
      expect([what, link.status]).toEqual([what, 503]);
    }
    expect((await operator.get(`/operations/${known}`)).status).toBe(200);
  });

  it('is found by its reference as left out', async () => {
    const [reference = ''] = statesUnknown();
    const answer = await operator.post('/operations/search', { q: reference }, '/operations/search');
    expect(answer.status).toBe(200);
    expect(textOf(await answer.text())).toContain('autre version du service');
  });

  it('is counted in the lists of the API, and a problem when asked for itself', async () => {
    const ask = (path: string) =>
      app.request(`${origin}/api${path}`, { headers: { Authorization: 'Bearer x' } });
    const list = z
      .object({ items: z.array(z.object({ reference: z.string() })), unreadable: z.number() })
      .parse(await (await ask('/onboardings?stage=INVITED&limit=100')).json());
    expect(list.unreadable).toBe(statesUnknown().length);
    expect(list.items.map(({ reference }) => reference)).toContain(known);
    for (const [what, reference] of unknown) {
      const answer = await ask(`/onboardings/${reference}`);
      expect([what, answer.status]).toEqual([what, 503]);
      expect(await answer.json()).toMatchObject({ code: 'onboarding_unreadable' });
    }
    expect(await (await ask('/waves')).json()).toMatchObject({ unreadable: 1 });
    expect(await (await ask('/waves?site=sud')).json()).toMatchObject({ unreadable: 0 });
  });

  it('is no wave that is not there: page and API say that it cannot be read', async () => {
    const page = await operator.get(`/waves/${unknownWave}`);
    expect(page.status).toBe(503);
    expect(textOf(await page.text())).toContain('Vague momentanément illisible');
    const headers = { Authorization: 'Bearer x', 'content-type': 'application/json' };
    const change = JSON.stringify({ capacity: { customers: 9, points: 900, complex: 9 } });
    for (const init of [{ headers }, { headers, method: 'PATCH', body: change }]) {
      const answer = await app.request(`${origin}/api/waves/${unknownWave}`, init);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '900']);
      expect(await answer.json()).toMatchObject({ code: 'wave_unreadable' });
    }
    expect((await operator.get('/waves/paris-2027-03-10')).status).toBe(404);
    expect((await app.request(`${origin}/api/waves/paris-2027-03-10`, { headers })).status).toBe(404);
  });

  it('takes no rank away from those behind it', async () => {
    expect(await trial.runtime.store.waitingList.rankOf({ reference: 'XXXX', waitingRank: '0|0' })).toBe(1);
    expect((await trial.runtime.store.waitingList.page({ limit: 10 })).items).toEqual([]);
  });

  it('stops no job: the others are acted on, and operators are told', async () => {
    const { runtime } = trial;
    await runGates(runtime);
    await offerPlaces(runtime);
    await runtime.clock.jumpTo(new Date(runtime.clock.now().getTime() + 80 * day));
    await runtime.clock.settled();
    const swept = await runtime.sweep();
    expect(swept.failed).toBe(0);
    expect(swept.found.ItemUnreadable).toBe(unknown.size);
    expect((await runtime.store.onboardings.now(known)).state).toMatchObject({
      stage: 'CLOSED',
      outcome: 'UNANSWERED',
    });
  });

  it('holds back no erasure, and counts as one that is late', async () => {
    const { runtime } = trial;
    await withdraw(runtime, answered, 'over', customer);
    const closed = statesUnknown()[0] ?? '';
    await change(closed, 'NOW#STATE', {
      duePk: 'RETENTION',
      dueSk: `2026-11-24T08:00:00.000Z#${closed}`,
    });
    const retention = createRetention({
      ...runtime,
      retentionDays: -1,
      metrics: { funnel: () => undefined, sweep: () => undefined, upkeep: () => undefined },
    });
    const run = await retention();
    expect(run.erased).toBeGreaterThan(0);
    expect(run.failed).toBe(1);
    expect((await runtime.store.onboardings.now(answered)).state.erasure?.doneAt).toBeDefined();
  });
});

describe('A history with an entry of a later release', () => {
  beforeAll(async () => {
    // The session before has ended meanwhile.
    operator = await trial.staff({ roles: ['operator'] });
  });

  it('is shown without the entry', async () => {
    const reference = await start();
    await table.send(
      new PutCommand({
        TableName: trial.runtime.tableName,
        Item: { pk: `ONB#${reference}`, sk: 'EVENT#000900', number: 900, who: { kind: 'planner', id: 'p' } },
      }),
    );
    const answer = await operator.get(`/operations/${reference}`);
    expect(answer.status).toBe(200);
    expect((await trial.runtime.store.onboardings.events(reference)).length).toBeGreaterThan(1);
  });

  it('names an event of a kind it does not know', async () => {
    const reference = await start();
    await change(reference, 'EVENT#000001', { type: 'CONTRACT_SIGNED', data: { nested: { list: [1] } } });
    const page = await (await operator.get(`/operations/${reference}`)).text();
    expect(page).toContain('CONTRACT_SIGNED');
  });
});

describe('A session of a later release', () => {
  it('leads to the sign-in, not to an error', async () => {
    const signedIn = await trial.staff({ roles: ['operator'], subject: 'zed' });
    await trial.runtime.store.sessions.open(
      'later',
      // A role that this release does not have.
      JSON.parse('{"kind":"staff","subject":"zed","name":"Z","mail":"z@x.example","roles":["auditor"]}'),
      trial.runtime.clock.now(),
    );
    signedIn.cookies.set('session', 'later');
    expect((await signedIn.get('/operations')).headers.get('location')).toBe('/sign-in?to=%2Foperations');
    expect((await signedIn.get('/')).status).toBe(200);
  });
});

describe('A request for a second person that a later release has stored', () => {
  it('stops neither the list, nor its API, nor the gates, and is counted', async () => {
    const reference = await start();
    await change(reference, 'NOW#APPROVAL', {
      kind: 'merge',
      ...{ duePk: 'DUE#operator', dueSk: `2026-11-24T08:00:00.000Z#${reference}#approval` },
      ...{ teamPk: 'APPROVALS', teamSk: `2026-11-24T08:00:00.000Z#${reference}` },
    });
    operator = await trial.staff({ roles: ['operator'] });
    expect((await operator.get('/operations')).status).toBe(200);
    const page = await operator.get('/operations/approvals');
    expect([page.status, textOf(await page.text()).includes(reference)]).toEqual([200, true]);
    const answer = await app.request(`${origin}/api/approvals`, { headers: { Authorization: 'Bearer x' } });
    expect(await answer.json()).toMatchObject({ items: [], unreadable: 1 });
    expect((await runGates(trial.runtime)).quietUntil).toBeUndefined();
  });
});

describe('A start that an earlier release has carried out', () => {
  const sent = { siren: '552032534', legalName: 'Atelier', bodyType: 'company', contactName: 'Zoé Canari' };
  const rest = { contactEmail: 'zoe@client.example', services: ['exchange'] };
  /** What it compared requests by: their hash without a key, and without a status or a version beside it. */
  const former =
    '{"bodyType":"company","contactEmail":"zoe@client.example","contactName":"Zoé Canari","deadlineReason":"none","language":"fr","legalName":"Atelier","services":["exchange"],"siren":"552032534"}';

  it('is answered as before when it is sent again, and refused with another content', async () => {
    const reference = await start();
    await table.send(
      new PutCommand({
        TableName: trial.runtime.tableName,
        Item: {
          ...keys.idempotency('api:crm', 'sent-before'),
          reference,
          body: createHash('sha256').update(former).digest('base64url'),
        },
      }),
    );
    const send = (body: object) =>
      app.request(`${origin}/api/onboardings`, {
        method: 'POST',
        headers: {
          ...{ Authorization: 'Bearer x', 'Content-Type': 'application/json' },
          'Idempotency-Key': 'sent-before',
        },
        body: JSON.stringify({ ...sent, ...rest, ...body }),
      });
    const again = await send({});
    expect([again.status, await again.json()]).toEqual([201, { reference }]);
    expect((await send({ legalName: 'Autre' })).status).toBe(422);
    expect(await trial.runtime.store.starts.active(sent.siren)).toBeUndefined();
  });
});
