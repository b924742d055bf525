import { afterAll, beforeAll, expect, it } from 'vitest';
import { addLesson, readLessons } from '../../functions/application/lessons.ts';
import { WaveNotFoundError } from '../../functions/domain/errors.ts';
import { openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const id = 'paris-2027-04-06';
const idOf = (name: string) => `20261123T080000000Z-${name.padEnd(22, 'a')}`;
const note = (wave: string, text: string) => addLesson(bench, wave, { id: idOf(text), text }, operator);

it('shows the lessons of a wave with those of the two waves before it', async () => {
  for (const day of ['2027-01-12', '2027-02-09', '2027-03-09', '2027-04-06']) {
    await bench.addWave(day);
    await note(`paris-${day}`, day);
  }
  const wave = await bench.store.waves.get('paris', id);
  const { own, before } = await readLessons(bench, wave);
  expect(own.items.map(({ text }) => text)).toEqual(['2027-04-06']);
  expect(before.map((one) => [one.wave.id, one.items.map(({ text }) => text)])).toEqual([
    ['paris-2027-03-09', ['2027-03-09']],
    ['paris-2027-02-09', ['2027-02-09']],
  ]);
  expect((await bench.costOf(() => readLessons(bench, wave))).requests).toBe(4);
});

it('refuses a text that is empty, too long or not plain, and says of which field', async () => {
  for (const [text, code] of [
    ['  ', 'missing'],
    ['x'.repeat(2_001), 'too_long'],
    ['a\u0007', 'not_plain_text'],
  ] as const) {
    await expect(note(id, text)).rejects.toMatchObject({ problems: [{ field: 'text', code }] });
  }
  await expect(note('paris-2027-04-07', 'x')).rejects.toBeInstanceOf(WaveNotFoundError);
});

it('adds a lesson once, whatever call its form dies at', async () => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      await bench.close();
      bench = await openTaskBench();
      await bench.addWave('2027-04-06');
      died = await bench.dies({ call: calls, when }, () => note(id, 'Répéter'));
      await note(id, 'Répéter');
      expect((await bench.store.lessons.of(id)).items, `${when} ${calls}`).toHaveLength(1);
    }
  }
  expect(calls).toBeGreaterThan(1);
});
