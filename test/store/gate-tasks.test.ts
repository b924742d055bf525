import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keys } from '../../functions/store/keys.ts';
import type { StoredWave } from '../../functions/store/waves.ts';
import { openBench, type StoreBench, waveOf } from './bench.ts';

let bench: StoreBench;
let wave: StoredWave;
beforeEach(async () => {
  bench = await openBench();
  await bench.store.waves.create(waveOf('2027-03-09', { customers: 3, points: 60, complex: 1 }));
  wave = await bench.store.waves.get('paris', 'paris-2027-03-09');
});
afterEach(() => bench.close());

const ada = { kind: 'operator', id: 'ada' } as const;
const eve = { kind: 'operator', id: 'eve' } as const;
const page = { limit: 50 };

const read = () => bench.store.gateTasks.get(wave.id, 'SCHEDULE');
const history = async () => (await bench.store.gateTasks.history(wave.id, 'SCHEDULE', page)).items;

it('stores a task once it is touched, with each change in its history, the latest first', async () => {
  const tasks = bench.store.gateTasks;
  expect(await read()).toEqual({ code: 'SCHEDULE', version: 0 });
  expect((await tasks.of(wave.id)).items).toEqual([]);
  const done = { at: '2026-11-23T08:00:00.000Z', actor: ada };
  expect(await tasks.replace(wave, await read(), { owner: 'ada', done, note: 'Fait' }, ada)).toBe(true);
  expect(await tasks.replace(wave, await read(), { owner: 'ada' }, eve)).toBe(true);
  expect(await read()).toEqual({ code: 'SCHEDULE', version: 2, owner: 'ada' });
  expect(await history()).toEqual([
    {
      ...{ number: 2, at: '2026-11-23T08:00:00.000Z', actor: eve },
      ...{ before: { owner: 'ada', note: 'Fait', done }, after: { owner: 'ada' } },
    },
    {
      ...{ number: 1, at: '2026-11-23T08:00:00.000Z', actor: ada },
      ...{ before: {}, after: { owner: 'ada', note: 'Fait', done } },
    },
  ]);
  expect((await tasks.of(wave.id)).items).toHaveLength(1);
  // The changes of the wave itself are other entries of the same partition.
  expect((await bench.store.waves.history(wave.id, page)).items).toHaveLength(1);
  const { Item } = await bench.documents.send(
    new GetCommand({ TableName: bench.tableName, Key: keys.waveTaskEvent(wave.id, 'SCHEDULE', 1) }),
  );
  expect(Item?.['who']).toEqual(ada);
});

it('lets one of two win who change it at once, the first change included', async () => {
  const tasks = bench.store.gateTasks;
  for (const count of [1, 2]) {
    const before = await read();
    const both = await Promise.all([
      tasks.replace(wave, before, { owner: 'ada', note: `${count}` }, ada),
      tasks.replace(wave, before, { owner: 'eve', note: `${count}` }, eve),
    ]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await history()).toHaveLength(count);
  }
});

it('changes nothing once the wave is done or cancelled, whatever was read before', async () => {
  for (const state of ['DONE', 'CANCELLED'] as const) {
    const before = await bench.store.waves.get('paris', wave.id);
    await bench.store.waves.replace(before, { ...before, state });
    expect(await bench.store.gateTasks.replace(wave, await read(), { owner: 'ada' }, ada)).toBe(false);
  }
  expect([await read(), await history()]).toEqual([{ code: 'SCHEDULE', version: 0 }, []]);
});

it('keeps what another release has stored with a task, and leaves out one that it cannot read', async () => {
  const put = (gate: string, item: object) =>
    bench.documents.send(
      new PutCommand({ TableName: bench.tableName, Item: { ...keys.waveTask(wave.id, gate), ...item } }),
    );
  await put('SCHEDULE', { code: 'SCHEDULE', version: 3, colour: 'green' });
  await put('CUTOVER', { code: 'CUTOVER', version: 'three' });
  expect(await bench.store.gateTasks.of(wave.id)).toMatchObject({
    items: [{ code: 'SCHEDULE', version: 3 }],
    unreadable: ['TASK#CUTOVER'],
  });
  await expect(bench.store.gateTasks.get(wave.id, 'CUTOVER')).rejects.toMatchObject({ isWave: true });
  await bench.store.gateTasks.replace(wave, await read(), { owner: 'ada' }, ada);
  const { Item } = await bench.documents.send(
    new GetCommand({ TableName: bench.tableName, Key: keys.waveTask(wave.id, 'SCHEDULE') }),
  );
  expect(Item).toMatchObject({ version: 4, owner: 'ada', colour: 'green' });
});
