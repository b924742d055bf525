import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeWave, createWave } from '../../functions/application/change-wave.ts';
import { createSeries, planSeries } from '../../functions/application/create-series.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { WaveChangeRefusedError } from '../../functions/domain/errors.ts';
import type { Cutover } from '../../functions/domain/onboarding/transitions/hand-over.ts';
import { keys } from '../../functions/store/keys.ts';
import { goDecided, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

const capacity = (points: number) => ({ customers: 3, points, complex: 1 });
const act = { actor: operator };
const later = { site: 'paris', kind: 'MIGRATION', state: 'OPEN', cutover: '2027-05-04' } as const;
const inMarch = 'paris-2027-03-09';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09', { capacity: capacity(60) });
});
afterEach(() => bench.close());

const create = (points: number, growthReason?: string) =>
  createWave(bench, { ...later, capacity: capacity(points) }, { ...act, growthReason });

async function refusalOf(attempt: Promise<unknown>) {
  const error: unknown = await attempt.catch((thrown: unknown) => thrown);
  if (!(error instanceof WaveChangeRefusedError)) throw error;
  return error.problems.map(({ field, message }) => `${field}: ${message.en}`);
}

const refused = [
  'growthReason: Reason for the growth: 91 effort points, while the wave before it at this site (9 March 2027) has 60: at most 90, which is 50% more, as long as that wave has not met its exit criteria, or this could not be checked. Lower the effort points, or state why this site can handle more.',
];

async function historyOf(wave: string) {
  const { items } = await bench.store.waves.history(wave, { limit: 10 });
  return items.map(({ growthReason }) => growthReason);
}

describe('a wave that grows more than by half', () => {
  it('is created only with a reason, which its history keeps', async () => {
    expect(await refusalOf(create(91))).toEqual(refused);
    await create(91, 'a second team');
    expect(await historyOf('paris-2027-05-04')).toEqual(['a second team']);
  });

  it('is enlarged and opened only with a reason; one that does not grow keeps none', async () => {
    await createWave(
      bench,
      { ...later, state: 'PLANNED', capacity: capacity(90) },
      {
        ...act,
        growthReason: 'not needed',
      },
    );
    const change = (more: object) => changeWave(bench, 'paris', 'paris-2027-05-04', more, operator);
    expect(await refusalOf(change({ capacity: capacity(91) }))).toEqual(refused);
    await change({ capacity: capacity(91), growthReason: 'a second team' });
    expect(await refusalOf(change({ transition: 'open' }))).toEqual(refused);
    await change({ transition: 'open', growthReason: 'they are here' });
    await change({ capacity: capacity(91), reason: 'the same again' });
    await change({ capacity: capacity(90), reason: 'one less' });
    expect(await historyOf('paris-2027-05-04')).toEqual([
      undefined,
      'they are here',
      'a second team',
      undefined,
    ]);
  });

  it('is left out of a series with the numbers, and added with a reason', async () => {
    const series = {
      ...({ sites: ['paris'], kind: 'MIGRATION', state: 'OPEN', capacity: capacity(91) } as const),
      ...{ from: '2027-05-04', everyWeeks: 4, count: 2 },
    };
    const report = await planSeries(bench, series);
    expect(report.map(({ outcome, reason }) => [outcome, reason?.en.includes('at most 90')])).toEqual([
      ['excluded', true],
      ['excluded', true],
    ]);
    const added = await createSeries(bench, { ...series, growthReason: 'a second team' }, act);
    expect(added.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect(await historyOf('paris-2027-05-04')).toEqual(['a second team']);
    // The second one is as large as the first.
    expect(await historyOf('paris-2027-06-01')).toEqual([undefined]);
  });

  describe('once the wave before it is over', () => {
    async function cutOver(cutover: Cutover): Promise<string> {
      const reference = await goDecided(bench);
      await bench.run('HandOver', { reference, run: 1 });
      bench.clock.set('2027-03-09T20:00:00.000Z');
      await recordCutover(bench, reference, cutover, operator);
      return reference;
    }
    const start = () => changeWave(bench, 'paris', inMarch, { transition: 'start' }, operator);

    it('needs no reason if that one has met its exit criteria', async () => {
      await cutOver({ result: 'done' });
      expect(await refusalOf(create(91))).toEqual(refused);
      await start();
      await create(91);
      expect(await historyOf('paris-2027-05-04')).toEqual([undefined]);
    });

    it('needs a reason while a hypercare goes on after that of the wave', async () => {
      await cutOver({ result: 'done', hypercareEnd: '2027-04-06' });
      await start();
      bench.clock.set('2027-03-17T20:00:00.000Z');
      expect(await refusalOf(create(91))).toEqual(refused);
    });

    it('needs a reason if a cutover of that one did not take place, wherever its customer is by now', async () => {
      await cutOver({ result: 'rolled_back', reason: 'the storage failed' });
      expect((await bench.store.waves.get('paris', inMarch)).failedCutovers).toBe(1);
      await start();
      expect((await bench.store.waves.get('paris', inMarch)).failedCutovers).toBe(1);
      expect(await refusalOf(create(91))).toEqual(refused);
    });

    it('needs a reason if no one was cut over', async () => {
      bench.clock.set('2027-03-09T20:00:00.000Z');
      await start();
      expect(await refusalOf(create(91))).toEqual(refused);
    });

    it('needs a reason if where a customer is cannot be read', async () => {
      const reference = await cutOver({ result: 'done' });
      await start();
      await bench.documents.send(
        new UpdateCommand({
          TableName: bench.tableName,
          Key: keys.state(reference),
          UpdateExpression: 'SET stage = :later',
          ExpressionAttributeValues: { ':later': 'OF_A_LATER_RELEASE' },
        }),
      );
      expect(await refusalOf(create(91))).toEqual(refused);
    });
  });
});

it('a change of a wave that another failed cutover comes between is decided again', async () => {
  const { store } = bench;
  const read = await store.waves.get('paris', inMarch);
  const count = () =>
    bench.documents.send(
      new UpdateCommand({
        TableName: bench.tableName,
        Key: keys.wave('paris', inMarch),
        UpdateExpression: 'ADD failedCutovers :one',
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
  await count();
  expect(await store.waves.replace(read, { ...read, state: 'FROZEN' })).toBe(false);
  const again = await store.waves.get('paris', inMarch);
  await count();
  expect(await store.waves.replace(again, { ...again, state: 'FROZEN' })).toBe(false);
  const last = await store.waves.get('paris', inMarch);
  expect(await store.waves.replace(last, { ...last, state: 'FROZEN' })).toBe(true);
  expect((await store.waves.get('paris', inMarch)).failedCutovers).toBe(2);
});
