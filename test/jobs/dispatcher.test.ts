import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import type { PublishedEvent } from '../../functions/platform/event-bus.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import type { Mail } from '../../functions/platform/mail.ts';
import { add, stateOf } from '../store/bench.ts';
import { DiedError, openTaskBench, start, submitted, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterEach(() => bench.close());

/** A dispatcher whose deliveries are kept, and fail on demand. */
function dispatcherOn(fails: (what: string) => boolean = () => false) {
  const mails: Mail[] = [];
  const events: PublishedEvent[] = [];
  const starts: string[] = [];
  const wakes: string[] = [];
  function deliver(what: string): void {
    if (fails(what)) throw new DiedError(`canary ${what}`);
  }
  const dispatch = createDispatcher({
    ...bench,
    logger: jsonLogger((line) => bench.logged.push(line)),
    links: keyedLinks(new Uint8Array(32)),
    metrics: { funnel: () => undefined, sweep: () => undefined, upkeep: () => undefined },
    mail: { publicUrl: 'http://127.0.0.1', operators: 'operations@platform.example' },
    workflow: {
      ...bench.workflow,
      start: async (reference, run) => {
        deliver('start');
        starts.push(`${reference}-${run}`);
      },
      complete: async (token) => {
        deliver('wake');
        wakes.push(token);
        return true;
      },
    },
    mailer: {
      send: async (mail) => {
        deliver(`mail ${mail.to}`);
        mails.push(mail);
      },
    },
    bus: {
      publish: async (event) => {
        deliver('event');
        events.push(event);
      },
    },
  });
  return { dispatch, mails, events, starts, wakes };
}

it('delivers every message at least once, with the same id, after a crash between any two calls', async () => {
  for (let calls = 1; ; calls += 1) {
    const reference = await submitted(bench);
    const { dispatch, mails, events, starts, wakes } = dispatcherOn();
    const died = await bench.dies({ call: calls, when: 'before' }, async () => {
      const { left } = await dispatch();
      if (left > 0) throw new DiedError();
    });
    expect(await dispatch()).toMatchObject({ left: 0 });
    expect(new Set(starts)).toEqual(new Set([`${reference}-1`]));
    expect(new Set(wakes).size).toBe(1);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(3);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect(new Set(mails.map(({ id, to, text }) => `${id} ${to} ${text}`)).size).toBe(3);
    expect(await bench.store.outbox.pending(5)).toEqual([]);
    if (!died) break;
    expect(calls).toBeLessThan(60);
  }
});

it('sends the other messages when a mail fails, and none of them twice', async () => {
  const reference = await submitted(bench);
  let down = true;
  const { dispatch, mails, wakes, starts } = dispatcherOn((what) => down && what.includes('@client.example'));
  expect(await dispatch()).toMatchObject({ left: 2 });
  expect(await dispatch()).toMatchObject({ sent: 0, left: 2 });
  expect([starts, wakes]).toEqual([[`${reference}-1`], [expect.any(String)]]);
  expect(mails.map(({ to }) => to)).toEqual(['sales@platform.example']);
  down = false;
  expect(await dispatch()).toMatchObject({ sent: 2, left: 0 });
  expect(mails).toHaveLength(3);
  expect(wakes).toHaveLength(1);
  expect(bench.logged.join('')).not.toContain('canary');
});

it('sends the entries behind more failing entries than it reads at once', async () => {
  for (let number = 1; number <= 60; number += 1) {
    await add(bench.store, stateOf(5_000 + number), {}, [
      { kind: 'mail', template: 'reminder', to: 'customer' },
    ]);
  }
  bench.clock.set('2026-11-23T09:00:00.000Z');
  const reference = await start(bench);
  const { dispatch, starts } = dispatcherOn((what) => what.startsWith('mail'));
  expect(await dispatch()).toEqual({ sent: 1, left: 60 });
  expect(starts).toEqual([`${reference}-1`]);
});
