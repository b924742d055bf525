import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intake, startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

let keys = 0;
const start = (fields: object) => {
  keys += 1;
  const headers = { 'idempotency-key': `prospect-${keys}` };
  return api.send('POST', '/onboardings', { body: { ...intake, ...fields }, headers });
};

describe('a prospect in JSON', () => {
  it.each([
    ['siren', 999000102],
    ['parentSiren', 999004153],
    ['services', 'exchange|teams'],
    ['services', 'exchange'],
    ['usersInScope', '1 200'],
    ['usersInScope', '1200'],
    ['serversInScope', ''],
    ['bodyType', ' company '],
    ['language', ' fr'],
    ['language', ''],
    ['earliestDate', ' 2027-02-01 '],
    ['earliestDate', ''],
    ['deadlineReason', ''],
    ['team', ' sales '],
    ['group', null],
    ['group', ''],
    ['owner', null],
    ['legalName', null],
  ])('has no %s of %j, as it is described', async (field, value) => {
    const described = api.contract.problemsWith('#/components/schemas/Intake', { ...intake, [field]: value });
    expect(described).toHaveLength(1);
    const answer = await start({ [field]: value });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: `/${field}` }] } });
    expect(answer.body['errors']).toHaveLength(1);
  });

  it('is told to leave out what it has no value for', async () => {
    expect(await start({ group: null })).toMatchObject({
      body: { errors: [{ code: 'empty', detail: expect.stringContaining('leave this field out') }] },
    });
  });

  it('may space its numbers as people do, and its names are trimmed', async () => {
    const fields = {
      siren: '999\u00a0005 234',
      parentSiren: '999.004.153',
      legalName: ' Direction fictive ',
    };
    expect(api.contract.problemsWith('#/components/schemas/Intake', { ...intake, ...fields })).toEqual([]);
    const { body } = await start(fields);
    const shown = await api.send('GET', `/onboardings/${body['reference']}`);
    expect(shown.body).toMatchObject({ siren: '999005234', legalName: 'Direction fictive' });
  });
});
