import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyErasure } from '../../functions/application/erase.ts';
import { decideErasure, requestErasure } from '../../functions/application/erasure-request.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { day } from '../../functions/domain/time.ts';
import { createRetention } from '../../functions/jobs/apply-retention/handler.ts';
import { standardMetrics } from '../../functions/platform/metrics.ts';
import { htmlFaults, textOf } from '../support/page-reader.ts';
import { openMember, sendAs } from '../support/people.ts';
import { origin, startTrial, type Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';
import { castOf } from './staff/cast.ts';

const operator = { kind: 'operator', id: 'op' } as const;
const refusal = { decision: 'refuse', refusedFor: 'legal_claims', reason: 'Un litige est en cours' } as const;

let trial: Trial;
let client: DynamoDBClient | undefined;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial(origin, {
    onClient: (opened) => {
      client ??= opened;
    },
  });
  cast = castOf(trial);
});
afterAll(() => trial.close());

const signedIn = () => trial.staff({ roles: ['operator'], subject: 'op' });

async function closed(): Promise<string> {
  const reference = await cast.invited();
  await withdraw(trial.runtime, reference, 'Projet arrêté', operator);
  await trial.runtime.clock.settled();
  return reference;
}

async function asked(): Promise<string> {
  const reference = await closed();
  await requestErasure(trial.runtime, reference, { kind: 'customer', id: reference });
  await trial.runtime.clock.settled();
  return reference;
}

const typesOf = async (reference: string) =>
  (await trial.runtime.store.onboardings.events(reference)).map(({ type }) => type);
const requestOf = async (reference: string) =>
  (await trial.runtime.store.onboardings.now(reference)).erasureRequest;
const listed = async () =>
  (await trial.runtime.store.workList.entries({ limit: 500 })).items
    .filter(({ kind }) => kind === 'erasure')
    .map(({ reference }) => reference);
const mailsOf = (reference: string, subject: RegExp) =>
  trial.runtime.mailbox.list().filter((mail) => mail.id.startsWith(reference) && subject.test(mail.subject));

describe('the page on which a customer has its file erased', () => {
  it('says before the end to withdraw first, and takes no request', async () => {
    const visitor = await openLink(trial, await cast.invited());
    const html = await visitor.page('/status/erasure');
    expect(await htmlFaults(html)).toEqual([]);
    expect(textOf(html)).toContain('retirez d’abord votre demande');
    expect((await visitor.sendRaw('/status/erasure', [])).status).toBe(409);
    expect(await requestOf(visitor.reference)).toBeUndefined();
  });

  it('takes one request after the end, says by when it is decided, and tells the operators', async () => {
    const visitor = await openLink(trial, await closed());
    const { reference } = visitor;
    const html = await visitor.page('/status/erasure');
    expect(await htmlFaults(html)).toEqual([]);
    expect(textOf(html)).toContain('dans les 30 jours');
    for (const turn of [1, 2]) {
      const sent = await visitor.sendRaw('/status/erasure', []);
      expect([turn, sent.headers.get('location')]).toEqual([turn, '/status/erasure']);
    }
    const waiting = await visitor.page('/status/erasure');
    expect(await htmlFaults(waiting)).toEqual([]);
    expect(textOf(waiting)).toContain('au plus tard le 23 décembre 2026');
    expect(textOf(await visitor.page('/status'))).toContain('décidé au plus tard le 23 décembre 2026');
    expect((await typesOf(reference)).filter((type) => type === 'ERASURE_REQUESTED')).toHaveLength(1);
    await trial.runtime.clock.settled();
    const [mail, ...others] = mailsOf(reference, /effacement demandé/);
    expect(others).toEqual([]);
    expect(mail?.to).toBe('operations@platform.example');
    expect(textOf(mail?.text ?? '')).toMatch(/23 décembre 2026/);
    expect(await listed()).toContain(reference);
    expect(JSON.parse(await visitor.page('/status/data.json')).erasureRequest.status).toBe('waiting');
  });

  it('is open to deputies, and to no one else who was named', async () => {
    const reference = await cast.invited();
    const { browser: deputy } = await openMember(trial, reference, 'deputy');
    const { browser: dpo } = await openMember(trial, reference, 'dpo');
    const { browser: integrator } = await openMember(trial, reference, 'integrator');
    await withdraw(trial.runtime, reference, 'x', operator);
    for (const browser of [dpo, integrator]) {
      expect((await browser.get('/status/erasure')).status).toBe(403);
      expect((await sendAs(browser, '/status/erasure')).status).toBe(403);
    }
    expect(await requestOf(reference)).toBeUndefined();
    expect((await sendAs(deputy, '/status/erasure')).status).toBe(303);
    expect((await requestOf(reference))?.by.id).toBe('P1');
  });
});

describe('a request for erasure', () => {
  it('is listed for operators, the first to be decided first, until it is decided', async () => {
    const reference = await asked();
    await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + day));
    const later = await asked();
    const staff = await signedIn();
    const html = await (await staff.get('/operations?kind=erasure')).text();
    expect(await htmlFaults(html)).toEqual([]);
    expect(html.indexOf(later)).toBeGreaterThan(html.indexOf(reference));
    expect(html).toContain(`/operations/${reference}/erasure-decision`);
    expect(textOf(html)).toContain('dans 29 jours');
    const earlier = await staff.get('/operations/erasure-requests');
    expect([earlier.status, earlier.headers.get('location')]).toEqual([303, '/operations?kind=erasure']);
    expect(textOf(await (await staff.get('/operations')).text())).toMatch(/Effacement demandé \(\d+\)/);
    for (const each of [reference, later]) await decideErasure(trial.runtime, each, refusal, operator);
    expect(await listed()).not.toContain(reference);
  });

  it('that this release cannot read stays on the list, and its page says so', async () => {
    const [other, reference] = [await asked(), await asked()];
    if (client === undefined) throw new Error('The runtime has no client');
    await DynamoDBDocumentClient.from(client).send(
      new UpdateCommand({
        TableName: trial.runtime.tableName,
        Key: { pk: `ONB#${other}`, sk: 'NOW#ERASURE_REQUEST' },
        UpdateExpression: 'SET refusedFor = :later',
        ExpressionAttributeValues: { ':later': 'a ground of a later release' },
      }),
    );
    const staff = await signedIn();
    const html = await (await staff.get('/operations?kind=erasure')).text();
    for (const each of [other, reference]) expect(html).toContain(`/operations/${each}/erasure-decision`);
    expect(await htmlFaults(html)).toEqual([]);
    const page = await staff.get(`/operations/${other}/erasure-decision`);
    expect(page.status).toBe(503);
  });

  it('is refused with a ground of the law and a reason only, which the customer reads; it may ask again', async () => {
    const reference = await asked();
    const visitor = await openLink(trial, reference);
    const staff = await signedIn();
    const path = `/operations/${reference}/erasure-decision`;
    expect(await htmlFaults(await (await staff.get(path)).text())).toEqual([]);
    const incomplete = await staff.post(path, { decision: 'refuse', reason: '' });
    const text = textOf(await incomplete.text());
    expect(text).toContain('Motif de droit : choisissez une option');
    expect((await requestOf(reference))?.status).toBe('waiting');
    const sent = await staff.post(path, refusal);
    expect(sent.headers.get('location')).toBe(`/operations/${reference}`);
    expect(textOf(await (await staff.get(`/operations/${reference}`)).text())).toContain(
      'Un litige est en cours',
    );
    await trial.runtime.clock.settled();
    const [mail] = mailsOf(reference, /refusé/);
    expect(mail?.text).toMatch(/droits en justice.*CNIL/s);
    const page = await visitor.page('/status/erasure');
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toMatch(/refusée le .*droits en justice/);
    expect(textOf(page)).not.toContain('Un litige est en cours');
    expect((await visitor.sendRaw('/status/erasure', [])).status).toBe(303);
    expect((await requestOf(reference))?.status).toBe('waiting');
  });

  it('that is granted is told while the address is known, read no more, and erased within two days', async () => {
    const reference = await asked();
    const visitor = await openLink(trial, reference);
    const staff = await signedIn();
    const path = `/operations/${reference}/erasure-decision`;
    expect((await staff.post(path, { decision: 'erase' })).status).toBe(303);
    await trial.runtime.clock.settled();
    expect(mailsOf(reference, /est effacé/).map(({ to }) => to)).toEqual(['zoe.canari@client.example']);
    expect((await visitor.browser.get('/status')).status).toBe(410);
    expect((await trial.browser().post(await trial.linkOf(reference))).status).toBe(410);
    await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + 2 * day));
    await createRetention({ ...trial.runtime, metrics: standardMetrics, retentionDays: 365 })();
    expect((await trial.runtime.store.onboardings.now(reference)).state.erasure?.doneAt).toBeDefined();
    expect((await verifyErasure(trial.runtime, reference)).erased).toBe(true);
    expect(await listed()).not.toContain(reference);
    const again = await signedIn();
    const gone = await again.get(path);
    expect(gone.status).toBe(409);
  });

  it('is decided once: who comes second is told', async () => {
    const reference = await asked();
    await Promise.allSettled([
      decideErasure(trial.runtime, reference, { decision: 'erase' }, operator),
      decideErasure(trial.runtime, reference, refusal, { kind: 'operator', id: 'other' }),
    ]);
    const types = await typesOf(reference);
    expect(types.filter((type) => type === 'ERASURE_ASKED' || type === 'ERASURE_REFUSED')).toHaveLength(1);
    await expect(
      decideErasure(trial.runtime, reference, { ...refusal, refusedFor: 'archiving' }, operator),
    ).rejects.toThrow();
  });

  it('is no one else’s than operators’ to decide', async () => {
    const reference = await asked();
    const sales = await trial.staff({ roles: ['sales'], team: 'state', subject: 'sales' });
    for (const path of ['/operations/erasure-requests', `/operations/${reference}/erasure-decision`]) {
      expect((await sales.get(path)).status).toBe(403);
    }
  });
});
