import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { factsOf } from '../../functions/domain/onboarding/approvals.ts';
import type { Change } from '../../functions/domain/onboarding/change.ts';
import type { Approval } from '../../functions/domain/onboarding/state.ts';
import { eachItem } from '../../functions/store/table.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { add, openBench, referenceOf, type StoreBench, stateOf } from './bench.ts';

let bench: StoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const event = { type: 'RESUMED', actor: system } as const;

async function change(reference: string, made: Partial<Change>): Promise<void> {
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { event, ...made },
  }));
}

/** An onboarding in review with a request that waits until a minute of the fourth of December. */
async function waiting(number: number, minute = number): Promise<string> {
  const reference = await add(
    bench.store,
    stateOf(number, { stage: 'IN_REVIEW', reviewKind: 'confirmation' }),
  );
  await put(reference, 'waiting', minute);
  return reference;
}

async function put(reference: string, status: Approval['status'], minute: number): Promise<void> {
  const now = await bench.store.onboardings.now(reference);
  const approval: Approval = {
    id: `${reference}-2`,
    ...({ kind: 'override', review: 'confirmation', decision: 'override', conditions: [], status } as const),
    by: { kind: 'operator', id: 'ada' },
    ...(status === 'waiting' ? { reason: 'typed' } : {}),
    askedAt: '2026-11-27T08:00:00.000Z',
    until: `2026-12-04T17:${String(minute).padStart(2, '0')}:00.000Z`,
    facts: factsOf(now),
  };
  await change(reference, { effects: [{ kind: 'put_approval', approval }] });
}

async function listed(upTo?: string, limit = 2): Promise<readonly string[]> {
  return Array.fromAsync(
    eachItem((page) =>
      bench.store.approvals.waiting({ limit, ...page, ...(upTo === undefined ? {} : { upTo }) }),
    ),
    ({ state }) => state.reference,
  );
}

describe('requests for a second person', () => {
  it('are listed the first to lapse first, page by page, and up to an instant that counts', async () => {
    for (const [number, minute] of [
      [1, 30],
      [2, 10],
      [3, 20],
    ] as const) {
      await waiting(number, minute);
    }
    const inOrder = [2, 3, 1].map(referenceOf);
    expect(await listed()).toEqual(inOrder);
    expect(await listed('2026-12-04T17:20:00.000Z')).toEqual(inOrder.slice(0, 2));
    expect(await listed('2026-12-04T17:19:59.999Z')).toEqual(inOrder.slice(0, 1));
    const [first] = (await bench.store.approvals.waiting({ limit: 500 })).items;
    expect(first?.approval).toMatchObject({ id: `${referenceOf(2)}-2`, reason: 'typed' });
  });

  it.each(['given', 'declined', 'lapsed'] as const)('leave the list when they are %s', async (status) => {
    const reference = await waiting(['given', 'declined', 'lapsed'].indexOf(status) + 10);
    expect(await listed()).toContain(reference);
    await put(reference, status, 1);
    expect(await listed()).not.toContain(reference);
    expect((await bench.store.onboardings.now(reference)).approval).toMatchObject({ status });
  });

  it('end in the transaction that changes their facts, with an event of their own before the other', async () => {
    const reference = await waiting(20);
    await change(reference, { set: { mailBounced: true } });
    expect((await bench.store.onboardings.now(reference)).approval?.status).toBe('waiting');
    await change(reference, { to: 'SUBMITTED', set: { tier: 'READY' } });
    const { state, approval } = await bench.store.onboardings.now(reference);
    expect(approval).toMatchObject({ status: 'lapsed' });
    expect(approval?.reason).toBeUndefined();
    const events = await bench.store.onboardings.events(reference);
    expect(events.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(events.slice(-2).map(({ type, before, after }) => [type, before, after])).toEqual([
      ['APPROVAL_LAPSED', 'IN_REVIEW', 'IN_REVIEW'],
      ['RESUMED', 'IN_REVIEW', 'SUBMITTED'],
    ]);
    expect([state.version, state.eventHash]).toEqual([5, events.at(-1)?.hash]);
    expect(firstBrokenEvent(events)).toBeUndefined();
    await change(reference, { set: { tier: 'NOT_READY' } });
    expect(await bench.store.onboardings.events(reference)).toHaveLength(6);
  });

  it('end when their result is written again, whatever the state says', async () => {
    const reference = await waiting(21);
    const result = { standsOn: '1.0', assessedOn: '2026-11-27', cleared: [], assessment: Object() };
    await change(reference, { effects: [{ kind: 'put_result', result }] });
    expect((await bench.store.onboardings.now(reference)).approval?.status).toBe('lapsed');
  });

  it('are read with the onboarding in one query, and are erased with what was typed', async () => {
    const reference = await waiting(22);
    const { requests } = await bench.costOf(() => bench.store.onboardings.now(reference));
    expect(requests).toBe(1);
    expect(await bench.store.erasures.remaining(reference)).toContain('APPROVAL');
    await bench.store.erasures.clear(reference);
    expect(await bench.store.erasures.remaining(reference)).not.toContain('APPROVAL');
    expect((await bench.store.onboardings.now(reference)).approval).toBeUndefined();
  });
});
