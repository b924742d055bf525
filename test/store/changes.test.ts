import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ConcurrentChangeError,
  IdempotencyKeyReusedError,
  OnboardingNotFoundError,
} from '../../functions/domain/errors.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { type Change, ForbiddenTransitionError } from '../../functions/domain/onboarding/change.ts';
import type { Snapshot, Wait } from '../../functions/domain/onboarding/state.ts';
import { close } from '../../functions/domain/onboarding/transitions/close.ts';
import { decideWait } from '../../functions/domain/onboarding/waits.ts';
import { keys } from '../../functions/store/keys.ts';
import { ReferenceTakenError, ScopeTakenError, type Starts } from '../../functions/store/starts.ts';
import { fromEvent } from '../../functions/store/stored-event.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { add, customer, intakeOf, openBench, type StoreBench, sirenOf, stateOf } from './bench.ts';

let bench: StoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const event = { type: 'FIRST_PAGE_SAVED', actor: system } as const;

async function move(reference: string, change: Partial<Change>): Promise<void> {
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { event, ...change },
  }));
}

describe('a guarded change', () => {
  it('says that an onboarding does not exist', async () => {
    await expect(bench.store.onboardings.now('NOBODY')).rejects.toThrow(OnboardingNotFoundError);
  });

  it('is refused on a stale version, and writes nothing then', async () => {
    const reference = await add(bench.store, stateOf(1));
    const stale = await bench.store.onboardings.now(reference);
    await move(reference, { to: 'QUALIFYING' });
    const before = await bench.store.onboardings.now(reference);
    await expect(
      bench.store.onboardings.apply(stale, { to: 'QUALIFYING', set: { team: 'lost' }, event }),
    ).rejects.toThrow(ConcurrentChangeError);
    expect(await bench.store.onboardings.now(reference)).toEqual(before);
    expect(await bench.store.onboardings.events(reference)).toHaveLength(2);
  });

  it('is refused when the stage may not follow', async () => {
    const reference = await add(bench.store, stateOf(2));
    const now = await bench.store.onboardings.now(reference);
    await expect(bench.store.onboardings.apply(now, { to: 'HANDED_OVER', event })).rejects.toThrow(
      ForbiddenTransitionError,
    );
    await move(reference, { to: 'CLOSED' });
    await expect(move(reference, { to: 'INVITED' })).rejects.toThrow(ForbiddenTransitionError);
  });

  it('is decided again when another came between, so that 10 concurrent ones all count', async () => {
    const reference = await add(bench.store, stateOf(3));
    await Promise.all(
      Array.from({ length: 10 }, () =>
        bench.store.onboardings.change<void>(reference, async ({ state }) => ({
          result: undefined,
          change: { set: { anotherDates: state.anotherDates + 1 }, event },
        })),
      ),
    );
    const { state } = await bench.store.onboardings.now(reference);
    expect(state).toMatchObject({ anotherDates: 10, version: 11 });
    expect(firstBrokenEvent(await bench.store.onboardings.events(reference))).toBeUndefined();
  });

  it('keeps one event a change, chained by hash from the first', async () => {
    const reference = await add(bench.store, stateOf(4));
    for (let turn = 0; turn < 5; turn += 1) await move(reference, { set: { link: turn } });
    const events = await bench.store.onboardings.events(reference);
    const { state } = await bench.store.onboardings.now(reference);
    expect(events.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events.at(-1)?.hash).toBe(state.eventHash);
    expect(firstBrokenEvent(events)).toBeUndefined();
  });

  it('shows which event was tampered with, or is missing', async () => {
    const reference = await add(bench.store, stateOf(5));
    for (let turn = 0; turn < 3; turn += 1) await move(reference, { set: { link: turn } });
    const events = await bench.store.onboardings.events(reference);
    const third = events[2];
    expect(firstBrokenEvent(events.filter((event) => event !== third))).toBe(3);
    await bench.documents.send(
      new PutCommand({
        TableName: bench.tableName,
        Item: {
          ...keys.event(reference, 3),
          ...(third === undefined ? {} : fromEvent(third)),
          who: { kind: 'operator', id: 'somebody-else' },
        },
      }),
    );
    expect(firstBrokenEvent(await bench.store.onboardings.events(reference))).toBe(3);
  });

  it('reads a history longer than one page', async () => {
    const reference = await add(bench.store, stateOf(6));
    const reason = 'a reason of some length '.repeat(2_000);
    for (let turn = 0; turn < 30; turn += 1) await move(reference, { event: { ...event, reason } });
    const events = await bench.store.onboardings.events(reference);
    expect(events).toHaveLength(31);
    expect(firstBrokenEvent(events)).toBeUndefined();
  });
});

describe('a wait', () => {
  const wait: Wait = {
    ...({ id: 'answers@1', kind: 'answers', openedAt: '2026-11-23T08:00:00.000Z' } as const),
    activeAt: '2026-11-23T08:00:00.000Z',
    until: '2026-12-07T08:00:00.000Z',
    reminders: 0,
  };
  const asked = { fr: 'Répondre', en: 'Answering' };

  async function invited(number: number): Promise<string> {
    return add(bench.store, stateOf(number, { stage: 'INVITED' }));
  }

  function answered(now: Snapshot): Change {
    return {
      to: 'SUBMITTED',
      event: { ...event, actor: customer },
      wait: decideWait(now, ['answers'], asked, 'ANSWERED', bench.clock.now()),
    };
  }

  it('is not decided over a token that was stored since it was read', async () => {
    const reference = await invited(20);
    const read = await bench.store.onboardings.now(reference);
    expect(await bench.store.onboardings.putWait(reference, { ...wait, token: 'T1' }, undefined)).toBe(true);
    await expect(bench.store.onboardings.apply(read, answered(read))).rejects.toThrow(ConcurrentChangeError);
    await bench.store.onboardings.change<void>(reference, async (now) => ({
      result: undefined,
      change: answered(now),
    }));
    const { wait: decided } = await bench.store.onboardings.now(reference);
    expect(decided).toMatchObject({ token: 'T1', decision: 'ANSWERED' });
  });

  it('takes no token once it was decided, nor one older than the token it has', async () => {
    const reference = await invited(21);
    const read = await bench.store.onboardings.now(reference);
    await bench.store.onboardings.apply(read, answered(read));
    expect(await bench.store.onboardings.putWait(reference, { ...wait, token: 'T1' }, read.wait)).toBe(false);

    const other = await invited(22);
    const first = { ...wait, token: 'T1' };
    await bench.store.onboardings.putWait(other, first, undefined);
    await bench.store.onboardings.putWait(other, { ...wait, token: 'T2' }, first);
    expect(await bench.store.onboardings.putWait(other, { ...first, reminders: 0 }, first)).toBe(false);
    expect((await bench.store.onboardings.now(other)).wait?.token).toBe('T2');
  });

  it('that opens while its onboarding is closed is seen by the closing', async () => {
    const reference = await invited(23);
    const read = await bench.store.onboardings.now(reference);
    await bench.store.onboardings.putWait(reference, { ...wait, token: 'T1' }, undefined);
    const closing = (now: Snapshot) => close(now, 'WITHDRAWN', { type: 'WITHDRAWN', actor: customer });
    await expect(bench.store.onboardings.apply(read, closing(read))).rejects.toThrow(ConcurrentChangeError);
    const again = await bench.store.onboardings.now(reference);
    await bench.store.onboardings.apply(again, closing(again));
    const closed = await bench.store.onboardings.now(reference);
    expect(closed.wait).toMatchObject({ token: 'T1', decision: 'WITHDRAWN' });
    const entries = (await bench.store.outbox.pending(500)).filter((entry) => entry.reference === reference);
    expect(entries.flatMap(({ messages }) => messages)).toContainEqual({ kind: 'wake' });
  });

  it('keeps the token of the wait before it, while that one is not woken', async () => {
    const reference = await add(bench.store, stateOf(24, { stage: 'WAVE_CONFIRMED', episode: 9 }));
    const before = { ...wait, id: 'confirmation@5', kind: 'confirmation' as const, token: 'T1' };
    await bench.store.onboardings.putWait(reference, { ...before, decision: 'CONFIRMED' }, undefined);
    const now = await bench.store.onboardings.now(reference);
    expect(decideWait(now, ['go_no_go'], asked, 'MOVED', bench.clock.now())).toMatchObject({
      id: 'go_no_go@9',
      decision: 'MOVED',
      pendingCompletion: { kind: 'confirmation', token: 'T1', decision: 'CONFIRMED' },
    });
  });
});

describe('a start', () => {
  const create = (
    starts: Starts,
    number: number,
    request: { key: string; body: string },
    siren = sirenOf(number),
    scope?: string,
  ) => {
    const state = stateOf(number, { siren, ...(scope === undefined ? {} : { scope }) });
    return starts.create({ scope: 'crm', ...request }, { state, event, messages: [] }, intakeOf(state));
  };

  it('answers the same request with the same reference for good', async () => {
    const { starts } = bench.store;
    const request = { key: 'K1', body: 'one' };
    const reference = await create(starts, 40, request);
    bench.clock.set('2028-11-23T08:00:00.000Z');
    expect(await create(starts, 41, request)).toBe(reference);
    expect(await bench.store.requests.earlier({ scope: 'crm', ...request })).toMatchObject({ reference });
    expect(await bench.store.requests.earlier({ scope: 'other', ...request })).toBeUndefined();
    bench.clock.set('2026-11-23T08:00:00.000Z');
  });

  it('refuses a key that was used for another body', async () => {
    const { starts } = bench.store;
    await create(starts, 42, { key: 'K2', body: 'one' });
    await expect(create(starts, 43, { key: 'K2', body: 'two' })).rejects.toThrow(IdempotencyKeyReusedError);
    await expect(bench.store.requests.earlier({ scope: 'crm', key: 'K2', body: 'two' })).rejects.toThrow(
      IdempotencyKeyReusedError,
    );
  });

  it('refuses a second active onboarding of a SIREN and names the first, until that one is closed', async () => {
    const { starts, onboardings } = bench.store;
    const first = await create(starts, 44, { key: 'K3', body: '' });
    const second = create(starts, 45, { key: 'K4', body: '' }, sirenOf(44));
    await expect(second).rejects.toThrow(ScopeTakenError);
    await expect(second).rejects.toMatchObject({ reference: first });
    await onboardings.change<void>(first, async (now) => ({
      result: undefined,
      change: close(now, 'DECLINED', event),
    }));
    expect(await create(starts, 45, { key: 'K4', body: '' }, sirenOf(44))).not.toBe(first);
  });

  it('runs one onboarding for each scope of a SIREN, and closing one frees its scope alone', async () => {
    const { starts, onboardings, lists } = bench.store;
    const siren = sirenOf(440);
    let number = 440;
    const of = (scope?: string) => {
      number += 1;
      return create(starts, number, { key: `scope ${number}`, body: '' }, siren, scope);
    };
    const whole = await of();
    const south = await of('Direction de l’Œuvre – Sud');
    const north = await of('Nord');
    const active = [
      { reference: whole },
      { reference: south, scope: 'Direction de l’Œuvre – Sud' },
      { reference: north, scope: 'Nord' },
    ];
    expect(await starts.actives(siren)).toEqual(active);
    for (const same of ["DIRECTION DE L'OEUVRE SUD", 'Direction, de l’œuvre (Süd)']) {
      await expect(of(same)).rejects.toMatchObject({ reference: south, active });
    }
    await expect(of()).rejects.toMatchObject({ reference: whole, active });
    expect(await starts.active(siren, 'direction de l’oeuvre sud')).toBe(south);

    await onboardings.change<void>(south, async (now) => ({
      result: undefined,
      change: close(now, 'DECLINED', event),
    }));
    expect(await starts.actives(siren)).toEqual([active[0], active[2]]);
    const again = await of('direction de l’œuvre sud');
    const found = await lists.bySiren(siren, { limit: 10 });
    expect(found.items.map(({ reference }) => reference).toSorted()).toEqual(
      [whole, south, north, again].toSorted(),
    );
  });

  it('takes an onboarding that an earlier release has started for that of the whole organisation', async () => {
    const { starts } = bench.store;
    const siren = sirenOf(450);
    await bench.documents.send(
      new PutCommand({
        TableName: bench.tableName,
        Item: { pk: `SIREN#${siren}`, sk: 'ACTIVE', reference: 'K7F4-M3XJ' },
      }),
    );
    await expect(create(starts, 450, { key: 'K450', body: '' }, siren)).rejects.toMatchObject({
      reference: 'K7F4-M3XJ',
      active: [{ reference: 'K7F4-M3XJ' }],
    });
    await create(starts, 451, { key: 'K451', body: '' }, siren, 'Nord');
  });

  it('says so when the reference is taken', async () => {
    await add(bench.store, stateOf(46));
    await expect(create(bench.store.starts, 46, { key: 'K5', body: '' }, sirenOf(4_600))).rejects.toThrow(
      ReferenceTakenError,
    );
  });
});
