import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPlainLine, isPlainText } from '../../../functions/domain/input/plain-text.ts';
import { plainLine, plainText } from '../../../functions/web/api/schemas/plain-values.ts';
import { evidence } from '../../support/evidence.ts';
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
    ['group', null],
    ['owner', null],
    ['usersInScope', null],
    ['usersInScope', true],
    ['earliestDate', 20270201],
    ['legalName', null],
    ['legalName', ''],
  ])('refuses the %s %j, as described', async (field, value) => {
    const described = api.contract.problemsWith('#/components/schemas/Intake', { ...intake, [field]: value });
    expect(described).toHaveLength(1);
    const answer = await start({ [field]: value });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: `/${field}` }] } });
    expect(answer.body['errors']).toHaveLength(1);
  });

  it('is told to leave out fields without a value', async () => {
    expect(await start({ group: null })).toMatchObject({
      body: {
        errors: [
          { pointer: '/group', code: 'empty', detail: expect.stringContaining('leave this field out') },
        ],
      },
    });
  });

  it.each([
    ['siren', '000000000', 'unassigned'],
    ['earliestDate', '0000-01-01', 'not_a_date'],
    ['latestDate', '2026-11-22', 'past'],
  ])('refuses a %s of %s', async (field, value, code) => {
    const reason = field === 'latestDate' ? { deadlineReason: 'contract_end' } : {};
    expect(await start({ siren: '999002801', [field]: value, ...reason })).toMatchObject({
      status: 422,
      body: { code: 'invalid_input', errors: [{ pointer: `/${field}`, code }] },
    });
  });

  it('accepts today as its date, and a repeated request gets the same response after that day', async () => {
    const body = { ...intake, siren: '999005507', latestDate: '2026-11-23', deadlineReason: 'contract_end' };
    const send = () =>
      api.send('POST', '/onboardings', { body, headers: { 'idempotency-key': 'due-today' } });
    const first = await send();
    expect(first.status).toBe(201);
    await api.runtime.clock.jumpTo(new Date('2026-11-25T08:00:00Z'));
    expect(await send()).toMatchObject({ status: 201, text: first.text });
  });

  it('accepts spaces in numbers, and trims names', async () => {
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

describe('a text in JSON', () => {
  const sentence = (body: object) => api.send('POST', '/onboardings/K7F4-M3XJ/withdrawal', { body });

  it.each(['A\ud800B', 'A\u202eB', 'A\u2067B', 'A\u0000B'])(
    'as %j is refused wherever a person writes',
    async (text) => {
      // Names lose what turns the writing direction, with all that does not show.
      const turns = /\p{Cf}/u.test(text);
      for (const field of turns ? [] : ['legalName', 'contactName', 'group']) {
        expect(await start({ [field]: text })).toMatchObject({
          status: 422,
          body: { errors: [{ pointer: `/${field}`, code: 'not_text' }] },
        });
      }
      expect(await sentence({ reason: text })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/reason', code: 'not_plain_text' }] },
      });
      const path = '/onboardings/K7F4-M3XJ/conditions/DR_PATH/clearance';
      expect(
        await api.send('POST', path, { body: { evidence: { ...evidence, title: text } } }),
      ).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/evidence/title', code: 'not_plain_text' }] },
      });
    },
  );

  it('accepts line breaks in a reason, as described', async () => {
    expect(await sentence({ reason: 'First.\nSecond.' })).toMatchObject({ status: 404 });
    const refused = await sentence({ reason: 'a\u0000b' });
    expect(refused.text).toContain('Line breaks are allowed');
    expect(refused.text).not.toContain('single line');
    expect((await sentence({ reason: 12 })).text).not.toContain('single line');
  });

  it('is described by patterns equal to the rules of the domain, with and without Unicode', () => {
    const characters = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code));
    const whole = characters.filter((character) => character.isWellFormed());
    for (const flags of ['', 'u']) {
      const [line, text] = [new RegExp(plainLine, flags), new RegExp(plainText, flags)];
      expect(whole.filter((character) => line.test(character) !== isPlainLine(character))).toEqual([]);
      expect(whole.filter((character) => text.test(character) !== isPlainText(character))).toEqual([]);
    }
  });

  it('refuses the start that would make an organisation a parent of its own', async () => {
    expect(await start({ siren: '999002801', parentSiren: '999004153' })).toMatchObject({ status: 201 });
    expect(await start({ siren: '999004153', parentSiren: '999002801' })).toMatchObject({
      status: 422,
      body: { code: 'invalid_input', errors: [{ pointer: '/parentSiren', code: 'closes_a_ring' }] },
    });
  });
});
