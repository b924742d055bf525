import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { afterRealTime } from '../src/real-time.ts';
import { type Bench, invokeTask, openBench, start, tokenTask } from './bench.ts';
import { createClock } from './manual-clock.ts';

const one = (state: unknown) => ({ StartAt: 'Work', States: { Work: state } });
/** At 1,000,000 a function that takes 50 ms takes 14 hours of the executions' time. */
const racing = () => ({ clock: createClock({ start, timeScale: 1_000_000 }) });

async function ended(bench: Bench, arn: string) {
  for (;;) {
    const description = await bench.describe(arn);
    if (description.status !== 'RUNNING') return description;
    await pause(5);
  }
}

it('times a function out after real seconds, while the clock stands still', async () => {
  let calls = 0;
  const retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }];
  const hang = () => {
    calls += 1;
    return new Promise(() => undefined);
  };
  await using bench = await openBench(one(invokeTask({ TimeoutSeconds: 1, Retry: retry })), hang);
  const arn = await bench.start();
  expect(bench.clock.now()).toEqual(start);
  await bench.clock.jumpToNext();
  expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect((await bench.history(arn)).filter(({ type }) => type === 'TaskTimedOut')).toHaveLength(2);
  expect(calls).toBe(2);
});

it('lets a function work for its real seconds, however fast the clock runs', async () => {
  const work = async () => {
    await pause(50);
    return 'done';
  };
  await using bench = await openBench(one(invokeTask({ TimeoutSeconds: 60 })), work, racing());
  expect(await ended(bench, await bench.start())).toMatchObject({ status: 'SUCCEEDED' });
});

it('begins the wait for a token when the function has answered', async () => {
  let answered = start;
  let calls = 0;
  const ask = async () => {
    calls += 1;
    await pause(50);
    answered = bench.clock.now();
  };
  const task = tokenTask({ TimeoutSeconds: 3_600, HeartbeatSeconds: 1_800 });
  await using bench = await openBench(one(task), ask, racing());
  const { stopDate, error } = await ended(bench, await bench.start());
  expect(error).toBe('States.HeartbeatTimeout');
  expect(stopDate?.getTime()).toBeGreaterThanOrEqual(answered.getTime() + 1_800_000);
  expect(calls).toBe(1);
});

it('times out a function that never gives its token on, too', async () => {
  await using bench = await openBench(
    one(tokenTask({ TimeoutSeconds: 1 })),
    () => new Promise(() => undefined),
  );
  expect(await bench.describe(await bench.start())).toMatchObject({ error: 'States.Timeout' });
});

it('counts more real time than a timer of the runtime can hold', async () => {
  const fired: string[] = [];
  const cancel = afterRealTime(90 * 86_400_000, () => fired.push('90 days'));
  afterRealTime(1, () => fired.push('1 ms'));
  await pause(20);
  cancel();
  expect(fired).toEqual(['1 ms']);
});
