import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { sirens } from '../../support/canaries.ts';
import { classified } from '../../support/journeys.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { intake, startApiUnderTest, tokenOf } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

const approval = z.object({ id: z.string(), kind: z.string(), by: z.unknown(), until: z.string() });
const decision = { kind: 'confirmation', decision: 'override', reason: 'Checked by telephone' } as const;
let started = 0;

async function refusedByRules(): Promise<string> {
  started += 1;
  const reference = await api.start({ siren: sirens[started] ?? '' });
  await submitAnswers(
    api.runtime,
    reference,
    { ...plainAnswers, ...classified },
    { kind: 'customer', id: 'c' },
  );
  await api.runtime.clock.settled();
  return reference;
}

async function asked() {
  const reference = await refusedByRules();
  const answer = await api.send('POST', `/onboardings/${reference}/reviews`, {
    body: { ...decision, approval: true },
  });
  expect(answer.status).toBe(202);
  return { reference, ...approval.parse(answer.body['approval']) };
}

function answer(id: string, token: string, said: 'approve' | 'decline' = 'approve') {
  return api.send('POST', `/approvals/${id}`, { token, body: { decision: said, reason: 'Agreed' } });
}

describe('a decision that takes two people', () => {
  it('is refused to a client, then stored as a request, once for the same request', async () => {
    const reference = await refusedByRules();
    const path = `/onboardings/${reference}/reviews`;
    const refused = await api.send('POST', path, { body: decision });
    expect(refused).toMatchObject({ status: 409, body: { code: 'approval_needed' } });
    expect(refused.body['detail']).toContain('"approval": true');
    const [one, other] = [
      await api.send('POST', path, { body: { ...decision, approval: true } }),
      await api.send('POST', path, { body: { ...decision, approval: true } }),
    ];
    expect(one).toMatchObject({
      status: 202,
      body: {
        reference,
        stage: 'IN_REVIEW',
        approval: { kind: 'override', by: { kind: 'machine', id: 'demo-crm' } },
      },
    });
    expect(other.body['approval']).toEqual(one.body['approval']);
    const shown = await api.send('GET', `/onboardings/${reference}`);
    expect(shown.body).toMatchObject({
      review: { decisions: ['confirm', 'override'], forTwo: ['override'] },
      approval: one.body['approval'],
    });
    const list = await api.send('GET', '/approvals');
    expect(list.body['items']).toMatchObject([{ reference, legalName: intake.legalName }]);
  });

  it('is carried out when an operator agrees with a token of their own, also when told twice', async () => {
    const { reference, id } = await asked();
    const ada = await tokenOf('ada', 'operator');
    expect((await answer(id, ada)).status).toBe(200);
    await api.runtime.clock.settled();
    expect((await answer(id, ada)).body).toMatchObject({ reference, stage: 'WAVE_HELD' });
    expect(await answer(id, ada, 'decline')).toMatchObject({
      status: 409,
      body: { code: 'already_decided' },
    });
    const { body } = await api.send('GET', `/onboardings/${reference}`);
    const timeline = z.array(z.object({ type: z.string(), who: z.unknown() })).parse(body['timeline']);
    expect(timeline.find(({ type }) => type === 'APPROVAL_GIVEN')?.who).toEqual({
      kind: 'operator',
      id: 'ada',
    });
  });

  it('is not agreed to by a client, by sales, nor by the person who asked on the pages', async () => {
    const { reference, id } = await asked();
    const approveAs = async (token: string) => (await answer(id, token)).body['code'];
    expect(
      (await api.send('POST', `/approvals/${id}`, { body: { decision: 'approve', reason: 'x' } })).body,
    ).toMatchObject({
      status: 403,
      code: 'operator_required',
    });
    expect(await approveAs(await tokenOf('bob', 'sales'))).toBe('operator_required');
    const { store } = api.runtime;
    await store.onboardings.change<void>(reference, async ({ approval: waiting }) => ({
      result: undefined,
      change: {
        event: { type: 'RESUMED', actor: { kind: 'operator', id: 'ada' } },
        effects:
          waiting === undefined
            ? []
            : [{ kind: 'put_approval', approval: { ...waiting, by: { kind: 'operator', id: 'ada' } } }],
      },
    }));
    expect(await answer(id, await tokenOf('ada', 'operator'))).toMatchObject({
      status: 403,
      body: { code: 'own_request' },
    });
    expect((await answer(id, await tokenOf('eve', 'operator'), 'decline')).status).toBe(200);
    expect((await api.send('GET', `/onboardings/${reference}`)).body['approval']).toBeNull();
  });

  it.each(['K7F4-M3XJ-2', 'nonsense'])('is not found under %s', async (id) => {
    const found = await answer(id, await tokenOf('ada', 'operator'));
    expect(found).toMatchObject({ status: 404, body: { code: 'approval_not_found' } });
  });
});
