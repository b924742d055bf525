import { appendFileSync } from 'node:fs';
import * as z from 'zod';
import { startStepFunctions } from '../src/start-step-functions.ts';
import { invokeTask, NamedError, tokenOf, tokenTask } from './bench.ts';
import { createClock } from './manual-clock.ts';

/** What the test wants of a server that is going to die. */
const orders = z
  .object({
    journalFile: z.string(),
    tokenFile: z.string(),
    changeFile: z.string(),
    start: z.string(),
    /** Where the process kills itself, and at which occasion of it. */
    killAt: z.enum(['state', 'invoke', 'answer', 'change', 'never']),
    killCount: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const occasions = new Map<string, number>();

function occasion(kind: string): void {
  const count = (occasions.get(kind) ?? 0) + 1;
  occasions.set(kind, count);
  if (kind === orders.killAt && count === orders.killCount) process.kill(process.pid, 'SIGKILL');
}

const task = (name: string, rest: Record<string, unknown>) =>
  invokeTask({ Parameters: { FunctionName: name, Payload: {} }, End: undefined, ...rest });

// A loop, retries and a task token: every way to wait.
const definition = {
  StartAt: 'Work',
  States: {
    Work: task('flaky', {
      ResultSelector: { 'outcome.$': '$.Payload' },
      ResultPath: '$.work',
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 50, MaxDelaySeconds: 2 }],
      Next: 'Again?',
    }),
    'Again?': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.work.outcome', StringEquals: 'MORE', Next: 'Note' },
        { Variable: '$.noted', IsPresent: false, Next: 'Note' },
      ],
      Default: 'Ask',
    },
    Note: { Type: 'Pass', Result: true, ResultPath: '$.noted', Next: 'Work' },
    Ask: tokenTask({ ResultPath: '$.answer' }),
  },
};

const clock = createClock({ start: new Date(orders.start), timeScale: 200 });
let flaky = 0;

const server = await startStepFunctions({
  clock,
  journalFile: orders.journalFile,
  definitions: { crash: JSON.parse(JSON.stringify(definition)) },
  async invoke(name, payload) {
    occasion('invoke');
    flaky += 1;
    if (name === 'flaky' && flaky % 3 === 0) throw new NamedError('Busy');
    if (name === 'ask') appendFileSync(orders.tokenFile, `${tokenOf(payload)}\n`);
    return flaky % 5 === 0 ? 'MORE' : 'DONE';
  },
  onStateEntered: () => occasion('state'),
  onStatusChange(change) {
    const { name, status } = change.detail;
    appendFileSync(orders.changeFile, `${JSON.stringify({ id: change.id, name, status })}\n`);
    occasion('change');
  },
  failures: ({ operation, when }) => {
    if (when === 'after' && operation !== 'DescribeExecution') occasion('answer');
    return false;
  },
});
process.stdout.write(`${server.port}\n`);
