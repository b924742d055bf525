import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import { evidence } from '../../support/evidence.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { apiOver } from './api-over.ts';
import { intake, startApiUnderTest, tokenWith } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

function post(path: string, body: unknown) {
  return api.send('POST', path, { body });
}

describe('the life of an onboarding over the API', () => {
  it('goes from start to confirmed wave, with every response as described', async () => {
    const reference = await api.start({ siren: '999000102' });
    const invited = await api.send('GET', `/onboardings/${reference}`);
    expect(invited.body).toMatchObject({
      reference,
      stage: 'INVITED',
      stageLabel: 'Invited',
      ball: 'customer',
      owner: 'sales@platform.example',
      result: null,
      contact: { email: 'camille@direction.example', mailBounced: false },
    });
    // After 70 days of silence, not after the next reminder.
    expect(invited.body['until']).toBe('2027-02-01T08:00:00.000Z');

    const submitted = await post(`/onboardings/${reference}/answers`, plainAnswers);
    expect(submitted).toMatchObject({
      status: 200,
      body: { reference, stage: 'SUBMITTED', ball: 'platform' },
    });
    await api.runtime.clock.settled();

    const held = await api.send('GET', `/onboardings/${reference}`);
    expect(held.body).toMatchObject({
      stage: 'WAVE_HELD',
      ball: 'customer',
      tier: 'READY',
      result: { eligibility: 'ELIGIBLE', readiness: { tier: 'READY' } },
      wave: { status: 'HELD', holdUntil: expect.any(String) },
    });
    expect(held.body['until']).toBe(z.object({ holdUntil: z.string() }).parse(held.body['wave']).holdUntil);

    const confirmed = await post(`/onboardings/${reference}/wave-confirmation`, { decision: 'confirm' });
    expect(confirmed.body).toMatchObject({ stage: 'WAVE_CONFIRMED' });
    await api.runtime.clock.settled();
    const firm = await api.send('GET', `/onboardings/${reference}`);
    expect(firm.body).toMatchObject({ cutover: '2027-03-09', until: '2027-03-08T07:00:00.000Z' });
    const again = await post(`/onboardings/${reference}/wave-confirmation`, { decision: 'confirm' });
    expect(again).toMatchObject({ status: 409, body: { code: 'not_expected_now' } });

    const { timeline } = z
      .object({
        timeline: z.array(
          z.object({ type: z.string(), who: z.object({ kind: z.string(), id: z.string() }) }),
        ),
      })
      .parse((await api.send('GET', `/onboardings/${reference}`)).body);
    expect(timeline[0]).toMatchObject({ type: 'STARTED', who: { kind: 'machine', id: 'demo-crm' } });
    expect(timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['ANSWERS_SUBMITTED', 'WAVE_CONFIRMED']),
    );
  });

  it('accepts answers also under `answers`, with pointers into them', async () => {
    const reference = await api.start({ siren: '999000375' });
    const wrong = { ...plainAnswers, C2: { usersInScope: 9, totalStaff: 3 }, 'x.y': 1 };
    const wrapped = await post(`/onboardings/${reference}/answers`, { answers: wrong });
    expect(wrapped).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
    const pointers = z.array(z.object({ pointer: z.string() }));
    expect(pointers.parse(wrapped.body['errors']).map(({ pointer }) => pointer)).toEqual([
      '/answers/x.y',
      '/answers/C2/usersInScope',
    ]);
    const bare = await post(`/onboardings/${reference}/answers`, {
      ...plainAnswers,
      E2: [{ from: '2027-04-01' }],
    });
    expect(bare.body['errors']).toMatchObject([{ pointer: '/E2/0/to', code: 'missing' }]);
    expect(await post(`/onboardings/${reference}/answers`, { answers: plainAnswers })).toMatchObject({
      status: 200,
    });
  });

  it('shows which questions are asked again and by when, and takes them answered anew or confirmed', async () => {
    const reference = await api.start({ siren: '999001993' });
    const path = `/onboardings/${reference}`;
    const answers = { ...plainAnswers, B2: 'unknown' };
    expect((await api.send('GET', path)).body).toMatchObject({ asked: null });
    await post(`${path}/answers`, answers);
    await api.runtime.clock.settled();
    const message = 'Is any of it marked?';
    const ask = {
      kind: 'readiness',
      decision: 'ask_customer',
      reason: 'x',
      questions: ['B2', 'B9'],
      message,
    };
    expect(await post(`${path}/reviews`, ask)).toMatchObject({ status: 200 });
    await api.runtime.clock.settled();
    const { body } = await api.send('GET', path);
    expect(body).toMatchObject({
      ball: 'customer',
      asked: { questions: ['B2', 'B9'], sections: [], message },
    });
    expect(body).toMatchObject({ asked: { until: body['until'] } });
    const pointers = z.array(z.object({ pointer: z.string(), code: z.string() }));
    const refused = await post(`${path}/answers`, { answers, confirmed: ['B9'] });
    expect([refused.status, pointers.parse(refused.body['errors'])]).toMatchObject([
      422,
      [{ pointer: '/answers/B2', code: 'not_revisited' }],
    ]);
    const bare = await post(`${path}/answers`, answers);
    expect(pointers.parse(bare.body['errors']).map(({ pointer }) => pointer)).toEqual(['/B2', '/B9']);
    const strange = await post(`${path}/answers`, { answers, confirmed: ['Z9'] });
    expect(strange.body['errors']).toMatchObject([{ pointer: '/confirmed/0', code: 'unknown_option' }]);
    const sent = await post(`${path}/answers`, { answers: { ...answers, B2: 'no' }, confirmed: ['B9'] });
    expect(sent).toMatchObject({ status: 200 });
    await api.runtime.clock.settled();
    expect((await api.send('GET', path)).body).toMatchObject({ stage: 'WAVE_HELD', asked: null });
  });

  it('lets an operator decide a review, by the names of that review only', async () => {
    const reference = await api.start({ siren: '999000649' });
    await post(`/onboardings/${reference}/answers`, { ...plainAnswers, B2: 'unknown' });
    await api.runtime.clock.settled();
    const shown = await api.send('GET', `/onboardings/${reference}`);
    expect(shown.body).toMatchObject({
      stage: 'IN_REVIEW',
      ball: 'operator',
      review: { kind: 'readiness', decisions: ['accept', 'set_tier', 'ask_customer', 'reject'] },
    });
    const path = `/onboardings/${reference}/reviews`;
    const strange = await post(path, { kind: 'readiness', decision: 'go', reason: 'x' });
    expect(strange.body['errors']).toMatchObject([{ pointer: '/decision', code: 'unknown_option' }]);
    const unknown = await post(path, { kind: 'tea', decision: 'go', reason: 'x' });
    expect(unknown.body['errors']).toMatchObject([{ pointer: '/kind', code: 'unknown_option' }]);
    expect(await post(path, { kind: 'placement', decision: 'wait', reason: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'not_expected_now' },
    });
    const decided = await post(path, {
      kind: 'readiness',
      decision: 'accept',
      reason: 'Checked by telephone',
    });
    expect(decided.status).toBe(200);
    await api.runtime.clock.settled();
    const after = await api.send('GET', `/onboardings/${reference}`);
    expect(after.body['stage']).toBe('WAVE_HELD');
    expect(after.text).toContain('Checked by telephone');
  });

  it('clears any condition with evidence, and refuses one that is not open', async () => {
    const reference = await api.start({ siren: '999000912' });
    await post(`/onboardings/${reference}/answers`, { ...plainAnswers, A6: 'yes', A6b: 'yes' });
    await api.runtime.clock.settled();
    const path = (code: string) => `/onboardings/${reference}/conditions/${code}/clearance`;
    expect(await post(path('NO_SUCH'), { evidence })).toMatchObject({
      status: 404,
      body: { code: 'condition_not_found' },
    });
    expect(await post(path('DPIA_MISSING'), { evidence })).toMatchObject({
      status: 422,
      body: { code: 'decision_refused' },
    });
    const wrong = { title: ' ', reference: 'x'.repeat(301), date: '2026-02-30' };
    expect((await post(path('EXIT_PLAN_REQUIRED'), { evidence: wrong })).body['errors']).toMatchObject([
      { pointer: '/evidence/title', code: 'empty' },
      { pointer: '/evidence/reference', code: 'out_of_bounds' },
      { pointer: '/evidence/date', code: 'not_a_date' },
      { pointer: '/evidence/keptBy', code: 'missing' },
    ]);
    expect((await post(path('EXIT_PLAN_REQUIRED'), { evidence })).status).toBe(200);
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({ tier: 'READY' });
  });

  it('declares a condition with just its question, once, and moves a due date with a reason', async () => {
    const reference = await api.start({ siren: '999001456' });
    const answers = { ...plainAnswers, B9: ['art9'], B9b: 'under_10k', B11: 'not_done' };
    await post(`/onboardings/${reference}/answers`, answers);
    await api.runtime.clock.settled();
    const path = `/onboardings/${reference}/conditions/DPIA_MISSING`;
    const move = { due: '2027-03-01', reason: 'the committee meets in February' };
    expect((await post(`${path}/due-date`, move)).status).toBe(200);
    expect((await post(`${path}/due-date`, { ...move, due: '2020-01-01' })).body['errors']).toMatchObject([
      { pointer: '/due', code: 'in_the_past' },
    ]);
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
      tier: 'CONDITIONAL',
      tasks: [
        {
          code: 'DPIA_MISSING',
          owner: 'dpo',
          due: '2027-03-01',
          overdue: false,
          moved: { reason: move.reason, to: '2027-03-01' },
        },
      ],
    });
    const declare = (body: unknown) => post(`${path}/declaration`, body);
    const refused: readonly (readonly [object, string])[] = [
      [{ answers: { B11: 'done' } }, '/attestation missing'],
      [{ answers: { B11: 'done' }, attestation: false }, '/attestation unknown_option'],
      [{ attestation: true }, '/answers missing'],
      [{ answers: { B11: 'not_done' }, attestation: true }, '/answers/B11 does_not_clear'],
      [{ answers: { B11: 'x' }, attestation: true }, '/answers/B11 unknown_option'],
      [{ answers: { B11: 'done', B10: 'no' }, attestation: true }, '/answers/B10 unknown_field'],
      [{ answers: {}, attestation: true }, '/answers/B11 missing'],
    ];
    for (const [body, problem] of refused) {
      const answer = await declare(body);
      const [error] = z
        .array(z.object({ pointer: z.string(), code: z.string() }))
        .parse(answer.body['errors']);
      expect(`${answer.status} ${error?.pointer} ${error?.code}`).toBe(`422 ${problem}`);
    }
    const right = { answers: { B11: 'done' }, attestation: true };
    expect(await declare(right)).toMatchObject({ status: 200, body: { stage: 'WAVE_HELD' } });
    expect((await declare(right)).status).toBe(200);
    const { body } = await api.send('GET', `/onboardings/${reference}`);
    expect(body).toMatchObject({ tier: 'READY', tasks: [] });
    expect(JSON.stringify(body).match(/CONDITION_DECLARED/g)).toHaveLength(1);
  });

  it('keeps a place despite an overdue condition, once, and refuses where nothing is overdue', async () => {
    const reference = await api.start({ siren: '999003882' });
    const answers = { ...plainAnswers, B9: ['art9'], B9b: 'under_10k', B11: 'not_done' };
    await post(`/onboardings/${reference}/answers`, answers);
    await api.runtime.clock.settled();
    const keep = () => post(`/onboardings/${reference}/place-kept`, { reason: 'it is signed next week' });
    expect(await keep()).toMatchObject({
      status: 422,
      body: { type: '/api/problems/decision_refused' },
    });
    await api.runtime.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        set: { blockingDue: '2026-11-01' },
        event: { type: 'CONDITION_REMINDED', actor: system, data: { conditions: ['DPIA_MISSING'] } },
      },
    }));
    expect(await keep()).toMatchObject({ status: 200, body: { stage: 'WAVE_HELD' } });
    expect((await keep()).status).toBe(200);
    const { body } = await api.send('GET', `/onboardings/${reference}`);
    expect(JSON.stringify(body).match(/PLACE_KEPT_DESPITE_CONDITION/g)).toHaveLength(1);
    expect((await post(`/onboardings/${reference}/place-kept`, {})).status).toBe(422);
  });

  it('changes the contact under the rules of intake and replaces the link', async () => {
    const reference = await api.start({ siren: '999001183' });
    const path = `/onboardings/${reference}/contact`;
    const before = (await api.runtime.store.onboardings.now(reference)).state.link;
    const patch = (body: unknown) => api.send('PATCH', path, { body });
    expect((await patch({ contactEmail: 'nowhere' })).body['errors']).toMatchObject([
      { pointer: '/contactEmail', code: 'not_a_mail_address' },
    ]);
    expect((await patch({ contactName: '=1+1' })).body['errors']).toMatchObject([
      { pointer: '/contactName', code: 'formula' },
    ]);
    expect((await patch({ siren: '999000102' })).body['errors']).toMatchObject([
      { pointer: '/siren', code: 'unknown_field' },
    ]);
    expect((await patch({})).body['errors']).toMatchObject([{ pointer: '/contactEmail', code: 'missing' }]);
    expect((await patch({ contactEmail: ' new@client.example ' })).status).toBe(200);
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
      contact: { name: intake.contactName, email: 'new@client.example' },
    });
    expect((await api.runtime.store.onboardings.now(reference)).state.link).toBe(before + 1);
  });

  it('refuses to send the link twice within a minute, with the seconds to wait', async () => {
    const reference = await api.start();
    const again = () => post(`/onboardings/${reference}/invitation`, { reason: 'Not arrived' });
    expect((await again()).status).toBe(200);
    const refused = await again();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(refused.body).toMatchObject({ code: 'link_mailed_too_often' });
    expect(refused.body['detail']).toContain('once a minute');
  });

  it('resends an invitation, withdraws, and then refuses everything', async () => {
    const reference = await api.start({ siren: '999001456' });
    const reason = { reason: 'Asked on the telephone' };
    expect((await post(`/onboardings/${reference}/invitation`, reason)).status).toBe(200);
    expect((await post(`/onboardings/${reference}/resumption`, reason)).status).toBe(200);
    await api.runtime.clock.settled();
    expect(await post(`/onboardings/${reference}/cutover`, { result: 'done' })).toMatchObject({
      status: 409,
      body: { code: 'not_expected_now' },
    });
    expect(await post(`/onboardings/${reference}/slot-offer`, { decision: 'accept' })).toMatchObject({
      status: 409,
    });
    expect((await post(`/onboardings/${reference}/withdrawal`, {})).body['errors']).toMatchObject([
      { pointer: '/reason', code: 'missing' },
    ]);
    expect((await post(`/onboardings/${reference}/withdrawal`, reason)).body).toMatchObject({
      stage: 'CLOSED',
      ball: 'nobody',
    });
    expect((await api.send('GET', `/onboardings/${reference}`)).body).toMatchObject({
      outcome: 'WITHDRAWN',
      because: { code: 'WITHDRAWN', text: 'The onboarding was withdrawn.' },
      until: null,
    });
    for (const [path, body] of [
      ['withdrawal', reason],
      ['invitation', reason],
      ['resumption', reason],
      ['cutover', { result: 'done' }],
      ['answers', plainAnswers],
    ] as const) {
      expect(await post(`/onboardings/${reference}/${path}`, body)).toMatchObject({
        status: 409,
        body: { code: 'onboarding_closed' },
      });
    }
  });

  it('answers 410 when a hold has expired', async () => {
    const reference = await api.start({ siren: '999001720' });
    await post(`/onboardings/${reference}/answers`, plainAnswers);
    await api.runtime.clock.settled();
    const { state, booking } = await api.runtime.store.onboardings.now(reference);
    expect(state.stage).toBe('WAVE_HELD');
    const late = new Date(Date.parse(booking?.holdUntil ?? '') + 1);
    const { app: later } = apiOver({ ...api.dependencies, clock: { now: () => late } });
    const answer = await later.request(`/api/onboardings/${reference}/wave-confirmation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenWith()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ decision: 'confirm' }),
    });
    expect(answer.status).toBe(410);
    expect(await answer.json()).toMatchObject({ code: 'hold_expired' });
  });
});

describe('starting an onboarding', () => {
  const started = (body: unknown, key: string, token?: string) =>
    api.send('POST', '/onboardings', {
      body,
      headers: { 'idempotency-key': key },
      ...(token === undefined ? {} : { token }),
    });

  it('returns the same response to the same request, however its fields are written', async () => {
    const first = await started({ ...intake, siren: '999005234' }, 'same');
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toBe(`/api/onboardings/${first.body['reference']}`);
    const reordered = Object.fromEntries(Object.entries({ ...intake, siren: '999 005 234' }).toReversed());
    const second = await started(reordered, 'same');
    expect(second).toMatchObject({ status: 201, text: first.text });
    const parallel = await Promise.all(
      [1, 2, 3].map(() => started({ ...intake, siren: '999005234' }, 'same')),
    );
    expect(parallel.map(({ text }) => text)).toEqual([first.text, first.text, first.text]);
  });

  it('refuses the same key for something else, and keeps the keys of clients apart', async () => {
    await started({ ...intake, siren: '999005507' }, 'shared');
    expect(await started({ ...intake, siren: '999002801' }, 'shared')).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
    const other = await tokenWith({ client: 'other-crm' });
    expect(await started({ ...intake, siren: '999002801' }, 'shared', other)).toMatchObject({ status: 201 });
  });

  it('names the onboarding in progress for the SIREN', async () => {
    const first = await started({ ...intake, siren: '999002538' }, 'under-way');
    expect(await started({ ...intake, siren: '999002538' }, 'another')).toMatchObject({
      status: 409,
      body: { code: 'active_onboarding_exists', reference: first.body['reference'] },
    });
  });

  it('runs one onboarding for each scope, and lists those in progress when one of the scope exists', async () => {
    const siren = '999007404';
    const whole = await started({ ...intake, siren }, 'whole');
    const south = await started({ ...intake, siren, scope: 'Île du Sud' }, 'south');
    expect([whole.status, south.status]).toEqual([201, 201]);
    const activeScopes = [
      { scope: null, reference: whole.body['reference'] },
      { scope: 'Île du Sud', reference: south.body['reference'] },
    ];
    const again = await started({ ...intake, siren, scope: 'ILE DU SUD' }, 'south-again');
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'active_onboarding_exists', reference: south.body['reference'], activeScopes },
    });
    expect(again.body['detail']).toContain(`Île du Sud (${south.body['reference']})`);
    expect(again.body['detail']).toContain(`the whole organisation (${whole.body['reference']})`);
    const shown = await api.send('GET', `/onboardings/${south.body['reference']}`);
    expect(shown.body).toMatchObject({ legalName: intake.legalName, scope: 'Île du Sud' });
    const found = await api.send('GET', `/onboardings?q=${siren}`);
    expect(found.body).toMatchObject({ items: [{ scope: null }, { scope: 'Île du Sud' }] });
  });

  it.each([{}, { 'idempotency-key': ' ' }, { 'idempotency-key': 'x'.repeat(256) }])(
    'asks for an idempotency key: %j',
    async (headers) => {
      const answer = await api.send('POST', '/onboardings', { body: intake, headers });
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'idempotency_key_missing', errors: [{ pointer: '/Idempotency-Key' }] },
      });
      expect(answer.body['detail']).toContain('Idempotency-Key');
    },
  );

  it('reports every field to correct with one pointer, and repeats no value', async () => {
    const answer = await started(
      { ...intake, siren: '999000103', legalName: '', services: ['fax'], 'a/b~c': 1, canary: 'TAKEN-7' },
      'wrong',
    );
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
    expect(answer.body['errors']).toMatchObject([
      { pointer: '/a~1b~0c', code: 'unknown_field' },
      { pointer: '/canary', code: 'unknown_field' },
      { pointer: '/siren', code: 'wrong_check_digit' },
      { pointer: '/legalName', code: 'missing' },
      { pointer: '/services', code: 'unknown_option' },
    ]);
    expect(answer.text).not.toContain('TAKEN-7');
    const whole = await started([], 'whole');
    expect(whole.body['errors']).toMatchObject([{ pointer: '', code: 'not_an_object' }]);
  });

  it('reports at most a hundred problems', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field-${index}`, index]));
    const answer = await started(many, 'many');
    expect(z.array(z.unknown()).parse(answer.body['errors'])).toHaveLength(100);
  });
});
