import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { jsonLogger } from '../../functions/platform/log.ts';
import { createTask } from '../../functions/platform/task.ts';
import { context } from '../tasks/bench.ts';

/** Codes that a task logs when it is given a payload of so many bytes. */
async function codesAt(bytes: number): Promise<readonly string[]> {
  const logged: string[] = [];
  const task = createTask(
    { folder: 'do-something', input: z.object({}), output: z.object({}) },
    jsonLogger((line) => logged.push(line)),
    async () => ({}),
  );
  const around = JSON.stringify({ filler: '' }).length;
  await task({ filler: 'x'.repeat(bytes - around) }, context);
  return logged.map((line) => z.parse(z.object({ code: z.string() }), JSON.parse(line)).code);
}

it.each([
  [196_608, ['task_done']],
  [196_609, ['payload_large', 'task_done']],
])(
  'a payload of %d bytes is logged as %j: three quarters of what passes between states',
  async (bytes, codes) => {
    expect(await codesAt(bytes)).toEqual(codes);
  },
);
