import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { startApiUnderTest, tokenWith } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
  const farida = { subject: 'farida', name: 'Farida', mail: 'farida@platform.example' };
  const { store, clock } = api.runtime;
  await store.staff.signedIn({ ...farida, roles: ['operator'] }, clock.now());
});
afterAll(() => api.runtime.close());

const wave = '/waves/paris-2027-03-09';
const patch = (gate: string, body: unknown, path = wave) =>
  api.send('PATCH', `${path}/tasks/${gate}`, { body });
const tasks = async () =>
  z.array(z.record(z.string(), z.unknown())).parse((await api.send('GET', wave)).body['tasks']);

it('shows the tasks of a wave by date, and changes one', async () => {
  expect(await tasks()).toHaveLength(8);
  expect((await tasks())[1]).toEqual({
    ...{ code: 'FIRST_MEETING', due: '2027-02-09', state: 'open', owner: null },
    ...{ doneAt: null, note: null, version: 0 },
  });
  const asked = { owner: 'Farida@platform.example', done: true, note: 'Minutes sent', version: 0 };
  const changed = await patch('FIRST_MEETING', asked);
  expect(changed).toMatchObject({
    status: 200,
    body: {
      ...{ state: 'done', owner: { name: 'Farida', mail: 'farida@platform.example' }, version: 1 },
      ...{ doneAt: '2026-11-23T08:00:00.000Z', note: 'Minutes sent' },
    },
  });
  expect((await tasks())[1]).toEqual(changed.body);
  expect((await patch('FIRST_MEETING', asked)).body).toEqual(changed.body);
  const opened = await patch('FIRST_MEETING', { owner: null, done: false, note: null });
  expect(opened.body).toMatchObject({ state: 'open', owner: null, doneAt: null, note: null, version: 2 });
  const preparation = await api.send('GET', '/waves/prep-paris-2027-01-11');
  expect(preparation.body['tasks']).toEqual([]);
});

it('refuses what the page refuses, and names the field', async () => {
  const problems = { status: 422, body: { code: 'invalid_input' } };
  const wrong = await patch('SCHEDULE', { owner: 'nobody@platform.example', note: 'x'.repeat(501) });
  expect(wrong).toMatchObject({
    ...problems,
    body: {
      errors: [
        { pointer: '/owner', code: 'unknown_owner' },
        { pointer: '/note', code: 'too_long' },
      ],
    },
  });
  expect(await patch('CUTOVER', { done: true })).toMatchObject({
    ...problems,
    body: { errors: [{ pointer: '/done', code: 'not_expected' }] },
  });
  expect(await patch('SCHEDULE', { done: 'yes' })).toMatchObject({
    body: { errors: [{ pointer: '/done' }] },
  });
  await patch('SCHEDULE', { note: 'First' });
  expect(await patch('SCHEDULE', { note: 'Second', version: 0 })).toMatchObject({
    status: 409,
    body: { code: 'task_changed' },
  });
  expect(await patch('TEA', {})).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
  expect(await patch('SCHEDULE', {}, '/waves/prep-paris-2027-01-11')).toMatchObject({
    status: 404,
    body: { code: 'task_not_found' },
  });
  expect(await patch('SCHEDULE', {}, '/waves/paris-2027-03-10')).toMatchObject({
    body: { code: 'wave_not_found' },
  });
  const reading = await tokenWith({ scope: 'onboarding/read' });
  expect(await api.send('PATCH', `${wave}/tasks/SCHEDULE`, { token: reading, body: {} })).toMatchObject({
    status: 403,
  });
});

it('leaves the tasks of a cancelled wave as they are', async () => {
  await api.send('PATCH', '/waves/sud-2027-11-16', { body: { transition: 'cancel', reason: 'test' } });
  expect(await patch('SCHEDULE', { done: true }, '/waves/sud-2027-11-16')).toMatchObject({
    status: 409,
    body: { code: 'wave_change_refused', errors: [{ pointer: '/done' }] },
  });
});
