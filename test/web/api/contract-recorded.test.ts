import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { addDays, instantAt } from '../../../functions/domain/calendar-date.ts';
import { sirens } from '../../support/canaries.ts';
import { signed, withContract } from '../../support/contract.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startApiUnderTest, tokenOf, tokenWith } from './api-under-test.ts';

const customer = { kind: 'customer', id: 'c' } as const;
type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest({ platform: withContract });
});
afterAll(() => api.runtime.close());

let started = 0;
async function start(): Promise<string> {
  started += 1;
  return api.start({ siren: sirens[started] ?? '' });
}

async function atTheGate(): Promise<string> {
  const reference = await start();
  await submitAnswers(api.runtime, reference, plainAnswers, customer);
  await api.runtime.clock.settled();
  await answerWave(api.runtime, reference, 'confirm', customer);
  await api.runtime.clock.settled();
  const { booking } = await api.runtime.store.onboardings.now(reference);
  await api.runtime.clock.jumpTo(instantAt(addDays(booking?.cutover ?? '', -1), '09:00'));
  return reference;
}

const record = (reference: string, body: unknown = signed) =>
  api.send('POST', `/onboardings/${reference}/contract`, { body });

const errors = z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }));

describe('POST /onboardings/{reference}/contract', () => {
  it('records it, shows it with its history, and takes a correction', async () => {
    const reference = await start();
    const before = await api.send('GET', `/onboardings/${reference}`);
    expect(before.body['contract']).toBeNull();
    expect(await record(reference)).toMatchObject({ status: 200, body: { reference, stage: 'INVITED' } });
    await record(reference);
    await record(reference, { ...signed, keptBy: 'Secrétariat général' });
    const { body } = await api.send('GET', `/onboardings/${reference}`);
    expect(body['contract']).toEqual({
      ...signed,
      keptBy: 'Secrétariat général',
      recordedAt: api.runtime.clock.now().toISOString(),
    });
    const timeline = z.array(z.looseObject({ type: z.string() })).parse(body['timeline']);
    const recorded = timeline.filter(({ type }) => type === 'CONTRACT_RECORDED');
    expect(recorded).toMatchObject([
      { who: { kind: 'machine' }, why: 'CT-2026-118 – Service juridique', data: { signedOn: '2026-11-20' } },
      { why: 'CT-2026-118 – Secrétariat général' },
    ]);
  });

  it.each([
    [
      'without the agreement',
      { dataProcessingAgreement: false },
      '/dataProcessingAgreement',
      'not_signed',
      /GDPR, art\. 28.*send true/,
    ],
    [
      'with a text for true',
      { dataProcessingAgreement: 'true' },
      '/dataProcessingAgreement',
      'unknown_option',
      /./,
    ],
    ['signed tomorrow', { signedOn: '2199-01-01' }, '/signedOn', 'future', /today’s date or an earlier one/],
    ['on no day', { signedOn: '2026-02-30' }, '/signedOn', 'not_a_date', /does not exist/],
    [
      'without a reference',
      { reference: '' },
      '/reference',
      'missing',
      /Reference of the contract: .*fill it in/,
    ],
    ['with a line break', { reference: 'CT\n1' }, '/reference', 'not_text', /single line/],
    ['kept by too many', { keptBy: 'x'.repeat(301) }, '/keptBy', 'too_long', /exceeds 300 characters/],
    ['with the paper', { file: 'JVBERi0=' }, '/file', 'unknown_field', /remove it/],
  ] as const)('refuses one %s by the name of the field', async (_, wrong, pointer, code, words) => {
    const reference = await start();
    const refused = await record(reference, { ...signed, ...wrong });
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
    const found = errors.parse(refused.body['errors']);
    expect(found).toMatchObject([{ pointer, code }]);
    expect(found[0]?.detail).toMatch(words);
    expect((await api.send('GET', `/onboardings/${reference}`)).body['contract']).toBeNull();
  });

  it('says in French why the agreement is needed', async () => {
    const { body } = await api.send('POST', `/onboardings/${await start()}/contract`, {
      body: { ...signed, dataProcessingAgreement: false },
      headers: { 'accept-language': 'fr' },
    });
    expect(errors.parse(body['errors'])[0]?.detail.replaceAll(/\s/g, ' ')).toBe(
      'Accord sur le traitement des données : aucune bascule n’a lieu sans cet accord (RGPD, art. 28) ; faites-le signer avec le contrat, puis envoyez true.',
    );
  });

  it('is refused for a closed onboarding, an unknown one and a client that may only read', async () => {
    const reference = await start();
    await withdraw(api.runtime, reference, 'no longer wanted', customer);
    await api.runtime.clock.settled();
    expect(await record(reference)).toMatchObject({ status: 409, body: { code: 'onboarding_closed' } });
    expect(await record('2222-2222')).toMatchObject({ status: 404 });
    const reader = await tokenWith({ scope: 'onboarding/read' });
    const path = `/onboardings/${await start()}/contract`;
    expect(await api.send('POST', path, { token: reader, body: signed })).toMatchObject({
      status: 403,
      body: { code: 'insufficient_scope' },
    });
  });
});

describe('a go over the API without a contract', () => {
  const go = { kind: 'go_no_go', decision: 'go', reason: 'All is ready' } as const;

  it('is a 409 that says why, a 202 with approval, and carried out by a second person', async () => {
    const reference = await atTheGate();
    const path = `/onboardings/${reference}/reviews`;
    const refused = await api.send('POST', path, { body: go });
    expect(refused).toMatchObject({ status: 409, body: { code: 'approval_needed', contractMissing: true } });
    expect(refused.body['detail']).toContain('No contract is recorded.');
    expect((await api.send('GET', `/onboardings/${reference}`)).body['review']).toMatchObject({
      forTwo: ['go'],
      facts: { contract: { reference: null, signedOn: null, againstGo: true } },
    });
    const asked = await api.send('POST', path, { body: { ...go, approval: true } });
    expect(asked).toMatchObject({
      status: 202,
      body: { approval: { kind: 'go', conditions: [], contractMissing: true } },
    });
    const { id } = z.object({ id: z.string() }).parse(asked.body['approval']);
    const agreed = await api.send('POST', `/approvals/${id}`, {
      token: await tokenOf('ada', 'operator'),
      body: { decision: 'approve', reason: 'Agreed' },
    });
    expect(agreed.status).toBe(200);
    await api.runtime.clock.settled();
    expect((await api.send('GET', `/onboardings/${reference}`)).body['stage']).toBe('HANDED_OVER');
  });

  it('takes one person once it is recorded; what waited for a second one is void', async () => {
    const reference = await atTheGate();
    const path = `/onboardings/${reference}/reviews`;
    const asked = await api.send('POST', path, { body: { ...go, approval: true } });
    const { id } = z.object({ id: z.string() }).parse(asked.body['approval']);
    expect((await record(reference)).status).toBe(200);
    const late = await api.send('POST', `/approvals/${id}`, {
      token: await tokenOf('ada', 'operator'),
      body: { decision: 'approve', reason: 'Agreed' },
    });
    expect(late).toMatchObject({ status: 409, body: { code: 'approval_lapsed' } });
    const shown = await api.send('GET', `/onboardings/${reference}`);
    expect(shown.body).toMatchObject({
      approval: null,
      review: {
        forTwo: [],
        facts: { contract: { reference: 'CT-2026-118', signedOn: '2026-11-20', againstGo: false } },
      },
    });
    expect((await api.send('POST', path, { body: go })).status).toBe(200);
  });
});
