import { afterAll, beforeAll, expect, it } from 'vitest';
import { remindWaiting } from '../../functions/application/remind-in-time.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { askToTalk, recordTalk } from '../../functions/application/talk.ts';
import { customer, invited, newToken, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const monday = '2026-11-30T08:00:00.000Z';
const page = { questions: ['A4'], given: { A4: 'none' } } as const;

async function talking(): Promise<string> {
  const reference = await invited(bench);
  bench.clock.set(monday);
  await askToTalk(bench, reference, 'le contrat', customer);
  return reference;
}

interface Case {
  readonly act: string;
  readonly prepare: () => Promise<string>;
  readonly run: (reference: string) => Promise<unknown>;
  readonly event: string;
  /** From when its silence counts afterwards. */
  readonly activeAt: string;
}

const cases: readonly Case[] = [
  {
    act: 'a request to talk',
    prepare: () => invited(bench),
    run: (reference) => {
      bench.clock.set(monday);
      return askToTalk(bench, reference, 'le contrat', customer);
    },
    event: 'TALK_ASKED',
    activeAt: '2026-11-23T08:00:00.000Z',
  },
  {
    act: 'a page that ends the pause',
    prepare: talking,
    run: (reference) => {
      bench.clock.set('2026-12-10T08:00:00.000Z');
      return savePage(bench, reference, page, customer);
    },
    event: 'TALK_ENDED',
    activeAt: '2026-12-10T08:00:00.000Z',
  },
  {
    act: 'the record of a talk',
    prepare: talking,
    run: async (reference) => {
      bench.clock.set('2026-12-10T08:00:00.000Z');
      const { talk } = (await bench.store.onboardings.now(reference)).state;
      // Sales see on the page that it was recorded.
      if (talk !== undefined) await recordTalk(bench, reference, { outcome: 'goes_on' }, operator);
    },
    event: 'TALK_ENDED',
    activeAt: '2026-12-03T08:00:00.000Z',
  },
  {
    act: 'the end of the pause',
    prepare: talking,
    run: async () => {
      bench.clock.set('2027-01-29T13:00:00.000Z');
      const { failures } = await remindWaiting(bench);
      if (failures.length > 0) throw failures[0];
    },
    event: 'TALK_ENDED',
    activeAt: '2027-01-22T08:00:00.000Z',
  },
  {
    act: 'the end of the pause, found by the call of the wait',
    prepare: talking,
    run: async (reference) => {
      bench.clock.set('2027-01-29T13:00:00.000Z');
      await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
    },
    event: 'TALK_ENDED',
    activeAt: '2027-01-22T08:00:00.000Z',
  },
];

it.each(cases)('$act happens once, whatever call of the table it dies at', async (one) => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      await bench.close();
      bench = await openTaskBench();
      bench.clock.set('2026-11-23T08:00:00.000Z');
      const reference = await one.prepare();
      died = await bench.dies({ call: calls, when }, () => one.run(reference));
      await one.run(reference);
      const where = `death ${when} call ${calls}`;
      const events = await bench.store.onboardings.events(reference);
      expect(
        events.filter(({ type }) => type === one.event),
        where,
      ).toHaveLength(1);
      const { state, wait } = await bench.store.onboardings.now(reference);
      const isAsking = one.event === 'TALK_ASKED';
      expect(state.talk !== undefined, where).toBe(isAsking);
      expect(wait?.activeAt, where).toBe(one.activeAt);
      expect(await bench.store.dossiers.matter(reference), where).toBe(isAsking ? 'le contrat' : undefined);
    }
  }
  expect(calls).toBeGreaterThan(2);
});

it('asks once of two requests at the same moment, and ends once of an answer and a record', async () => {
  await bench.close();
  bench = await openTaskBench();
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const reference = await invited(bench);
  bench.clock.set(monday);
  const ask = () => askToTalk(bench, reference, 'le contrat', customer);
  await Promise.all([ask(), ask()]);
  bench.clock.set('2026-12-10T08:00:00.000Z');
  await Promise.allSettled([
    savePage(bench, reference, page, customer),
    recordTalk(bench, reference, { outcome: 'goes_on' }, operator),
  ]);
  const types = (await bench.store.onboardings.events(reference)).map(({ type }) => type);
  expect(types.filter((type) => type === 'TALK_ASKED')).toHaveLength(1);
  expect(types.filter((type) => type === 'TALK_ENDED')).toHaveLength(1);
  const { state, wait } = await bench.store.onboardings.now(reference);
  expect([state.talks, state.talk]).toEqual([1, undefined]);
  // Never later than the page, whichever came first.
  expect(wait?.activeAt).toBe('2026-12-10T08:00:00.000Z');
});
