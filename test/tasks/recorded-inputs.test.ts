import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { executionInput, isTaskName, tasks } from '../../workflows/tasks.ts';

const recorded = z
  .object({
    execution: z.record(z.string(), z.unknown()),
    tasks: z.record(z.string(), z.record(z.string(), z.unknown())),
  })
  .parse(JSON.parse(readFileSync(new URL('./recorded-inputs/v1.json', import.meta.url), 'utf8')));

const inputs = Object.entries(recorded.tasks);

it('has an input recorded for every task', () => {
  expect(Object.keys(recorded.tasks).toSorted()).toEqual(Object.keys(tasks).toSorted());
});

it.each(inputs)('%s still understands the input it was given by version 1', (name, input) => {
  if (!isTaskName(name)) throw new Error(`There is no task ${name}`);
  const withMore = { ...input, _request_id: 'r', _ministack_invoke_depth: 1 };
  expect(tasks[name].input.parse(withMore)).toEqual(input);
});

it('an execution still understands the input it was started with by version 1', () => {
  expect(executionInput.parse({ ...recorded.execution, traceHeader: 'x' })).toEqual(recorded.execution);
});

it.each(inputs)('%s refuses an input without its subject', (name, input) => {
  if (!isTaskName(name)) throw new Error(`There is no task ${name}`);
  for (const field of Object.keys(input)) {
    const { [field]: _, ...rest } = input;
    expect(tasks[name].input.safeParse(rest).success).toBe(false);
  }
});
