import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeWave } from '../../functions/application/change-wave.ts';
import { createSeries } from '../../functions/application/create-series.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { operator, runtimeWith } from './bench.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await runtimeWith();
});
afterAll(() => runtime.close());

const series = {
  ...({ sites: ['paris'], kind: 'MIGRATION', state: 'OPEN' } as const),
  capacity: { customers: 3, points: 60, complex: 1 },
  ...{ from: '2027-03-16', everyWeeks: 1, count: 2 },
};

const cancelled = { transition: 'cancel', reason: 'incident' } as const;

it('a series that is asked for again does not bring back what was cancelled meanwhile', async () => {
  const outcomes = async () =>
    (await createSeries(runtime, series, { actor: operator })).map(({ outcome }) => outcome);
  expect(await outcomes()).toEqual(['created', 'created']);
  await changeWave(runtime, 'paris', 'paris-2027-03-16', cancelled, operator);
  expect(await outcomes()).toEqual(['excluded', 'existing']);
});

it('a day that a wave has left for another one is free for a series', async () => {
  const once = { ...series, from: '2027-05-25', count: 1 };
  expect((await createSeries(runtime, once, { actor: operator })).map(({ outcome }) => outcome)).toEqual([
    'created',
  ]);
  const moved = { cutover: '2027-05-26', reason: 'another team' };
  await changeWave(runtime, 'paris', 'paris-2027-05-25', moved, operator);
  const [again] = await createSeries(runtime, once, { actor: operator });
  expect(again).toMatchObject({ outcome: 'created', wave: { cutover: '2027-05-25' } });
  // What was cancelled on that day stays so, whatever its id; what was cancelled on another day is nothing to it.
  const outcomes = async (from: string) =>
    (await createSeries(runtime, { ...once, from }, { actor: operator })).map(({ outcome }) => outcome);
  await changeWave(runtime, 'paris', 'paris-2027-05-25-2', cancelled, operator);
  expect(await outcomes('2027-05-25')).toEqual(['excluded']);
  await changeWave(runtime, 'paris', 'paris-2027-05-25', cancelled, operator);
  expect(await outcomes('2027-05-26')).toEqual(['excluded']);
  await createSeries(runtime, { ...once, from: '2027-06-08' }, { actor: operator });
  const away = { cutover: '2027-06-09', reason: 'another team' };
  await changeWave(runtime, 'paris', 'paris-2027-06-08', away, operator);
  await changeWave(runtime, 'paris', 'paris-2027-06-08', cancelled, operator);
  expect(await outcomes('2027-06-08')).toEqual(['created']);
});
