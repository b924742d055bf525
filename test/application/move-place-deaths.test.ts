import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { ConcurrentChangeError } from '../../functions/domain/errors.ts';
import { pendingCompletions } from '../../functions/domain/onboarding/waits.ts';
import { fromApproval } from '../../functions/store/stored-onboarding.ts';
import { confirmed, customer, held, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

const [march, april] = ['paris-2027-03-09', 'paris-2027-04-20'] as const;
const second = { kind: 'operator', id: 'other@platform.example' } as const;
const reason = 'the site is closed';
let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-04-20']) await bench.addWave(day);
});
afterAll(() => bench.close());

const booked = async () =>
  Promise.all([march, april].map(async (id) => (await bench.store.waves.get('paris', id)).booked.customers));

async function agreed(reference: string): Promise<void> {
  const move = { wave: april, reason, approval: true };
  const { approval } = await bench.store.onboardings.now(reference);
  const id = approval?.id ?? (await movePlace(bench, reference, move, operator))?.id ?? '';
  await answerApproval(bench, { id, decision: 'approve', reason: 'seen' }, second);
}

it.each([
  {
    what: 'a move out of a held place',
    start: () => held(bench),
    act: (reference: string) =>
      movePlace(bench, reference, { wave: april, reason, askedByCustomer: true }, operator),
    again: true,
  },
  {
    what: 'a move out of a confirmed place, agreed to by a second person',
    start: () => confirmed(bench),
    act: agreed,
    again: false,
  },
])('$what is stored once, whatever call of the table it dies at', async ({ start, act, again }) => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await start();
      const [inMarch = 0, inApril = 0] = await booked();
      died = await bench.dies({ call: calls, when }, () => act(reference));
      // Sent again after it was stored, a move to where the customer is by now is refused.
      const repeated = act(reference);
      await (again ? repeated.catch(() => undefined) : repeated);
      const where = `death ${when} call ${calls}`;
      const events = await bench.store.onboardings.events(reference);
      expect(events.filter(({ type }) => type === 'WAVE_MOVED').length, where).toBe(1);
      const { state, booking } = await bench.store.onboardings.now(reference);
      expect([state.stage, booking?.wave, booking?.status], where).toEqual(['WAVE_HELD', april, 'HELD']);
      expect(await booked(), where).toEqual([inMarch - 1, inApril + 1]);
      // The run finds the customer placed, and asks it.
      expect(await bench.run('ScheduleWave', { reference, run: 1 })).toEqual({ outcome: 'HELD' });
    }
  }
  expect(calls).toBeGreaterThan(4);
});

it('a third act before the run has caught up is refused, and the token of the first is not forgotten', async () => {
  const reference = await confirmed(bench);
  await bench.run('WaitForGoNoGo', { reference, run: 1, token: 'the-first' });
  const move = () => movePlace(bench, reference, { wave: march, reason, askedByCustomer: true }, operator);
  await movePlace(bench, reference, { wave: april, reason, askedByCustomer: true }, operator);
  await answerWave(bench, reference, 'confirm', customer);
  await expect(move()).rejects.toThrow(ConcurrentChangeError);
  const now = await bench.store.onboardings.now(reference);
  expect(pendingCompletions(now)).toContainEqual({ kind: 'go_no_go', token: 'the-first', decision: 'MOVED' });
});

it('a request to move is stored so that an earlier release can read it, and does not carry it out', async () => {
  const reference = await confirmed(bench);
  await movePlace(bench, reference, { wave: april, reason, approval: true }, operator);
  const { approval } = await bench.store.onboardings.now(reference);
  expect(approval).toMatchObject({ kind: 'move', decision: 'move', wave: april });
  if (approval === undefined) throw new Error('No request');
  expect(fromApproval(approval)['kind']).toBe('override');
});
