import { afterAll, beforeAll, expect, it } from 'vitest';
import { decideErasure, requestErasure } from '../../functions/application/erasure-request.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { classified } from '../support/journeys.ts';
import { assessed, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const asks = (reference: string) => requestErasure(bench, reference, { kind: 'customer', id: reference });
const refuses = (reference: string) =>
  decideErasure(
    bench,
    reference,
    { decision: 'refuse', refusedFor: 'legal_claims', reason: 'as agreed' },
    operator,
  );
const grants = (reference: string) => decideErasure(bench, reference, { decision: 'erase' }, operator);

async function closed(): Promise<string> {
  const reference = await assessed(bench, classified);
  await withdraw(bench, reference, 'x', operator);
  return reference;
}

async function asked(): Promise<string> {
  const reference = await closed();
  await asks(reference);
  return reference;
}

it.each([
  { act: 'a request', from: closed, run: asks, event: 'ERASURE_REQUESTED', status: 'waiting' },
  { act: 'a refusal', from: asked, run: refuses, event: 'ERASURE_REFUSED', status: 'refused' },
  { act: 'a grant', from: asked, run: grants, event: 'ERASURE_ASKED', status: 'granted' },
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
      const { erasureRequest } = await bench.store.onboardings.now(reference);
      expect(erasureRequest?.status, where).toBe(status);
    }
  }
  expect(calls).toBeGreaterThan(2);
});
