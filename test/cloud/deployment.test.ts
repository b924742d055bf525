import { expect, inject, it } from 'vitest';
import * as z from 'zod';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import type { Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import { wholeOf } from '../../functions/domain/onboarding/reference.ts';
import { nextReminderJob } from '../../functions/domain/onboarding/reminder-time.ts';
import { sweepFaults } from '../../functions/platform/metrics.ts';
import { DeploymentError, deploy } from '../../tools/emulator/deployment.ts';
import { release } from '../../tools/emulator/release.ts';
import { canary } from '../support/canaries.ts';
import { eventually } from './aws.ts';
import {
  act,
  clockOffset,
  functions,
  invoke,
  jumpDays,
  jumpTo,
  loggedLines,
  mailsAbout,
  request,
  standingOf,
  until,
} from './deployed.ts';
import { faults } from './faults.ts';
import { splits } from './parts.ts';
import {
  addPilot,
  addWave,
  answer,
  definition,
  endOf,
  executions,
  historyOf,
  invited,
  prospect,
  runOf,
  statesOf,
} from './story.ts';

/** One story on one deployment: each part begins where the one before has left the clock. */

const laterState = 'Begin the second release';
const theirWave = '2027-03-09';
const racedWave = '2027-06-01';
const places = 8;
const racers = 32;

it('refuses whoever brings no token, and a token without the scope', async () => {
  expect((await request('GET', '/api/onboardings', { scope: null })).status).toBe(401);
  const reader = { scope: 'onboarding/read', body: { cutover: theirWave } };
  expect(await request('POST', '/api/waves', reader)).toMatchObject({
    status: 403,
    body: { code: 'insufficient_scope' },
  });
  expect((await request('GET', '/api/onboardings', { scope: 'onboarding/read' })).status).toBe(200);
});

it('takes a prospect to hand-over, over a second release that comes while it waits', async () => {
  await addPilot('2027-02-09');
  await addWave(theirWave, 1);
  const reference = await invited();
  expect(await runOf(reference)).toMatchObject({ status: 'RUNNING' });
  await eventually('the invitation', async () => (await mailsAbout(reference))[0]);
  const before = await functions();

  const { endpoint, settings } = inject('cloud');
  const second = { name: 'second', clockOffset: await clockOffset(), firstState: laterState };
  await release({ endpoint, settings }, second);
  const after = await functions();
  expect(after.map(({ FunctionName }) => FunctionName)).toEqual(before.map((each) => each.FunctionName));
  for (const [index, { CodeSha256 }] of after.entries()) {
    expect(CodeSha256).not.toBe(before[index]?.CodeSha256);
  }
  expect(await runOf(reference)).toMatchObject({ status: 'RUNNING' });

  await answer(reference);
  await until(reference, 'WAVE_HELD');
  await act('POST', `/api/onboardings/${reference}/wave-confirmation`, { decision: 'confirm' });
  await until(reference, 'WAVE_CONFIRMED');
  await jumpTo(instantAt('2027-03-08', '09:00'));
  await invoke('run-gates');
  await until(reference, 'GO_NO_GO');
  const go = { kind: 'go_no_go', decision: 'go', reason: 'Everything is prepared' };
  await act('POST', `/api/onboardings/${reference}/reviews`, go);
  await until(reference, 'HANDED_OVER');
  expect(await endOf(reference)).toEqual({ status: 'SUCCEEDED', output: { outcome: 'HANDED_OVER' } });
  expect(await statesOf(reference)).not.toContain(laterState);
});

it('starts new runs with the second release', async () => {
  const reference = await invited();
  expect((await statesOf(reference))[0]).toBe(laterState);
  const reason = 'Only here to see the second release';
  await act('POST', `/api/onboardings/${reference}/withdrawal`, { reason });
  expect(await endOf(reference)).toEqual({ status: 'SUCCEEDED', output: { outcome: 'WITHDRAWN' } });
});

it('goes back to the release before when a later one cannot be deployed, and loses no run that waits', async () => {
  const reference = await invited();
  const before = await deployedRevision();
  const third = { name: 'third', clockOffset: await clockOffset(), failsAtTheEnd: true } as const;
  await expect(deploy(inject('cloud'), third)).rejects.toThrow(DeploymentError);
  expect(await deployedRevision()).toEqual(before);
  expect(await runOf(reference)).toMatchObject({ status: 'RUNNING' });
  const reason = 'Only here to wait while a release fails';
  await act('POST', `/api/onboardings/${reference}/withdrawal`, { reason });
  expect(await endOf(reference)).toEqual({ status: 'SUCCEEDED', output: { outcome: 'WITHDRAWN' } });
});

it(`gives ${places} places to exactly ${places} of ${racers} customers who answer at once`, async () => {
  await addWave(racedWave, places);
  const started = await Promise.all(Array.from({ length: racers }, prospect));
  await untilEach(started, 'INVITED');
  await Promise.all(started.map(answer));
  const stages = await untilEach(started, 'WAVE_HELD', 'WAITING_LIST');
  expect(stages.filter((stage) => stage === 'WAVE_HELD')).toHaveLength(places);
  expect(stages.filter((stage) => stage === 'WAITING_LIST')).toHaveLength(racers - places);
  const wave = await act('GET', `/api/waves/paris-${racedWave}`);
  expect(wave).toMatchObject({ booked: { customers: places } });
  expect(wave['onboardings']).toHaveLength(places);
  const reason = 'The race is over';
  for (const reference of started) {
    await act('POST', `/api/onboardings/${reference}/withdrawal`, { reason });
  }
  for (const reference of started) {
    expect(await endOf(reference)).toEqual({ status: 'SUCCEEDED', output: { outcome: 'WITHDRAWN' } });
  }
  expect(await act('GET', `/api/waves/paris-${racedWave}`)).toMatchObject({ booked: { customers: 0 } });
});

faults(`paris-${racedWave}`);

it('reminds a customer who does not answer, and closes after the last notice', async () => {
  const reference = await invited();
  const start = Date.now() + (await clockOffset()) * 1_000;
  const afterDays = (days: number) => new Date(start + days * 86_400_000);
  for (const mailsByThen of [2, 3, 4, 5]) {
    // Reminders leave in working hours, at the latest with the gates' run of the afternoon.
    const run = nextReminderJob(afterDays(14.1 * (mailsByThen - 1)));
    await jumpTo(new Date(run.getTime() + 600_000));
    await invoke('run-gates');
    await eventually(`mail ${mailsByThen}`, async () =>
      (await mailsToCustomer(reference)).length >= mailsByThen ? true : undefined,
    );
  }
  // A last notice that came late gives two weeks all the same.
  await jumpTo(afterDays(76));
  await until(reference, 'CLOSED');
  expect(await standingOf(reference)).toMatchObject({ outcome: 'UNANSWERED' });
  expect(await endOf(reference)).toEqual({ status: 'SUCCEEDED', output: { outcome: 'UNANSWERED' } });
});

splits('2027-09-21', '2027-10-19');

it('sweeps without finding anything, and erases what has been closed for as long as customers were told', async () => {
  const nothing = Object.fromEntries(sweepFaults.map((fault) => [fault, 0]));
  expect(await invoke('sweep-waits')).toEqual({ found: nothing, repaired: nothing, failed: 0 });
  expect(await invoke('measure-limits')).toMatchObject({ redrivesClosing: 0 });
  const { items } = z
    .object({ items: z.array(z.object({ reference: z.string() })) })
    .parse(await act('GET', '/api/onboardings?stage=CLOSED&limit=100'));
  expect(items.length).toBeGreaterThan(racers);
  await jumpDays(366);
  // A part is erased with its whole.
  const isPart = (reference: string) => wholeOf(reference) !== reference;
  const wholes = items.filter(({ reference }) => !isPart(reference));
  expect(await invoke('apply-retention')).toMatchObject({ erased: wholes.length, failed: 0 });
  for (const { reference } of items) {
    const left = await standingOf(reference);
    expect(JSON.stringify(left)).not.toMatch(canary);
    expect(JSON.stringify(left)).toContain(isPart(reference) ? 'PART_ERASED' : 'PERSONAL_DATA_ERASED');
  }
});

it('keeps answers, names and addresses out of every execution history', async () => {
  const arns = await executions();
  expect(arns.length).toBeGreaterThanOrEqual(racers + 3);
  for (const arn of arns) expect(JSON.stringify(await historyOf(arn))).not.toMatch(canary);
});

it('keeps answers, names and addresses out of every log', async () => {
  const lines = await loggedLines();
  expect(lines.filter((line) => line.includes('task_done')).length).toBeGreaterThan(racers);
  expect(lines.filter((line) => canary.test(line))).toEqual([]);
});

/** One after the other: those who look on must not take the processors from those who race. */
async function untilEach(references: readonly string[], ...stages: readonly Stage[]) {
  const reached: string[] = [];
  for (const reference of references) reached.push(await until(reference, ...stages));
  return reached;
}

/** The code of every function and the definition of the workflow. */
async function deployedRevision() {
  const code = (await functions()).map(({ FunctionName, CodeSha256 }) => [FunctionName, CodeSha256]);
  return { code, definition: await definition() };
}

async function mailsToCustomer(reference: string): Promise<readonly string[]> {
  return (await mailsAbout(reference)).filter((mail) => mail.includes('@client.example'));
}
