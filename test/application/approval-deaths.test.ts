import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import { classified } from '../support/journeys.ts';
import { assessed, newToken, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const second: Actor = { kind: 'operator', id: 'second@platform.example' };

const asks = (reference: string) =>
  decideReview(
    bench,
    reference,
    { kind: 'confirmation', decision: 'override', reason: 'as agreed', approval: true },
    operator,
  );

async function answers(reference: string, decision: 'approve' | 'decline'): Promise<void> {
  const { approval } = await bench.store.onboardings.now(reference);
  await answerApproval(bench, { id: approval?.id ?? '', decision, reason: 'seen' }, second);
}

/** A proposed refusal that an operator has to confirm. */
async function refused(): Promise<string> {
  const reference = await assessed(bench, classified);
  await bench.run('AskForReview', { reference, run: 1, token: newToken(), review: 'confirmation' });
  return reference;
}

async function asked(): Promise<string> {
  const reference = await refused();
  await asks(reference);
  return reference;
}

it.each([
  { act: 'a request', from: refused, run: asks, event: 'APPROVAL_REQUESTED', status: 'waiting' },
  {
    act: 'an approval',
    from: asked,
    run: (reference: string) => answers(reference, 'approve'),
    event: 'APPROVAL_GIVEN',
    status: 'given',
  },
  {
    act: 'a refusal to approve',
    from: asked,
    run: (reference: string) => answers(reference, 'decline'),
    event: 'APPROVAL_DECLINED',
    status: 'declined',
  },
])('$act is recorded once, whatever call of the table it dies at', async ({ from, run, event, status }) => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await from();
      died = await bench.dies({ call: calls, when }, () => run(reference));
      await run(reference);
      const where = `death ${when} call ${calls}`;
      const types = (await bench.store.onboardings.events(reference)).map(({ type }) => type);
      expect(
        types.filter((type) => type === event),
        where,
      ).toHaveLength(1);
      expect((await bench.store.onboardings.now(reference)).approval?.status, where).toBe(status);
    }
  }
  expect(calls).toBeGreaterThan(2);
});
