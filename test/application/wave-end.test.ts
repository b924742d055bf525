import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExit } from '../../functions/application/read-exit.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import { goDecided, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

const inMarch = 'paris-2027-03-09';
let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterEach(() => bench.close());

const wave = () => bench.store.waves.get('paris', inMarch);

async function gatesOn(day: string): Promise<string> {
  bench.clock.set(`${day}T09:00:00.000Z`);
  await runGates(bench);
  return (await wave()).state;
}

async function handedOver(): Promise<string> {
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const reference = await goDecided(bench);
  await bench.run('HandOver', { reference, run: 1 });
  return reference;
}

describe('a wave', () => {
  it('is done when the last hypercare of its customers has ended', async () => {
    const [usual, longer] = [await handedOver(), await handedOver()];
    bench.clock.set('2027-03-09T20:00:00.000Z');
    await recordCutover(bench, usual, { result: 'done' }, operator);
    await recordCutover(bench, longer, { result: 'done', hypercareEnd: '2027-03-24' }, operator);
    expect(await gatesOn('2027-03-17')).toBe('RUNNING');
    expect((await bench.store.onboardings.now(usual)).state.stage).toBe('CLOSED');
    expect((await readExit(bench, await wave()))?.tally).toEqual({
      ...{ toRecord: 0, done: 2, failed: 0, hypercareOverdue: 1 },
    });
    expect(await gatesOn('2027-03-24')).toBe('RUNNING');
    expect(await gatesOn('2027-03-25')).toBe('DONE');
    expect((await bench.store.onboardings.now(longer)).state.stage).toBe('CLOSED');
    expect((await readExit(bench, await wave()))?.tally.hypercareOverdue).toBe(0);
  });

  it('is not done while a cutover is to be recorded, and is on the next run once it is', async () => {
    const reference = await handedOver();
    expect(await gatesOn('2027-03-17')).toBe('RUNNING');
    expect((await readExit(bench, await wave()))?.tally.toRecord).toBe(1);
    await recordCutover(bench, reference, { result: 'done', hypercareEnd: '2027-03-18' }, operator);
    expect(await gatesOn('2027-03-18')).toBe('RUNNING');
    expect(await gatesOn('2027-03-19')).toBe('DONE');
  });

  it('has no exit criteria before its cutover', async () => {
    expect(await readExit(bench, await wave())).toBeUndefined();
  });
});
