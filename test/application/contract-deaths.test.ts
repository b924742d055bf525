import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { recordContract } from '../../functions/application/record-contract.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { waitingApproval } from '../../functions/domain/onboarding/approvals.ts';
import { salesPerson, signed, withContract } from '../support/contract.ts';
import { confirmed, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterAll(() => bench.close());

const second = { kind: 'operator', id: 'second@platform.example' } as const;

const record = (reference: string, contract = signed) =>
  recordContract(bench, reference, contract, salesPerson);

async function types(reference: string): Promise<readonly string[]> {
  return (await bench.store.onboardings.events(reference)).map(({ type }) => type);
}

function times(all: readonly string[], type: string): number {
  return all.filter((each) => each === type).length;
}

async function atTheGate(): Promise<string> {
  const reference = await confirmed(bench);
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { to: 'GO_NO_GO', event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: '' } } },
  }));
  return reference;
}

const go = (reference: string, approval = false) =>
  decideReview(
    { ...bench, platform: withContract },
    reference,
    { kind: 'go_no_go', decision: 'go', reason: 'ready', approval },
    operator,
  );

async function asked(): Promise<{ readonly reference: string; readonly id: string }> {
  const reference = await atTheGate();
  const { id = '' } = (await go(reference, true)) ?? {};
  return { reference, id };
}

const approve = (id: string) =>
  answerApproval({ ...bench, platform: withContract }, { id, decision: 'approve', reason: 'seen' }, second);

it('is recorded once, with the end of the request made for it, whatever call of the table it dies at', async () => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const { reference } = await asked();
      died = await bench.dies({ call: calls, when }, () => record(reference));
      await record(reference);
      const where = `death ${when} call ${calls}`;
      const happened = await types(reference);
      expect(times(happened, 'CONTRACT_RECORDED'), where).toBe(1);
      expect(times(happened, 'APPROVAL_LAPSED'), where).toBe(1);
      const { state, approval } = await bench.store.onboardings.now(reference);
      expect(state.contract, where).toMatchObject({ reference: signed.reference });
      expect(approval?.status, where).toBe('lapsed');
    }
  }
  expect(calls).toBeGreaterThan(1);
});

it('and a second person who agrees at the same time end in one of both orders', async () => {
  let decided = 0;
  for (let call = 1, came = true; came; call += 1) {
    const { reference, id } = await asked();
    const outcome = { agreed: true };
    came = await bench.between(
      call,
      () =>
        approve(id).catch(() => {
          outcome.agreed = false;
        }),
      () => record(reference),
    );
    if (!came) break;
    const happened = await types(reference);
    expect(times(happened, 'CONTRACT_RECORDED')).toBe(1);
    // Either the request was void before the answer, or the decision came first.
    expect(times(happened, 'APPROVAL_GIVEN')).toBe(outcome.agreed ? 1 : 0);
    expect(times(happened, 'APPROVAL_LAPSED')).toBe(outcome.agreed ? 0 : 1);
    if (outcome.agreed) decided += 1;
    else expect(await go(reference)).toBeUndefined();
  }
  expect(decided).toBeGreaterThanOrEqual(0);
});

it('and a go that is asked for at the same time leave no request without its reason', async () => {
  for (let call = 1, came = true; came; call += 1) {
    const reference = await atTheGate();
    came = await bench.between(
      call,
      () => go(reference, true),
      () => record(reference),
    );
    const now = await bench.store.onboardings.now(reference);
    if (!came) break;
    expect(waitingApproval(now, bench.clock.now())).toBeUndefined();
    const decided = times(await types(reference), 'GO_NO_GO_DECIDED');
    if (decided === 0) expect(await go(reference)).toBeUndefined();
    expect(times(await types(reference), 'GO_NO_GO_DECIDED')).toBe(1);
  }
});

it('and its correction at the same time are both in the history, and the last one holds', async () => {
  const reference = await confirmed(bench);
  const corrected = { ...signed, reference: 'CT-2026-119' };
  await Promise.all([record(reference), record(reference, corrected)]);
  const { state } = await bench.store.onboardings.now(reference);
  const events = (await bench.store.onboardings.events(reference)).filter(
    ({ type }) => type === 'CONTRACT_RECORDED',
  );
  expect(events).toHaveLength(2);
  expect(events.at(-1)?.reason).toBe(`${state.contract?.reference} – ${signed.keptBy}`);
});
