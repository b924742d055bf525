import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

const reason = 'A second team';
const capacity = { customers: 3, points: 60, complex: 1 };
const wave = { site: 'paris', kind: 'MIGRATION', cutover: '2027-03-23', capacity };

function patch(id: string, body: unknown) {
  return api.send('PATCH', `/waves/${id}`, { body });
}

describe('the calendar over the API', () => {
  it('lists waves by date, site, kind and state', async () => {
    const list = async (query: string) =>
      z
        .object({ items: z.array(z.object({ id: z.string(), site: z.string(), cutover: z.string() })) })
        .parse((await api.send('GET', `/waves${query}`)).body).items;
    const every = await list('');
    expect(every.map(({ cutover }) => cutover)).toEqual(every.map(({ cutover }) => cutover).toSorted());
    expect((await list('?site=sud')).every(({ site }) => site === 'sud')).toBe(true);
    expect((await list('?kind=PILOT')).map(({ id }) => id)).toEqual(['paris-2027-02-09', 'sud-2027-02-09']);
    expect(await list('?state=DONE')).toEqual([]);
    expect(await list('?site=mars')).toEqual([]);
    const spring = await list('?site=sud&from=2027-04-06&to=2027-05-04');
    expect(spring.map(({ cutover }) => cutover)).toEqual(['2027-04-06', '2027-05-04']);
    expect((await api.send('GET', '/waves?from=2027-02-30')).status).toBe(400);
  });

  it('adds a wave once, at a valid date and a known site', async () => {
    const made = await api.send('POST', '/waves', { body: wave });
    expect(made).toMatchObject({ status: 201, body: { id: 'paris-2027-03-23', state: 'OPEN' } });
    expect(made.headers.get('location')).toBe('/api/waves/paris-2027-03-23');
    const refused = { status: 409, body: { code: 'wave_change_refused', errors: [{ pointer: '/cutover' }] } };
    const first = { ...wave, cutover: '2026-12-03' };
    expect(await api.send('POST', '/waves', { body: first })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/kind' }] },
    });
    expect(await api.send('POST', '/waves', { body: wave })).toMatchObject(refused);
    for (const [change, pointer] of [
      [{ cutover: '2027-07-14' }, '/cutover'],
      [{ cutover: '2027-12-24' }, '/cutover'],
      [{ cutover: '2036-03-04' }, '/cutover'],
      [{ cutover: '9999-12-31', kind: 'PREPARATION' }, '/cutover'],
      [{ site: 'mars' }, '/site'],
    ] as const) {
      expect(await api.send('POST', '/waves', { body: { ...wave, ...change } })).toMatchObject({
        status: 422,
        body: { code: 'invalid_input', errors: [{ pointer }] },
      });
    }
    const wrong = { ...wave, kind: 'TEA', capacity: { customers: -1, points: 1.5 } };
    expect((await api.send('POST', '/waves', { body: wrong })).body['errors']).toMatchObject([
      { pointer: '/kind', code: 'unknown_option' },
      { pointer: '/capacity/customers', code: 'negative' },
      { pointer: '/capacity/points', code: 'not_an_integer' },
      { pointer: '/capacity/complex', code: 'missing' },
    ]);
  });

  it('lets a wave grow by more than half only with a reason, wherever it is asked for', async () => {
    const large = { ...capacity, points: 271 };
    const refused = {
      status: 409,
      body: { code: 'wave_change_refused', errors: [{ pointer: '/growthReason', code: 'refused' }] },
    };
    const made = { ...wave, site: 'sud', cutover: '2027-06-15', capacity: large };
    const answer = await api.send('POST', '/waves', { body: made });
    expect(answer).toMatchObject(refused);
    expect(answer.body['detail']).toContain('271 effort points');
    const change = { capacity: { ...large, points: 301 }, reason };
    expect(await patch('sud-2027-10-19', change)).toMatchObject(refused);
    const series = { sites: ['sud'], kind: 'MIGRATION', from: '2027-06-15', everyWeeks: 4, count: 1 };
    const report = await api.send('POST', '/waves/series', { body: { ...series, capacity: large } });
    expect(report.body).toMatchObject({ created: 0, items: [{ outcome: 'excluded' }] });
    const growthReason = 'Two teams since March';
    expect((await patch('sud-2027-10-19', { ...change, growthReason })).status).toBe(200);
    const { body } = await api.send('GET', '/waves/sud-2027-10-19');
    expect(body['history']).toMatchObject([{ reason, growthReason }, { growthReason: null }]);
    expect((await patch('sud-2027-10-19', { growthReason: '' })).status).toBe(422);
  });

  it('changes a wave by named transitions, and shows its gates', async () => {
    const id = 'sud-2027-06-29';
    expect((await patch(id, { capacity, transition: 'freeze', reason })).body).toMatchObject({
      state: 'FROZEN',
      capacity,
    });
    expect(await patch(id, { transition: 'freeze', reason })).toMatchObject({
      status: 409,
      body: { code: 'wave_change_refused' },
    });
    for (const cutover of ['2027-07-14', '2036-03-04']) {
      expect(await patch('sud-2027-06-01', { cutover })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/cutover' }] },
      });
    }
    expect(await patch('sud-2027-06-01', { cutover: '2027-06-29', reason })).toMatchObject({ status: 409 });
    expect((await patch('sud-2027-06-01', { cutover: '2027-06-02', reason })).body).toMatchObject({
      cutover: '2027-06-02',
    });
    const shown = await api.send('GET', `/waves/${id}`);
    expect(shown.body).toMatchObject({ id, state: 'FROZEN', onboardings: [] });
    expect(shown.body['gates']).toContainEqual({
      code: 'GO_NO_GO',
      date: '2027-06-28',
      label: 'Go/no-go decision',
    });
  });

  it('refuses a past date, and shows until when a near one can be booked', async () => {
    const wrong = { status: 422, body: { errors: [{ pointer: '/cutover', code: 'in_the_past' }] } };
    for (const past of [{ cutover: '2026-11-22' }, { cutover: '2023-01-09', kind: 'PREPARATION' }]) {
      expect(await api.send('POST', '/waves', { body: { ...wave, ...past } })).toMatchObject(wrong);
    }
    expect(await patch('sud-2027-09-21', { cutover: '2026-11-22' })).toMatchObject(wrong);
    const both = await api.send('POST', '/waves', { body: { ...wave, site: 'mars', cutover: '2026-11-22' } });
    expect(both.body['errors']).toMatchObject([{ pointer: '/site' }, { pointer: '/cutover' }]);
    const near = { ...wave, kind: 'PILOT', cutover: '2026-12-01' };
    expect(await api.send('POST', '/waves', { body: near })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/cutover', code: 'too_near' }] },
    });
    expect(await api.send('POST', '/waves', { body: { ...near, state: 'PLANNED' } })).toMatchObject({
      status: 201,
      body: { bookableUntil: '2026-10-27' },
    });
  });

  it('changes neither the capacity nor the date of a wave that is over', async () => {
    const id = 'sud-2027-11-16';
    await patch(id, { transition: 'cancel', reason });
    for (const change of [{ capacity }, { cutover: '2027-11-17' }]) {
      expect(await patch(id, change)).toMatchObject({ status: 409, body: { code: 'wave_change_refused' } });
    }
  });

  it('frees the day of a wave that was moved or cancelled, and of no other', async () => {
    const days = { site: 'sud', kind: 'MIGRATION', capacity } as const;
    const add = (cutover: string) => api.send('POST', '/waves', { body: { ...days, cutover } });
    expect((await add('2027-10-05')).body).toMatchObject({ id: 'sud-2027-10-05' });
    expect((await patch('sud-2027-10-05', { cutover: '2027-10-06', reason })).status).toBe(200);
    const again = await add('2027-10-05');
    expect(again).toMatchObject({ status: 201, body: { id: 'sud-2027-10-05-2', cutover: '2027-10-05' } });
    expect((await api.send('GET', '/waves/sud-2027-10-05-2')).body).toMatchObject({ cutover: '2027-10-05' });
    expect([(await add('2027-10-05')).status, (await add('2027-10-06')).status]).toEqual([409, 409]);
    await patch('sud-2027-10-05', { transition: 'cancel', reason });
    expect((await add('2027-10-06')).body).toMatchObject({ id: 'sud-2027-10-06' });
  });

  it('changes a wave only from the version that If-Match names, and tells who changed it and why', async () => {
    const id = 'sud-2027-04-06';
    const shown = await api.send('GET', `/waves/${id}`);
    const etag = shown.headers.get('etag') ?? '';
    expect([etag, shown.body['version']]).toEqual(['"1"', 1]);
    const change = { body: { capacity, reason }, headers: { 'if-match': etag } };
    const changed = await api.send('PATCH', `/waves/${id}`, change);
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    for (const stale of [etag, '"x"', 'x']) {
      const headers = { 'if-match': stale };
      expect(
        await api.send('PATCH', `/waves/${id}`, { body: { transition: 'freeze', reason }, headers }),
      ).toMatchObject({ status: 412, body: { code: 'wave_changed' } });
    }
    expect(
      (
        await api.send('PATCH', `/waves/${id}`, {
          body: { transition: 'freeze', reason },
          headers: { 'if-match': '*' },
        })
      ).status,
    ).toBe(200);
    const { body } = await api.send('GET', `/waves/${id}`);
    expect(body['history']).toMatchObject([
      { version: 3, reason, before: { state: 'OPEN' }, after: { state: 'FROZEN' } },
      { version: 2, actor: { kind: 'machine', id: 'demo-crm' }, reason, after: { capacity } },
      { version: 1, actor: { kind: 'system' }, reason: null, before: null },
    ]);
  });

  it('asks for a reason where customers or the wave lose something, and for room where it is open', async () => {
    const id = 'sud-2027-05-04';
    const less = { customers: 1, points: 130, complex: 3 };
    for (const change of [
      { transition: 'freeze' },
      { transition: 'cancel' },
      { cutover: '2027-05-05' },
      { capacity: less },
    ]) {
      expect(await patch(id, change)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/reason', code: 'missing' }] },
      });
    }
    expect((await patch(id, { capacity: { customers: 9, points: 130, complex: 9 } })).status).toBe(200);
    expect(await patch(id, { capacity: { customers: 0, points: 0, complex: 0 }, reason })).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: '/capacity/customers', code: 'empty_wave' }, { pointer: '/capacity/points' }],
      },
    });
    const none = { ...wave, cutover: '2027-05-11', capacity: { ...capacity, points: 0 } };
    expect(await api.send('POST', '/waves', { body: none })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/capacity/points' }] },
    });
    expect((await api.send('POST', '/waves', { body: { ...none, state: 'PLANNED' } })).status).toBe(201);
    expect(await patch('paris-2027-05-11', { transition: 'open' })).toMatchObject({ status: 422 });
  });

  it('adds a series once, however often it is asked for, and says why dates are left out', async () => {
    const body = {
      ...{ sites: ['paris', 'sud'], kind: 'MIGRATION', from: '2028-06-27', everyWeeks: 1, count: 4 },
      template: 'paris-2027-11-16',
    };
    const planned = await api.send('POST', '/waves/series', { body: { ...body, dryRun: true } });
    expect(planned).toMatchObject({ status: 200, body: { created: 0 } });
    const items = z.array(z.object({ id: z.string(), outcome: z.string(), reason: z.string().nullable() }));
    const outcomes = (answer: typeof planned) =>
      items.parse(answer.body['items']).map(({ outcome }) => outcome);
    expect(outcomes(planned)).toEqual([...Array(4).fill('planned'), ...Array(4).fill('excluded')]);
    expect(items.parse(planned.body['items'])[4]?.reason).toContain('platform freeze');
    const headers = { 'idempotency-key': 'series' };
    expect(await api.send('POST', '/waves/series', { body, headers })).toMatchObject({
      body: { created: 4 },
    });
    const shown = await api.runtime.store.waves.get('sud', 'sud-2028-07-04');
    expect(shown.capacity).toEqual({ customers: 12, points: 240, complex: 6 });
    for (const again of [headers, {}]) {
      const repeated = await api.send('POST', '/waves/series', { body, headers: again });
      expect([repeated.body['created'], outcomes(repeated)]).toEqual([
        0,
        [...Array(4).fill('existing'), ...Array(4).fill('excluded')],
      ]);
    }
    for (const [change, pointer] of [
      [{ count: 31 }, '/count'],
      [{ everyWeeks: 0 }, '/everyWeeks'],
      [{ template: undefined }, '/capacity'],
      [{ capacity }, '/capacity'],
      [{ sites: [] }, '/sites'],
    ] as const) {
      expect(await api.send('POST', '/waves/series', { body: { ...body, ...change } })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer }] },
      });
    }
    const unknown = { ...body, template: 'mars-2027-03-09' };
    expect(await api.send('POST', '/waves/series', { body: unknown })).toMatchObject({ status: 404 });
  });

  it('cancels a wave with bookings only when the request confirms it', async () => {
    const reference = await api.start();
    await api.send('POST', `/onboardings/${reference}/answers`, { body: plainAnswers });
    await api.runtime.clock.settled();
    const { booking } = await api.runtime.store.onboardings.now(reference);
    const id = z.string().parse(booking?.wave);
    expect((await api.send('GET', `/waves/${id}`)).body).toMatchObject({ onboardings: [reference] });
    for (const [change, pointer] of [
      [{ capacity: { customers: 0, points: 0, complex: 0 } }, '/capacity/customers'],
      [{ cutover: '2027-03-30' }, '/cutover'],
      [{ transition: 'cancel' }, '/moveBooked'],
    ] as const) {
      expect(await patch(id, change)).toMatchObject({
        status: 409,
        body: {
          code: 'wave_change_refused',
          detail: expect.stringContaining(reference),
          errors: [{ pointer }],
        },
      });
    }
    const early = await patch(id, { transition: 'start' });
    expect(early).toMatchObject({ status: 409, body: { errors: [{ pointer: '/transition' }] } });
    expect((await patch(id, { transition: 'finish' })).body['errors']).toMatchObject([
      { pointer: '/transition' },
    ]);
    expect(await patch(id, { transition: 'cancel', moveBooked: true, reason })).toMatchObject({
      status: 200,
      body: { state: 'CANCELLED', booked: { customers: 0, points: 0, complex: 0 } },
    });
    await api.runtime.clock.settled();
    expect((await api.runtime.store.onboardings.now(reference)).booking?.wave).not.toBe(id);
  });
});

describe('a calendar of its own', () => {
  let own: Api;
  beforeAll(async () => {
    own = await startApiUnderTest();
  });
  afterAll(() => own.runtime.close());
  const change = (id: string, body: unknown) => own.send('PATCH', `/waves/${id}`, { body });

  it('opens no wave without room again that was emptied while it was frozen', async () => {
    const frozen = 'sud-2027-10-19';
    expect((await change(frozen, { transition: 'freeze', reason })).status).toBe(200);
    const zero = { capacity: { customers: 0, points: 0, complex: 0 }, reason };
    expect((await change(frozen, zero)).status).toBe(200);
    expect(await change(frozen, { transition: 'reopen' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/capacity/customers' }, { pointer: '/capacity/points' }] },
    });
    const room = { capacity: { customers: 10, points: 200, complex: 5 }, reason };
    expect((await change(frozen, room)).status).toBe(200);
    expect((await change(frozen, { transition: 'reopen' })).status).toBe(200);
  });

  it('keeps a pilot as the first wave of its site, when its date is changed too', async () => {
    expect(await change('sud-2027-02-09', { cutover: '2027-05-12', reason })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('pilot wave'), errors: [{ pointer: '/cutover' }] },
    });
    expect((await change('sud-2027-02-09', { cutover: '2027-02-16', reason })).status).toBe(200);
  });
});

describe('the points that a wave keeps for large customers', () => {
  const id = 'paris-2027-05-04';
  async function seen(platform = samplePlatform) {
    const own = await startApiUnderTest({ platform });
    try {
      const [one, all] = [await own.send('GET', `/waves/${id}`), await own.send('GET', '/waves')];
      return { one: one.body, all: all.body };
    } finally {
      await own.runtime.close();
    }
  }

  it('are shown in the calendar and with the wave', async () => {
    const { one, all } = await seen({ ...samplePlatform, largeShare: 30 });
    const keptForLarge = { points: 39, left: 91, until: '2027-03-05' };
    expect(one).toMatchObject({ id, keptForLarge });
    expect(all).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id, keptForLarge })]),
    });
  });

  it('are none where the policy is off', async () => {
    expect((await seen()).one).toMatchObject({ keptForLarge: null });
  });
});
