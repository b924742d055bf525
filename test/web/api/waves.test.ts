import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

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

  it('changes a wave by named transitions, and shows its gates', async () => {
    const id = 'sud-2027-06-29';
    expect((await patch(id, { capacity, transition: 'freeze' })).body).toMatchObject({
      state: 'FROZEN',
      capacity,
    });
    expect(await patch(id, { transition: 'freeze' })).toMatchObject({
      status: 409,
      body: { code: 'wave_change_refused' },
    });
    for (const cutover of ['2027-07-14', '2036-03-04']) {
      expect(await patch('sud-2027-06-01', { cutover })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/cutover' }] },
      });
    }
    expect(await patch('sud-2027-06-01', { cutover: '2027-06-29' })).toMatchObject({ status: 409 });
    expect((await patch('sud-2027-06-01', { cutover: '2027-06-02' })).body).toMatchObject({
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
      status: 201,
      body: { bookableUntil: '2026-10-27' },
    });
  });

  it('changes neither the capacity nor the date of a wave that is over', async () => {
    const id = 'sud-2027-11-16';
    await patch(id, { transition: 'cancel' });
    for (const change of [{ capacity }, { cutover: '2027-11-17' }]) {
      expect(await patch(id, change)).toMatchObject({ status: 409, body: { code: 'wave_change_refused' } });
    }
  });

  it('frees the day of a wave that was moved or cancelled, and of no other', async () => {
    const days = { site: 'sud', kind: 'MIGRATION', capacity } as const;
    const add = (cutover: string) => api.send('POST', '/waves', { body: { ...days, cutover } });
    expect((await add('2027-10-05')).body).toMatchObject({ id: 'sud-2027-10-05' });
    expect((await patch('sud-2027-10-05', { cutover: '2027-10-06' })).status).toBe(200);
    const again = await add('2027-10-05');
    expect(again).toMatchObject({ status: 201, body: { id: 'sud-2027-10-05-2', cutover: '2027-10-05' } });
    expect((await api.send('GET', '/waves/sud-2027-10-05-2')).body).toMatchObject({ cutover: '2027-10-05' });
    expect([(await add('2027-10-05')).status, (await add('2027-10-06')).status]).toEqual([409, 409]);
    await patch('sud-2027-10-05', { transition: 'cancel' });
    expect((await add('2027-10-06')).body).toMatchObject({ id: 'sud-2027-10-06' });
  });

  it('cancels a wave with bookings only when the request confirms it', async () => {
    const reference = await api.start();
    await api.send('POST', `/onboardings/${reference}/answers`, { body: plainAnswers });
    await api.runtime.clock.settled();
    const { booking } = await api.runtime.store.onboardings.now(reference);
    const id = z.string().parse(booking?.wave);
    expect((await api.send('GET', `/waves/${id}`)).body).toMatchObject({ onboardings: [reference] });
    for (const [change, pointer] of [
      [{ capacity: { customers: 0, points: 0, complex: 0 } }, '/capacity'],
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
    expect(await patch(id, { transition: 'cancel', moveBooked: true })).toMatchObject({
      status: 200,
      body: { state: 'CANCELLED', booked: { customers: 0, points: 0, complex: 0 } },
    });
    await api.runtime.clock.settled();
    expect((await api.runtime.store.onboardings.now(reference)).booking?.wave).not.toBe(id);
  });
});
