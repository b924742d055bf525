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

it('a series that is asked for again does not bring back what was cancelled meanwhile', async () => {
  const outcomes = async () =>
    (await createSeries(runtime, series, { actor: operator })).map(({ outcome }) => outcome);
  expect(await outcomes()).toEqual(['created', 'created']);
  const cancelled = { transition: 'cancel', reason: 'incident' } as const;
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
});
