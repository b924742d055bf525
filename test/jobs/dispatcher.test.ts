import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import { sendingTries } from '../../functions/domain/onboarding/durations.ts';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import { createMailRelay } from '../../functions/jobs/send-mail/handler.ts';
import type { PublishedEvent } from '../../functions/platform/event-bus.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import type { Mail } from '../../functions/platform/mail.ts';
import { earlierOutbox } from '../../functions/store/keys.ts';
import { add, referenceOf, stateOf } from '../store/bench.ts';
import { callDue, enough, keysOf, report, reportKeys } from '../support/relay.ts';
import {
  DiedError,
  invited,
  newToken,
  openTaskBench,
  operator,
  start,
  submitted,
  type TaskBench,
} from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterEach(() => bench.close());

const links = keyedLinks(new Uint8Array(32));

/** The mail service takes no more at the moment. */
class TooManyRequests extends Error {
  override readonly name = 'TooManyRequestsException';
}

type Deliver = (what: string) => void | Promise<void>;

/** Both functions; what they deliver is kept, and `deliver` may disturb it. */
function relaysOn(deliver: Deliver = () => undefined) {
  const mails: Mail[] = [];
  const events: PublishedEvent[] = [];
  const starts: string[] = [];
  const wakes: string[] = [];
  const logger = jsonLogger((line) => bench.logged.push(line));
  const dispatch = createDispatcher({
    ...{ ...bench, logger },
    metrics: { funnel: () => undefined, sweep: () => undefined, upkeep: () => undefined },
    workflow: {
      ...bench.workflow,
      start: async (reference, run) => {
        await deliver('start');
        starts.push(`${reference}-${run}`);
      },
      complete: async (token) => {
        await deliver('wake');
        wakes.push(token);
        return true;
      },
    },
    bus: {
      publish: async (event) => {
        await deliver('event');
        events.push(event);
      },
    },
  });
  const mail = createMailRelay({
    ...{ ...bench, logger, links },
    mail: {
      publicUrl: 'http://127.0.0.1',
      operators: 'operations@platform.example',
      onCall: 'on-call@platform.example',
    },
    mailer: {
      send: async (given) => {
        await deliver(`mail ${given.to}`);
        mails.push(given);
        await deliver(`taken ${given.to}`);
      },
    },
  });
  return { relays: { dispatch, mail }, mails, events, starts, wakes };
}

function failing(fails: (what: string) => boolean): Deliver {
  return (what) => {
    if (fails(what)) throw new DiedError(`canary ${what}`);
  };
}

/** Onboardings with a mail each. */
async function ownLinks(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    await add(bench.store, stateOf(5_000 + number), {}, [
      { kind: 'mail', template: 'own_link', to: 'customer' },
    ]);
  }
}

function pass(minutes: number): void {
  bench.clock.set(new Date(bench.clock.now().getTime() + minutes * 60_000).toISOString());
}

/** Everything that an onboarding has to send is sent, at least once and always under the same ids. */
async function expectAllSent(
  { mails, events, starts, wakes }: ReturnType<typeof relaysOn>,
  reference: string,
): Promise<void> {
  expect(new Set(starts)).toEqual(new Set([`${reference}-1`]));
  expect(new Set(wakes).size).toBe(1);
  expect(new Set(mails.map(({ id }) => id)).size).toBe(3);
  expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  expect(new Set(mails.map(({ id, to, text }) => `${id} ${to} ${text}`)).size).toBe(3);
  expect(await bench.store.outbox.pending(5)).toEqual([]);
}

/** Puts an item as another release would. */
async function putItem(item: Readonly<Record<string, unknown>>): Promise<void> {
  await bench.documents.send(new PutCommand({ TableName: bench.tableName, Item: item }));
}

async function asideNow() {
  return (await bench.store.outbox.aside({ limit: 100 })).items;
}

describe('an entry of the outbox', () => {
  it.each([
    ['while its lease lasts', 0],
    ['once its lease has run out', 6],
  ])('is sent once, %s, though the stream and two schedules call at the same time', async (_, minutes) => {
    await ownLinks(120);
    pass(minutes);
    const { relays, mails } = relaysOn(() => new Promise((resolve) => setImmediate(resolve)));
    const { outbox } = bench.store;
    await Promise.all([report(outbox, relays), callDue(relays), callDue(relays)]);
    expect(mails).toHaveLength(120);
    expect(await outbox.pending(5)).toEqual([]);
  });

  it('is claimed by the stream when its lease would run out during the call', async () => {
    await ownLinks(1);
    bench.clock.set('2026-11-23T08:04:30.000Z');
    const { relays, mails } = relaysOn(async () => {
      pass(1);
      expect(await callDue({ mail: others.mail })).toEqual({ sent: 0, left: 1 });
    });
    const { relays: others } = relaysOn();
    expect(await report(bench.store.outbox, relays)).toEqual({ sent: 1, left: 0 });
    expect(mails).toHaveLength(1);
  });

  it('is sent at least once, under the same id, after a crash between any two calls', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        const reference = await submitted(bench);
        const system = relaysOn();
        const keys = await keysOf(bench.store.outbox);
        const died = await bench.dies({ call, when }, async () => {
          const { left } = await reportKeys(keys, system.relays);
          if (left > 0) throw new DiedError();
        });
        pass(6);
        expect(await callDue(system.relays)).toMatchObject({ left: 0 });
        await expectAllSent(system, reference);
        if (!died) break;
        expect(call).toBeLessThan(60);
      }
    }
  });

  it.each(['mail', 'taken', 'event', 'start', 'wake'])(
    'is sent again when the process dies at %s, also the part that was taken',
    async (moment) => {
      const reference = await submitted(bench);
      let deaths = 0;
      const system = relaysOn((what) => {
        // The process is gone: nothing is recorded of this try.
        if (deaths === 0 && what.startsWith(moment)) {
          deaths += 1;
          bench.die();
        }
      });
      await report(bench.store.outbox, system.relays);
      bench.restart();
      pass(6);
      expect(deaths).toBe(1);
      expect(await callDue(system.relays)).toMatchObject({ left: 0 });
      await expectAllSent(system, reference);
    },
  );

  it('does not delay the others when it fails, and its own parts that were sent are not sent again', async () => {
    const reference = await submitted(bench);
    let down = true;
    const system = relaysOn(failing((what) => down && what.includes('@client.example')));
    const { relays, mails, wakes, starts } = system;
    expect(await report(bench.store.outbox, relays)).toMatchObject({ left: 2 });
    expect([starts, wakes]).toEqual([[`${reference}-1`], [expect.any(String)]]);
    expect(mails.map(({ to }) => to)).toEqual(['sales@platform.example']);
    expect(await report(bench.store.outbox, relays), 'it rests').toEqual({ sent: 0, left: 2 });
    pass(6);
    down = false;
    expect(await callDue(relays)).toEqual({ sent: 2, left: 0 });
    await expectAllSent(system, reference);
    expect([mails.length, wakes.length]).toEqual([3, 1]);
    expect(bench.logged.join('')).not.toContain('canary');
  });

  it('reaches the table again only for what it could not read: the records of the others are done', async () => {
    await ownLinks(3);
    const { relays, mails } = relaysOn();
    const keys = await keysOf(bench.store.outbox, 'mail');
    const [first] = keys;
    let reads = 0;
    const unread = { ...bench.store.outbox, get: bench.store.outbox.get };
    const relay = createMailRelay({
      ...{ ...bench, links, logger: jsonLogger(() => undefined) },
      store: {
        ...bench.store,
        outbox: {
          ...unread,
          get: (key) => {
            reads += 1;
            return reads === 1 ? Promise.reject(new DiedError()) : unread.get(key);
          },
        },
      },
      mail: {
        publicUrl: 'http://127.0.0.1',
        operators: 'operations@platform.example',
        onCall: 'on-call@platform.example',
      },
      mailer: { send: async (mail) => void mails.push(mail) },
    });
    expect(await relay.records(keys, enough)).toEqual({ sent: 2, left: 1, again: [first] });
    expect(await relays.mail.records(keys, enough)).toEqual({ sent: 1, left: 0, again: [] });
    expect(mails).toHaveLength(3);
  });
});

describe('an entry that keeps failing', () => {
  /** Calls both functions until nothing is due any more. */
  async function untilQuiet({ relays }: ReturnType<typeof relaysOn>): Promise<number> {
    await report(bench.store.outbox, relays);
    for (let calls = 1; ; calls += 1) {
      if ((await bench.store.outbox.pending(1)).length === 0) return calls;
      pass(300);
      await callDue(relays);
    }
  }

  it('is set aside after five tries, and holds back nobody', async () => {
    await ownLinks(60);
    let tries = 0;
    const system = relaysOn((what) => {
      if (what !== `mail ${referenceOf(5_007)}@client.example`) return;
      tries += 1;
      throw new DiedError();
    });
    expect(await report(bench.store.outbox, system.relays)).toEqual({ sent: 59, left: 1 });
    expect(await untilQuiet(system)).toBe(sendingTries);
    expect(tries).toBe(sendingTries);
    expect(await asideNow()).toEqual([
      {
        ...{ reference: referenceOf(5_007), version: 1, lane: 'mail', tries: 5, error: 'DiedError' },
        ...{ unsent: ['own_link'], at: '2026-11-23T08:00:00.000Z', asideAt: expect.any(String) },
      },
    ]);
    expect(bench.logged.join('')).toContain('outbox_set_aside');
  });

  it('is set aside also when each try ends the process', async () => {
    await ownLinks(1);
    const system = relaysOn(() => bench.die());
    for (let call = 1; call <= sendingTries + 1; call += 1) {
      await callDue(system.relays);
      bench.restart();
      pass(300);
    }
    await callDue(system.relays);
    expect(await asideNow()).toMatchObject([{ tries: 5, error: 'RelayEndedEarly' }]);
  });

  it('is sent when it is put back, under its old id, once', async () => {
    await ownLinks(1);
    let down = true;
    const system = relaysOn(failing(() => down));
    await untilQuiet(system);
    const [aside] = await asideNow();
    if (aside === undefined) throw new Error('Nothing was set aside');
    down = false;
    const back = () => bench.store.outbox.putBack(aside, bench.clock.now());
    expect(await Promise.all([back(), back()])).toContain(true);
    expect(await back()).toBe(false);
    await report(bench.store.outbox, system.relays);
    expect(system.mails.map(({ id }) => id)).toEqual([`${referenceOf(5_001)}-1-0`]);
    expect(await asideNow()).toEqual([]);
  });

  it('sends no mail to a person who was erased meanwhile, and holds no data of theirs', async () => {
    const reference = await submitted(bench);
    const system = relaysOn(failing((what) => what.startsWith('mail')));
    await untilQuiet(system);
    await eraseOnboarding({ ...bench, links }, reference, 'asked_by_person', operator);
    const held = await bench.documents.send(new ScanCommand({ TableName: bench.tableName }));
    const aside = (held.Items ?? []).filter(({ pk }) => pk === 'SET_ASIDE');
    expect(aside.length).toBeGreaterThan(0);
    for (const item of aside) {
      expect(JSON.stringify(item)).not.toMatch(/@|Ada|Organisme/);
      expect(Number(item['expiresAt']) * 1_000).toBeGreaterThan(bench.clock.now().getTime());
    }
    for (const entry of await asideNow()) await bench.store.outbox.putBack(entry, bench.clock.now());
    const later = relaysOn();
    await report(bench.store.outbox, later.relays);
    expect(later.mails.filter(({ to }) => to.endsWith('@client.example'))).toEqual([]);
  });
});

describe('an entry of another release', () => {
  const item = { pk: 'OUTBOX#0', at: '2026-01-01T00:00:00.000Z', reference: 'REF0X', version: 7 };

  it.each([
    ['of an unknown kind', { messages: [{ kind: 'carrier_pigeon', loft: 3 }] }],
    ['that cannot be read', { messages: 'none', version: 'seven' }],
  ])('%s stops nobody, and is set aside as it is', async (_, changes) => {
    await putItem({ ...item, sk: `${item.at}#REF0X#7`, ...changes });
    const reference = await start(bench);
    const system = relaysOn();
    expect(await report(bench.store.outbox, system.relays)).toMatchObject({ left: 1 });
    expect(system.starts).toEqual([`${reference}-1`]);
    for (let call = 1; call <= sendingTries; call += 1) {
      pass(300);
      await callDue(system.relays);
    }
    expect(await asideNow()).toMatchObject([{ reference: 'REF0X', version: 7, unsent: ['unknown'] }]);
    const { Items } = await bench.documents.send(new ScanCommand({ TableName: bench.tableName }));
    const kept = Items?.find(({ pk }) => pk === 'SET_ASIDE');
    expect(kept?.['messages'], 'a later release can still send it').toEqual(changes.messages);
  });

  it('in the one partition of earlier is sent too, in its parts and without what was sent', async () => {
    const reference = await start(bench);
    for (const { key } of await bench.store.outbox.pending(50)) await bench.store.outbox.done({ key });
    const at = '2026-11-23T07:00:00.000Z';
    const messages = [
      { kind: 'start', run: 1, resumeAt: 'START' },
      { kind: 'mail', template: 'own_link', to: 'customer' },
      { kind: 'mail', template: 'owner_stuck', to: 'owner' },
      { kind: 'event', type: 'OnboardingStarted', data: {} },
    ];
    await putItem({
      ...{ pk: earlierOutbox, sk: `${at}#${reference}#1`, at, reference, version: 1, messages, sent: [0, 1] },
    });
    const { relays, mails, events, starts } = relaysOn();
    await callDue(relays);
    await report(bench.store.outbox, relays);
    expect(starts).toEqual([]);
    expect([mails.map(({ id }) => id), events.map(({ id }) => id)]).toEqual([
      [`${reference}-1-2`],
      [`${reference}-1-3`],
    ]);
    expect(await bench.store.outbox.pending(5)).toEqual([]);
  });
});

describe('mails', () => {
  it('delay no start, wake or event: another function sends them', async () => {
    const reference = await submitted(bench);
    const { relays, mails, events, starts, wakes } = relaysOn();
    await relays.dispatch.records(await keysOf(bench.store.outbox, 'dispatch'), enough);
    expect([mails.length, events.length, starts, wakes.length]).toEqual([0, 3, [`${reference}-1`], 1]);
  });

  it('that remind leave in their hours only: later they wait, which is no try of theirs', async () => {
    const reference = await invited(bench);
    bench.clock.set('2026-12-07T08:00:00.000Z');
    await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
    const { relays, mails } = relaysOn();
    // The mail service was out of order until the evening.
    bench.clock.set('2026-12-07T16:00:00.000Z');
    await callDue(relays);
    const reminders = () => mails.filter(({ subject }) => subject.includes('vous attend'));
    expect(reminders()).toHaveLength(0);
    bench.clock.set('2026-12-08T07:45:00.000Z');
    await callDue(relays);
    expect(reminders()).toHaveLength(0);
    bench.clock.set('2026-12-08T08:00:00.000Z');
    await callDue(relays);
    expect(reminders()).toHaveLength(1);
    expect(await asideNow()).toEqual([]);
  });

  it('stop for the call when the service is too busy, which is no try of theirs', async () => {
    await ownLinks(30);
    let asked = 0;
    let room = 10;
    const system = relaysOn((what) => {
      if (!what.startsWith('mail')) return;
      asked += 1;
      if (room === 0) throw new TooManyRequests();
      room -= 1;
    });
    const { outbox } = bench.store;
    expect(await report(outbox, system.relays)).toEqual({ sent: 10, left: 20 });
    expect(asked).toBe(11);
    expect(bench.logged.join('')).toContain('TooManyRequestsException');
    for (let call = 1; call <= 8; call += 1) {
      pass(6);
      expect(await callDue(system.relays)).toEqual({ sent: 0, left: 20 });
    }
    expect(asked).toBe(19);
    pass(6);
    room = 30;
    expect(await callDue(system.relays)).toEqual({ sent: 20, left: 0 });
    expect(await asideNow()).toEqual([]);
  });

  it('are not begun when the call nears its end, and the stream brings them again', async () => {
    await ownLinks(5);
    const { relays, mails } = relaysOn();
    const keys = await keysOf(bench.store.outbox, 'mail');
    const ending = (): number => (mails.length < 3 ? 60_000 : 0);
    const run = await relays.mail.records(keys, ending);
    expect(run).toEqual({ sent: 3, left: 2, again: keys.slice(3) });
    expect(await relays.mail.records(run.again, enough)).toMatchObject({ sent: 2 });
    expect(mails).toHaveLength(5);
  });
});
