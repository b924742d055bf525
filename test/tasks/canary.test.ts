import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TaskName, tasks } from '../../workflows/tasks.ts';
import { openTaskBench, type TaskBench } from './bench.ts';
import { cases } from './cases.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-04-06', '2027-05-04']) await bench.addWave(day);
});
afterAll(() => bench.close());

/** What people are called, write from and answer; and the secrets that end a wait. */
const canaries = [
  'Ada Martin',
  'ada',
  'Organisme',
  'client.example',
  'sales@',
  'Bo Petit',
  'token-',
  'secret',
];

function expectNoCanary(lines: readonly string[]): void {
  expect(lines.length).toBeGreaterThan(0);
  const fields = ['level', 'code', 'message', 'task', 'onboardingId', 'run', 'error'];
  for (const line of lines) {
    for (const canary of canaries) expect(line).not.toContain(canary);
    const entry: unknown = JSON.parse(line);
    expect(Object.keys(Object(entry)).filter((field) => !fields.includes(field))).toEqual([]);
  }
}

it.each(cases)('$task that $name logs no name, mail, answer or token', async (each) => {
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const reference = await each.prepare(bench);
  const token = { token: 'token-secret' };
  const input = { reference, run: 1, ...each.input, ...(each.waits === true ? token : {}) };
  bench.logged.length = 0;
  const died = await bench.dies({ call: 1, when: 'before' }, () => bench.run(each.task, input));
  expect(died).toBe(true);
  await bench.run(each.task, input);
  expect(bench.logged.map((line) => JSON.parse(line).code)).toEqual(['task_failed', 'task_done']);
  expectNoCanary(bench.logged);
});

const names: readonly TaskName[] = [...new Set(cases.map(({ task }) => task))];

it.each(names)('%s logs nothing of an input that does not fit', async (name) => {
  expect(Object.keys(tasks)).toContain(name);
  bench.logged.length = 0;
  const input = { reference: { of: 'Ada Martin' }, run: 'secret', token: ['token-secret'], outcome: 'ada@x' };
  await expect(bench.run(name, input)).rejects.toThrow(/^The input of the task violates its contract/);
  await expect(
    bench.run(name, {
      reference: 'NOBODY',
      run: 1,
      token: 'token-secret',
      outcome: 'DECLINED',
      review: 'qualification',
    }),
  ).rejects.toThrow();
  expectNoCanary(bench.logged);
});
