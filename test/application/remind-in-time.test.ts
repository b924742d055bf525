import { afterEach, beforeEach, expect, it } from 'vitest';
import { remindWaiting } from '../../functions/application/remind-in-time.ts';
import { invited, newToken, openTaskBench, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
});
afterEach(() => bench.close());

const remindersOf = async (reference: string) =>
  (await bench.store.onboardings.events(reference)).filter(({ type }) => type === 'REMINDED');

/** An onboarding invited on Saturday 5 December: its first reminder falls due on a Saturday. */
async function invitedOnSaturday(): Promise<string> {
  bench.clock.set('2026-12-05T10:00:00.000Z');
  return invited(bench);
}

it('gives what falls due on a weekend on the Friday before, once, whoever calls, and the workflow nothing', async () => {
  const reference = await invitedOnSaturday();
  bench.clock.set('2026-12-17T13:00:00.000Z');
  await remindWaiting(bench);
  expect(await remindersOf(reference)).toHaveLength(0);
  bench.clock.set('2026-12-18T07:00:00.000Z');
  expect(await remindWaiting(bench)).toEqual({ failures: [], next: '2026-12-18' });
  expect(await remindersOf(reference)).toHaveLength(0);
  bench.clock.set('2026-12-18T13:00:00.000Z');
  await Promise.all([remindWaiting(bench), remindWaiting(bench)]);
  bench.clock.set('2026-12-19T10:00:00.000Z');
  await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
  bench.clock.set('2026-12-21T13:00:00.000Z');
  await remindWaiting(bench);
  expect(await remindersOf(reference)).toHaveLength(1);
});

it('is finished by the next call after a death at any call of the table, and gives nothing twice', async () => {
  for (let call = 1, died = true; died; call += 1) {
    const reference = await invitedOnSaturday();
    bench.clock.set('2026-12-18T13:00:00.000Z');
    died = await bench.dies({ call, when: 'after' }, async () => {
      const { failures } = await remindWaiting(bench);
      if (failures.length > 0) throw failures[0];
    });
    await remindWaiting(bench);
    expect(await remindersOf(reference)).toHaveLength(1);
    await bench.close();
    bench = await openTaskBench();
  }
});

it('gives on the next working day what the workflow asked for at night', async () => {
  bench.clock.set('2026-11-27T22:30:00.000Z');
  const reference = await invited(bench);
  // The timer runs out on Friday at half past eleven; no job ran on that day.
  bench.clock.set('2026-12-11T22:30:00.000Z');
  await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
  expect(await remindersOf(reference)).toHaveLength(0);
  const { wait } = await bench.store.onboardings.now(reference);
  expect(wait?.until).toBe('2026-12-14T13:00:00.000Z');
  bench.clock.set('2026-12-14T13:00:00.000Z');
  await remindWaiting(bench);
  expect(await remindersOf(reference)).toHaveLength(1);
});
