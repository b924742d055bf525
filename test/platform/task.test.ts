import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { jsonLogger } from '../../functions/platform/log.ts';
import { ContractError, createTask } from '../../functions/platform/task.ts';
import { context } from '../tasks/bench.ts';

const contract = {
  folder: 'do-something',
  input: z.object({ reference: z.string(), size: z.object({ users: z.int() }) }),
  output: z.object({ outcome: z.enum(['DONE']) }),
};

function taskAnswering(answer: () => unknown) {
  const logged: string[] = [];
  const logger = jsonLogger((line) => logged.push(line));
  const output = z.custom<{ outcome: 'DONE' }>((value) => contract.output.safeParse(value).success);
  const run = async () => z.parse(z.any(), answer());
  return { task: createTask({ ...contract, output }, logger, run), logged };
}

it('returns the output of its contract, and logs one entry with the onboarding id', async () => {
  const { task, logged } = taskAnswering(() => ({ outcome: 'DONE' }));
  const input = { reference: 'REF', run: 3, size: { users: 3 }, more: 'ignored' };
  expect(await task(input, context)).toEqual({ outcome: 'DONE' });
  expect(logged.map((line) => JSON.parse(line))).toEqual([
    {
      ...{ level: 'info', code: 'task_done', message: 'Task completed' },
      ...{ task: 'do-something', onboardingId: 'REF', run: 3 },
    },
  ]);
});

it('reports the paths of an invalid input, never its values', async () => {
  const { task } = taskAnswering(() => ({ outcome: 'DONE' }));
  const refused = task({ reference: 7, size: { users: 'canary@client.example' } }, context);
  await expect(refused).rejects.toThrow(ContractError);
  await expect(refused).rejects.toMatchObject({
    name: 'ContractError',
    message: 'The input of the task violates its contract at: reference, size.users',
  });
  await expect(task('canary@client.example', context)).rejects.toMatchObject({
    message: 'The input of the task violates its contract at: (whole)',
  });
});

it('refuses an invalid output', async () => {
  const { task } = taskAnswering(() => ({ outcome: 'canary@client.example' }));
  await expect(task({ reference: 'REF', size: { users: 1 } }, context)).rejects.toMatchObject({
    message: expect.stringMatching(/^The output of the task violates its contract at: [^@]*$/),
  });
});

it('logs the name of the error and rethrows it unchanged', async () => {
  class CanaryError extends Error {
    override readonly name = 'CanaryError';
  }
  const { task, logged } = taskAnswering(() => {
    throw new CanaryError('Ada Martin <canary@client.example>');
  });
  await expect(task({ reference: 'REF', size: { users: 1 } }, context)).rejects.toBeInstanceOf(CanaryError);
  expect(logged.join('')).not.toMatch(/canary@|Ada/);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({ code: 'task_failed', error: 'CanaryError' });
});
