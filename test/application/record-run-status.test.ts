import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHandler } from '../../functions/jobs/record-execution-status/handler.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import { context, invited, openTaskBench, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
let reference: string;
beforeEach(async () => {
  bench = await openTaskBench();
  reference = await invited(bench);
});
afterEach(() => bench.close());

function reported(status: string, redriveCount: number, run = 1) {
  const detail = { name: `${reference}-${run}`, status, error: 'ContractError', redriveCount };
  const handler = createHandler({ ...bench, logger: jsonLogger(() => undefined) });
  return handler({ detail }, context);
}

const now = async () => (await bench.store.onboardings.now(reference)).state;
const failures = async () =>
  (await bench.store.onboardings.events(reference)).filter(({ type }) => type === 'EXECUTION_FAILED').length;

it('shows a failed run and leaves the stage and its wait alone', async () => {
  const before = await now();
  await reported('FAILED', 0);
  const { stage, stageSince, episode, run } = await now();
  expect({ stage, stageSince, episode }).toEqual({
    stage: before.stage,
    stageSince: before.stageSince,
    episode: before.episode,
  });
  expect(run).toMatchObject({ number: 1, status: 'failed', error: 'ContractError', redriveCount: 0 });
});

it('records a failure that is reported twice once', async () => {
  await reported('FAILED', 0);
  await reported('FAILED', 0);
  expect(await failures()).toBe(1);
});

it('keeps a failure in sight when the start of the run is reported after it', async () => {
  await reported('FAILED', 0);
  await reported('RUNNING', 0);
  expect((await now()).run.status).toBe('failed');
});

it('does not undo a redrive when the failure before it is reported late', async () => {
  await reported('RUNNING', 1);
  await reported('FAILED', 0);
  expect((await now()).run).toMatchObject({ status: 'running', redriveCount: 1 });
  await reported('FAILED', 1);
  expect((await now()).run).toMatchObject({ status: 'failed', redriveCount: 1 });
  await reported('RUNNING', 1);
  expect((await now()).run.status).toBe('failed');
  await reported('RUNNING', 2);
  expect((await now()).run).toMatchObject({ status: 'running', redriveCount: 2 });
});

it('changes nothing for a run that another has taken over', async () => {
  await reported('FAILED', 0, 7);
  expect((await now()).run.status).toBe('running');
});
