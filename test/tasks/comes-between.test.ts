import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerWave } from '../../functions/commands/wave-answers.ts';
import { assessed, customer, goDecided, held, newToken, openTaskBench, type TaskBench } from './bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterEach(() => bench.close());

async function changeWave(changes: { readonly state?: 'CANCELLED'; readonly cutover?: string }) {
  const wave = await bench.store.waves.get('paris', 'paris-2027-03-09');
  expect(await bench.store.waves.replace(wave, { ...wave, ...changes })).toBe(true);
}

it('hands nobody over in a wave that is cancelled at that very moment', async () => {
  const reference = await goDecided(bench);
  bench.justBeforeWriting(() => changeWave({ state: 'CANCELLED' }));
  expect(await bench.run('HandOver', { reference, run: 1 })).toEqual({ outcome: 'MOVED' });
  const { state, booking } = await bench.store.onboardings.now(reference);
  expect(state).toMatchObject({ stage: 'GO_NO_GO', priority: true, avoid: ['paris-2027-03-09'] });
  expect(booking?.status).toBe('TO_MOVE');
});

it('books a wave on the date it has, also when that is changed at that very moment', async () => {
  const reference = await assessed(bench);
  bench.justBeforeWriting(() => changeWave({ cutover: '2027-03-16' }));
  await bench.run('ScheduleWave', { reference, run: 1 });
  const { state, booking } = await bench.store.onboardings.now(reference);
  expect([state.cutover, booking?.cutover]).toEqual(['2027-03-16', '2027-03-16']);
});

it('takes no seat in a preparation that has been put to another day meanwhile', async () => {
  await bench.addWave('2027-01-11', { id: 'prep-paris-2027-01-11', kind: 'PREPARATION' });
  const answers = { D1: 0, D2: 0, D4: 0 } as const;
  const reference = await assessed(bench, answers);
  bench.justBeforeWriting(async () => {
    const wave = await bench.store.waves.get('paris', 'prep-paris-2027-01-11');
    await bench.store.waves.replace(wave, { ...wave, cutover: '2027-01-18' });
  });
  await bench.run('BookPreparationWave', { reference, run: 1 });
  expect((await bench.store.onboardings.now(reference)).preparation?.starts).toBe('2027-01-18');
});

it('keeps a decline whose wake came too late: the place is not held anew', async () => {
  const reference = await held(bench);
  bench.clock.set('2026-12-03T07:59:59.000Z');
  await answerWave(bench, reference, 'decline', customer);
  // The wait has timed out before it was woken, and the workflow goes on to the next date.
  bench.clock.set('2026-12-03T08:00:00.000Z');
  expect(await bench.run('ScheduleWave', { reference, run: 1 })).toEqual({ outcome: 'HELD' });
  const token = newToken();
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token });
  expect(bench.completed.get(token)).toBe('DECLINED');
});
