import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { clearCondition } from '../../functions/application/clear-condition.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import { evidence } from '../support/evidence.ts';
import { report } from '../support/relay.ts';
import {
  assessed,
  confirmed,
  customer,
  goDecided,
  held,
  newToken,
  openTaskBench,
  operator,
  placed,
  type TaskBench,
} from './bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterEach(() => bench.close());

async function dispatch(): Promise<void> {
  const relay = createDispatcher({
    ...bench,
    logger: jsonLogger(() => undefined),
    metrics: { funnel: () => undefined, sweep: () => undefined, upkeep: () => undefined },
    bus: { publish: async () => undefined },
  });
  await report(bench.store.outbox, { dispatch: relay });
}

async function changeWave(changes: { readonly state?: 'CANCELLED'; readonly cutover?: string }) {
  const wave = await bench.store.waves.get('paris', 'paris-2027-03-09');
  expect(await bench.store.waves.replace(wave, { ...wave, ...changes })).toBe(true);
}

it('hands no customer over in a wave that is cancelled at the same moment', async () => {
  const reference = await goDecided(bench);
  bench.justBeforeWriting(() => changeWave({ state: 'CANCELLED' }));
  expect(await bench.run('HandOver', { reference, run: 1 })).toEqual({ outcome: 'MOVED' });
  const { state, booking } = await bench.store.onboardings.now(reference);
  expect(state).toMatchObject({ stage: 'GO_NO_GO', priority: true, avoid: ['paris-2027-03-09'] });
  expect(booking?.status).toBe('TO_MOVE');
});

it('books a wave on its present date, even if the date changes at the same moment', async () => {
  const reference = await assessed(bench);
  bench.justBeforeWriting(() => changeWave({ cutover: '2027-03-16' }));
  await bench.run('ScheduleWave', { reference, run: 1 });
  const { state, booking } = await bench.store.onboardings.now(reference);
  expect([state.cutover, booking?.cutover]).toEqual(['2027-03-16', '2027-03-16']);
});

it('takes no seat in a preparation wave whose date has changed meanwhile', async () => {
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

it('keeps a decline whose wake came too late: the place is not held again', async () => {
  const reference = await held(bench);
  bench.clock.set('2026-12-03T07:59:59.000Z');
  await answerWave(bench, reference, 'decline', customer);
  // The wait has timed out before it was woken, and the workflow continues to the next date.
  bench.clock.set('2026-12-03T08:00:00.000Z');
  expect(await bench.run('ScheduleWave', { reference, run: 1 })).toEqual({ outcome: 'HELD' });
  const token = newToken();
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token });
  expect(bench.completed.get(token)).toBe('DECLINED');
});

it('updates the rank of a waiting customer once the condition that held it back is cleared', async () => {
  bench.registryStatus = 'unavailable';
  const reference = await placed(bench, { E2: [{ from: '2027-01-01', to: '2029-12-31' }] });
  bench.registryStatus = 'active';
  const rankOf = async () => (await bench.store.waitingList.page({ limit: 9 })).items.map(({ rank }) => rank);
  const [before = ''] = await rankOf();
  await clearCondition(bench, reference, 'REGISTRY_UNVERIFIED', evidence, operator);
  expect((await bench.store.onboardings.now(reference)).state.tier).toBe('READY');
  await bench.run('ScheduleWave', { reference, run: 1 });
  const [after = '', ...others] = await rankOf();
  expect([after < before, others]).toEqual([true, []]);
});

it('takes silence as a no-go even before the workflow has reached the wait for it', async () => {
  const reference = await confirmed(bench);
  bench.clock.set('2027-03-08T07:00:00.000Z');
  expect(await runGates(bench)).toMatchObject({ opened: 1, silent: 0 });
  bench.clock.set('2027-03-08T17:00:00.000Z');
  expect(await runGates(bench)).toMatchObject({ silent: 1 });
  const token = newToken();
  await bench.run('WaitForGoNoGo', { reference, run: 1, token });
  expect(bench.completed.get(token)).toBe('NO_GO');
});

it('lets a late twin of a wait task keep no token from being woken', async () => {
  const reference = await placed(bench);
  const [first, second] = [newToken(), newToken()];
  // Step Functions called again, with another token, while the first call was still on its way.
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token: second });
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token: first });
  await answerWave(bench, reference, 'confirm', customer);
  await dispatch();
  expect([bench.completed.get(second), bench.completed.get(first)]).toEqual(['CONFIRMED', 'CONFIRMED']);
});
