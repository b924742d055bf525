import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordRemediation } from '../../functions/application/record-remediation.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { DecisionRefusedError, OnboardingClosedError } from '../../functions/domain/errors.ts';
import { confirmed, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterAll(() => bench.close());

const done = { task: 'DIRECTORY_APPLICATIONS', done: true, reason: 'all are registered' } as const;
const record = (reference: string, recorded: Parameters<typeof recordRemediation>[2] = done) =>
  recordRemediation(bench, reference, recorded, operator);

async function recorded(reference: string) {
  const events = await bench.store.onboardings.events(reference);
  return events
    .filter(({ type }) => type.startsWith('REMEDIATION_'))
    .map(({ type, reason, data }) => [type, reason, data]);
}

it('is recorded once, whatever call of the table it dies at, and opened again with a reason', async () => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await confirmed(bench);
      died = await bench.dies({ call: calls, when }, () => record(reference));
      await record(reference);
      const where = `death ${when} call ${calls}`;
      const first = ['REMEDIATION_DONE', 'all are registered', { task: done.task }];
      expect(await recorded(reference), where).toEqual([first]);
      await record(reference, { ...done, done: false, reason: 'one was forgotten' });
      await record(reference, { ...done, done: false, reason: 'twice' });
      expect(await recorded(reference)).toEqual([
        first,
        ['REMEDIATION_REOPENED', 'one was forgotten', { task: done.task }],
      ]);
      expect((await bench.store.onboardings.now(reference)).state.remediated).toEqual({});
    }
  }
  expect(calls).toBeGreaterThan(1);
});

it('is recorded once by two at the same time', async () => {
  const reference = await confirmed(bench);
  await Promise.all([record(reference), record(reference)]);
  expect(await recorded(reference)).toHaveLength(1);
});

it('is refused where the answers ask for nothing of the kind, and once the onboarding is closed', async () => {
  const reference = await confirmed(bench);
  await expect(record(reference, { ...done, task: 'MAILBOXES_OVER_200_GB' })).rejects.toThrow(
    DecisionRefusedError,
  );
  // What the operator has seen is another extent than there is by now.
  await expect(record(reference, { ...done, extent: '11_50' })).rejects.toThrow(DecisionRefusedError);
  await record(reference, { ...done, extent: '1_10' });
  await withdraw(bench, reference, 'over', operator);
  await expect(record(reference)).rejects.toThrow(OnboardingClosedError);
});
