import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mostLessons } from '../../functions/domain/waves/lessons.ts';
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

const actor = { kind: 'operator', id: 'ada' } as const;
const act = { actor: { kind: 'operator', id: 'eve' }, reason: 'Nomme une personne' } as const;
const idOf = (number: number) => `20261123T08${String(number).padStart(7, '0')}Z-${'a'.repeat(22)}`;

const add = (number: number, text = `Texte ${number}`) =>
  bench.store.lessons.add(wave, { id: idOf(number), text, actor });
const listed = async () => (await bench.store.lessons.of(wave.id)).items;
const texts = async () => (await listed()).map(({ text }) => text);
async function remove(number: number) {
  const lesson = { id: idOf(number), text: '', at: '2026-11-23T08:00:00.000Z', actor };
  return bench.store.lessons.remove(wave.id, lesson, act);
}
const count = async () => {
  const key = keys.lessonCount(wave.id);
  const { Item } = await bench.documents.send(new GetCommand({ TableName: bench.tableName, Key: key }));
  return Item?.['count'];
};

it('lists the lessons of a wave, the latest first, and adds each once', async () => {
  expect([await add(1), await add(2), await add(1, 'Autre texte')]).toEqual(['added', 'added', 'known']);
  expect(await listed()).toMatchObject([
    { text: 'Texte 2', at: '2026-11-23T08:00:00.000Z', actor },
    { text: 'Texte 1' },
  ]);
  const both = await Promise.all([add(3), add(3)]);
  expect([both.toSorted(), await count()]).toEqual([['added', 'known'], 3]);
});

it('deletes the text of one that is removed, and keeps who removed it and why', async () => {
  await add(1, 'À oublier');
  const both = await Promise.all([remove(1), remove(1)]);
  expect([both.toSorted(), await listed(), await count()]).toEqual([[false, true], [], 0]);
  // The form that added it, sent again.
  expect([await add(1, 'À oublier'), await listed()]).toEqual(['known', []]);
  const { items } = await bench.store.lessons.removedFrom(wave.id, { limit: 50 });
  expect(items).toEqual([
    {
      ...{ id: idOf(1), at: '2026-11-23T08:00:00.000Z', actor },
      removed: { at: '2026-11-23T08:00:00.000Z', actor: act.actor, reason: act.reason },
    },
  ]);
  const { Items } = await bench.documents.send(new ScanCommand({ TableName: bench.tableName }));
  expect(JSON.stringify(Items)).not.toContain('À oublier');
});

it('holds 50 of a wave, also when two come at once, and another once one is removed', async () => {
  for (let number = 1; number < mostLessons; number += 1) await add(number);
  const both = await Promise.all([add(100), add(101)]);
  expect([both.toSorted(), (await listed()).length]).toEqual([['added', 'full'], mostLessons]);
  expect(await add(1)).toBe('known');
  await remove(1);
  expect([await add(102), await add(103), (await texts()).length]).toEqual(['added', 'full', mostLessons]);
});

it('takes none of a wave that is planned or cancelled by now, and lets those it has be removed', async () => {
  await add(1);
  for (const state of ['PLANNED', 'CANCELLED'] as const) {
    const before = await bench.store.waves.get('paris', wave.id);
    await bench.store.waves.replace(before, { ...before, state });
    expect(await add(2)).toBe('not_now');
  }
  expect([await remove(1), await texts()]).toEqual([true, []]);
});

it('leaves out what this release cannot read', async () => {
  await add(1);
  const Item = { ...keys.lesson(wave.id, idOf(2)), id: idOf(2), words: 'Texte 2' };
  await bench.documents.send(new PutCommand({ TableName: bench.tableName, Item }));
  expect(await bench.store.lessons.of(wave.id)).toMatchObject({
    items: [{ text: 'Texte 1' }],
    unreadable: [`LESSON#${idOf(2)}`],
  });
});
