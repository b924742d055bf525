import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { keepGroupOrder } from '../../functions/application/keep-group-order.ts';
import { assessed, customer, openTaskBench, placed, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-05-04']) await bench.addWave(day);
});
afterEach(() => bench.close());

/** A parent in March, and what its members say of it at intake. */
async function parentInMarch() {
  const parent = await placed(bench);
  const { state } = await bench.store.onboardings.now(parent);
  expect(state.cutover).toBe('2027-03-09');
  return { parent, intake: { group: 'holding', parentSiren: state.siren } };
}

/** The parent gives March up and takes May. */
async function moveToMay(parent: string): Promise<void> {
  await answerWave(bench, parent, 'another_date', customer);
  await bench.run('ScheduleWave', { reference: parent, run: 1 });
  expect((await bench.store.onboardings.now(parent)).state.cutover).toBe('2027-05-04');
}

it('keeps no member in a wave for want of another date, once its parent is in the same one', async () => {
  const { parent, intake } = await parentInMarch();
  const member = await placed(bench, {}, intake);
  await answerWave(bench, member, 'another_date', customer);
  await moveToMay(parent);
  expect(await bench.run('ScheduleWave', { reference: member, run: 1 })).toEqual({ outcome: 'WAITING_LIST' });
});

it('finds a member that was booked by the old date after its parent had moved', async () => {
  const { parent, intake } = await parentInMarch();
  const member = await assessed(bench, {}, intake);
  bench.justBeforeWriting(async () => {
    await moveToMay(parent);
    await keepGroupOrder(bench, parent);
  });
  await bench.run('ScheduleWave', { reference: member, run: 1 });
  expect((await bench.store.onboardings.now(member)).booking).toMatchObject({ cutover: '2027-05-04' });
  const sent = (await bench.store.outbox.pending(50)).filter(({ reference }) => reference === member);
  expect(sent.flatMap(({ messages }) => messages)).toContainEqual({ kind: 'keep_group_order' });
  await keepGroupOrder(bench, member);
  expect((await bench.store.onboardings.now(member)).booking?.status).toBe('TO_MOVE');
});

it('has the same result when called twice at once, and no effect when called again', async () => {
  const { parent, intake } = await parentInMarch();
  const member = await placed(bench, {}, intake);
  await moveToMay(parent);
  await Promise.all([1, 2].map(() => keepGroupOrder(bench, parent)));
  const once = await bench.store.onboardings.now(member);
  await keepGroupOrder(bench, parent);
  expect(await bench.store.onboardings.now(member)).toEqual(once);
  const events = await bench.store.onboardings.events(member);
  expect(events.filter(({ type }) => type === 'PARENT_MOVED')).toHaveLength(1);
});

it('leaves a confirmed member alone while its parent starts again and has not reached its placement', async () => {
  const member = await placed(bench, {}, { group: 'holding', parentSiren: '900000999' });
  await answerWave(bench, member, 'confirm', customer);
  const parent = await assessed(bench, {}, { siren: '900000999' });
  await keepGroupOrder(bench, parent);
  expect((await bench.store.onboardings.now(member)).state.stage).toBe('WAVE_CONFIRMED');
});
