import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeTask, type TaskChange } from '../../functions/application/change-task.ts';
import { readTask, readTaskOverview } from '../../functions/application/read-tasks.ts';
import {
  InvalidInputError,
  TaskChangedError,
  TaskNotFoundError,
  WaveChangeRefusedError,
} from '../../functions/domain/errors.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { WaveState } from '../../functions/domain/waves/wave.ts';
import { openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const id = 'paris-2027-03-09';
const other = { kind: 'operator', id: 'eve' } as const;

async function open(state: WaveState = 'OPEN'): Promise<void> {
  await bench.close();
  bench = await openTaskBench();
  bench.clock.set('2026-11-23T08:00:00.000Z');
  await bench.addWave('2027-03-09', { state });
  for (const name of ['Ada', 'Eve']) {
    const subject = name.toLowerCase();
    const member = { subject, name, mail: `${subject}@platform.example`, roles: ['operator' as const] };
    await bench.store.staff.signedIn(member, bench.clock.now());
  }
}

const change = (asked: TaskChange, who: Actor = operator, code = 'SCHEDULE') =>
  changeTask(bench, id, code, asked, who);
const task = async (code = 'SCHEDULE') => (await readTask(bench, id, code)).task;
const entries = async () => (await bench.store.gateTasks.history(id, 'SCHEDULE', { limit: 50 })).items.length;

async function problemsOf(act: Promise<unknown>): Promise<readonly string[]> {
  const error = await act.catch((thrown: unknown) => thrown);
  if (!(error instanceof InvalidInputError)) throw error;
  return error.problems.map(({ field, code }) => `${field} ${code}`);
}

describe('a task', () => {
  beforeEach(() => open());

  it('has the shared address as its owner until an operator takes it, and its day moves with the wave', async () => {
    expect(await task()).toMatchObject({ owner: undefined, state: 'open', gate: { date: '2027-02-02' } });
    await change({ owner: ' ADA@platform.example ', done: true, note: '  Calendrier envoyé ' });
    expect(await task()).toMatchObject({
      ...{ state: 'done', note: 'Calendrier envoyé', version: 1 },
      ...{ owner: { name: 'Ada' }, done: { at: '2026-11-23T08:00:00.000Z', actor: operator } },
    });
    const before = await bench.store.waves.get('paris', id);
    await bench.store.waves.replace(before, { ...before, cutover: '2027-03-16' });
    expect(await task()).toMatchObject({ state: 'done', gate: { date: '2027-02-09' } });
  });

  it('changes in what is asked alone, and opens again with its note kept', async () => {
    await change({ owner: 'ada@platform.example', done: true, note: 'Fait' });
    await change({ done: false });
    expect(await task()).toMatchObject({ state: 'open', note: 'Fait', owner: { name: 'Ada' } });
    await change({ owner: null, note: ' ' });
    expect(await task()).toMatchObject({ owner: undefined, note: undefined, version: 3 });
  });

  it('changes once when the same is asked twice, whatever version is named', async () => {
    const asked = { owner: 'ada@platform.example', done: true, note: 'Fait', version: 0 };
    await change(asked);
    await change(asked);
    await change({ ...asked, version: 7 });
    await change({}, other);
    expect([await entries(), (await task()).version]).toEqual([1, 1]);
  });

  it('takes one of two changes at one instant, and refuses the other with what was read', async () => {
    const both = await Promise.allSettled([
      change({ owner: 'ada@platform.example', version: 0 }),
      change({ owner: 'eve@platform.example', version: 0 }, other),
    ]);
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect([refused.length, await entries()]).toEqual([1, 1]);
    expect(refused[0]).toBeInstanceOf(TaskChangedError);
    await change({ done: true }, other);
    await expect(change({ note: 'Trop tard', version: 1 })).rejects.toBeInstanceOf(TaskChangedError);
  });

  it('without a version, two changes of other fields at one instant both count', async () => {
    await Promise.all([change({ owner: 'ada@platform.example' }), change({ done: true }, other)]);
    expect(await task()).toMatchObject({ owner: { name: 'Ada' }, state: 'done', version: 2 });
  });

  it('names each field that is wrong', async () => {
    expect(await problemsOf(change({ owner: 'nobody@platform.example', note: 'x'.repeat(501) }))).toEqual([
      'owner unknown_owner',
      'note too_long',
    ]);
    expect(await problemsOf(change({ note: 'a\u0007' }))).toEqual(['note not_plain_text']);
    for (const code of ['GO_NO_GO', 'CUTOVER', 'HYPERCARE_END']) {
      expect(await problemsOf(change({ done: true }, operator, code))).toEqual(['done not_expected']);
      await change({ owner: 'ada@platform.example' }, operator, code);
      expect(await task(code)).toMatchObject({ owner: { name: 'Ada' } });
    }
    await expect(change({}, operator, 'TEA')).rejects.toBeInstanceOf(TaskNotFoundError);
    expect(await entries()).toBe(0);
  });

  it('falls to the shared address when its owner is no operator any more', async () => {
    await change({ owner: 'ada@platform.example' });
    const now = new Date(bench.clock.now().getTime() + 1);
    const ada = { subject: 'ada', name: 'Ada', mail: 'ada@platform.example', roles: ['sales' as const] };
    await bench.store.staff.signedIn(ada, now);
    expect((await task()).owner).toBeUndefined();
  });

  it.each(['DONE', 'CANCELLED'] as const)('of a wave that is %s is shown, and not changed', async (state) => {
    await change({ done: true });
    const before = await bench.store.waves.get('paris', id);
    await bench.store.waves.replace(before, { ...before, state });
    await expect(change({ done: false })).rejects.toBeInstanceOf(WaveChangeRefusedError);
    await change({ done: true });
    expect([(await task()).state, await entries()]).toEqual(['done', 1]);
  });

  it('is in its history once, whatever call a change dies at', async () => {
    const asked = { owner: 'ada@platform.example', done: true, version: 0 };
    let calls = 0;
    for (let died = true; died; ) {
      calls += 1;
      for (const when of ['before', 'after'] as const) {
        await open();
        died = await bench.dies({ call: calls, when }, () => change(asked));
        await change(asked);
        expect([await entries(), (await task()).version], `${when} ${calls}`).toEqual([1, 1]);
      }
    }
    expect(calls).toBeGreaterThan(3);
  });
});

describe('the tasks of all waves', () => {
  beforeEach(() => open());

  it('are those of the waves under way, overdue first and then by date', async () => {
    for (const [cutover, state] of [
      ['2027-02-09', 'CANCELLED'],
      ['2027-03-02', 'FROZEN'],
      ['2027-04-06', 'OPEN'],
    ] as const) {
      await bench.addWave(cutover, { state });
    }
    bench.clock.set('2027-02-04T08:00:00.000Z');
    const { rows, wavesLeftOut } = await readTaskOverview(bench);
    expect(new Set(rows.map(({ wave }) => wave.cutover))).toEqual(new Set(['2027-03-02', '2027-03-09']));
    expect(
      rows.slice(0, 4).map(({ wave, task: { gate, state } }) => `${wave.cutover} ${gate.code} ${state}`),
    ).toEqual([
      '2027-03-02 SCHEDULE overdue',
      '2027-03-02 FIRST_MEETING overdue',
      '2027-03-09 SCHEDULE overdue',
      '2027-03-02 FIRST_NOTICE open',
    ]);
    expect([rows.length, wavesLeftOut]).toEqual([16, 0]);
  });

  it('are read for 30 waves at most, with the number of those left out', async () => {
    for (let index = 1; index <= 31; index += 1) {
      const cutover = `2027-03-${String((index % 28) + 1).padStart(2, '0')}`;
      await bench.addWave(cutover, { id: `paris-2027-03-${index + 40}` });
    }
    bench.clock.set('2027-02-26T08:00:00.000Z');
    let read = await readTaskOverview(bench);
    const cost = await bench.costOf(async () => {
      read = await readTaskOverview(bench);
    });
    expect([read.rows.length, read.wavesLeftOut]).toEqual([240, 2]);
    expect(cost.requests).toBeLessThan(35);
  });
});
