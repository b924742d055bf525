import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWork, type WorkFilter, type WorkFound } from '../../functions/application/read-work.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { firstRun } from '../../functions/domain/onboarding/run.ts';
import type { OnboardingState, Wait } from '../../functions/domain/onboarding/state.ts';
import { add, openBench, referenceOf, type StoreBench, stateOf } from '../store/bench.ts';

const now = '2026-12-03T10:00:00.000Z';
const since = '2026-11-27T10:00:00.000Z';
const ada = { subject: 'ada', team: 'paris' };

let bench: StoreBench;
beforeAll(async () => {
  bench = await openBench();
  bench.clock.set(now);
});
afterAll(() => bench.close());

function follow(to: string, team?: string): Partial<OnboardingState> {
  return { assigned: { to, name: to, at: since, ...(team === undefined ? {} : { team }) } };
}

async function inReview(number: number, changes: Partial<OnboardingState> = {}): Promise<string> {
  const { assigned, ...rest } = changes;
  const reference = await add(
    bench.store,
    stateOf(number, { stage: 'IN_REVIEW', reviewKind: 'readiness', stageSince: since, ...rest }),
  );
  if (assigned === undefined) return reference;
  const snapshot = await bench.store.onboardings.now(reference);
  await bench.store.onboardings.apply(snapshot, {
    set: { assigned },
    event: { type: 'ASSIGNED', actor: system, data: { to: assigned.to } },
    effects: [{ kind: 'move_assignment', to: assigned.to }],
  });
  return reference;
}

function failed(at: string, error: string): Partial<OnboardingState> {
  return { run: { ...firstRun(since), status: 'failed', failedAt: at, error } };
}

function read(filter: WorkFilter = {}, cursor?: string): Promise<WorkFound> {
  return readWork(bench, filter, ada, cursor === undefined ? {} : { cursor });
}

function numbersOf({ rows }: WorkFound): readonly number[] {
  return rows.map(({ snapshot }) => Number(snapshot.state.reference.slice(3)));
}

async function waitOf(number: number, until: string): Promise<void> {
  const wait: Wait = {
    ...({ id: 'answers@1', kind: 'answers', openedAt: since, activeAt: since, until, reminders: 0 } as const),
  };
  expect(await bench.store.onboardings.putWait(referenceOf(number), wait, undefined)).toBe(true);
}

it('shows what is overdue and what comes, by person, kind, cause and wave', async () => {
  await inReview(1, { ...follow('ada', 'paris') });
  await inReview(2, { stageSince: '2026-11-24T10:00:00.000Z', ...follow('bob', 'sud') });
  await inReview(3, failed('2026-12-02T08:00:00.000Z', 'ThrottlingException'));
  await inReview(4, { ...failed('2026-12-02T09:00:00.000Z', 'ZodError'), ...follow('eve', 'paris') });
  await inReview(5, { stage: 'GO_NO_GO', wave: 'paris-2026-12-08', cutover: '2026-12-08' });
  await add(bench.store, stateOf(6, { stage: 'INVITED' }));
  await waitOf(6, '2026-12-03T09:44:00.000Z');
  await add(bench.store, stateOf(7, { stage: 'INVITED' }));
  await waitOf(7, '2026-12-03T09:46:00.000Z');
  // The wait of a failed run is past too: the failure is what there is to do.
  await waitOf(3, '2026-12-02T08:00:00.000Z');

  // Of a customer in a wave.
  await inReview(8, { stage: 'WAVE_CONFIRMED', wave: 'paris-2027-03-09', cutover: '2027-03-09' });
  const booking = {
    wave: 'paris-2027-03-09',
    site: 'paris',
    cutover: '2027-03-09',
    status: 'CONFIRMED',
  } as const;
  const before = await bench.store.onboardings.now(referenceOf(8));
  await bench.store.onboardings.apply(before, {
    event: { type: 'RESUMED', actor: system },
    run: { status: 'failed', failedAt: '2026-12-03T09:59:00.000Z' },
    effects: [
      {
        kind: 'put_booking',
        booking: { ...booking, points: 1, complex: 0, bookedAt: since },
        before: undefined,
      },
    ],
  });

  const all = await read();
  expect(numbersOf(all)).toEqual([2, 3, 4, 6, 8, 1, 5]);
  expect(all.rows.map(({ work: { kind } }) => kind)).toEqual([
    ...['review', 'failed_run', 'failed_run', 'stuck', 'failed_run', 'review', 'go_no_go'],
  ]);
  expect(all.isThinned).toBe(false);
  expect(all.cursor).toBeUndefined();
  const counted = [...(all.counts ?? [])].filter(([, count]) => count > 0);
  expect(Object.fromEntries(counted)).toEqual({ failed_run: 3, stuck: 1, go_no_go: 1, review: 2 });

  const views: readonly (readonly [WorkFilter, readonly number[]])[] = [
    [{ kind: 'review' }, [2, 1]],
    [{ kind: 'stuck' }, [6]],
    [{ kind: 'go_no_go' }, [5]],
    [{ kind: 'failed_run' }, [3, 4, 8]],
    [{ kind: 'failed_run', error: 'busy' }, [3]],
    [{ kind: 'failed_run', error: 'data' }, [4]],
    [{ assigned: 'me' }, [1]],
    [{ assigned: 'me', kind: 'failed_run' }, []],
    [{ assigned: 'none' }, [3, 6, 8, 5]],
    [{ assigned: 'none', kind: 'go_no_go' }, [5]],
    [{ assigned: 'team' }, [4, 1]],
    [{ wave: 'paris-2027-03-09' }, [8]],
    [{ wave: 'paris-2027-03-09', kind: 'review' }, []],
    [{ kind: 'stuck', assigned: 'me' }, []],
  ];
  for (const [filter, numbers] of views)
    expect([filter, numbersOf(await read(filter))]).toEqual([filter, numbers]);
  expect((await read({ assigned: 'none' })).isThinned).toBe(true);
  expect((await read({ assigned: 'me' })).isThinned).toBe(false);
});

it('leaves out what was done since the list was written', async () => {
  const reference = await inReview(20);
  const entries = await bench.store.workList.entries({ limit: 500 });
  const { workList } = bench.store;
  const stale = { ...bench.store, workList: { ...workList, entries: async () => entries } };
  await bench.store.onboardings.apply(await bench.store.onboardings.now(reference), {
    to: 'INVITED',
    event: { type: 'INVITED', actor: system, data: { link: 1 } },
  });
  const found = await readWork({ store: stale, clock: bench.clock }, {}, ada, {});
  expect(numbersOf(found)).not.toContain(20);
});

it('leaves out a review that is decided, though the workflow has not gone on', async () => {
  const reference = await inReview(21);
  const wait = {
    ...({
      id: 'review@1',
      kind: 'review',
      openedAt: since,
      activeAt: since,
      until: '2026-12-04T10:00:00.000Z',
    } as const),
    ...{ reminders: 0, decision: 'ACCEPTED' },
  };
  expect(numbersOf(await read({ kind: 'review' }))).toContain(21);
  await bench.store.onboardings.putWait(reference, wait, undefined);
  expect(numbersOf(await read({ kind: 'review' }))).not.toContain(21);
});

it('gives every onboarding once over pages of 25, in two queries and one batch each', async () => {
  const numbers = Array.from({ length: 60 }, (_, index) => 100 + index);
  for (const number of numbers) await inReview(number, { stageSince: '2026-12-02T10:00:00.000Z' });
  const seen: number[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const at = cursor;
    const cost = await bench.costOf(async () => {
      const page = await read({ kind: 'review' }, at);
      expect(page.rows.length).toBeLessThanOrEqual(25);
      seen.push(...numbersOf(page));
      cursor = page.cursor;
    });
    expect(cost.requests).toBeLessThanOrEqual(3);
    pages += 1;
  } while (cursor !== undefined);
  expect(pages).toBe(3);
  expect(seen.filter((number) => number >= 100)).toEqual(numbers);
  expect(new Set(seen).size).toBe(seen.length);
});
