import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day } from '../../functions/domain/time.ts';
import { feedDays, feedKeptDays, nextGeneration } from '../../functions/store/calendar-feeds.ts';
import { openBench, type StoreBench } from './bench.ts';

let bench: StoreBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const tokens = ['first', 'second', 'third'].map((word) => word.padEnd(43, '-'));
const [first = '', second = '', third = ''] = tokens;

function pass(days: number): void {
  bench.clock.set(new Date(bench.clock.now().getTime() + days * day).toISOString());
}

async function start(token: string, subject = 'ada'): Promise<boolean> {
  const feeds = bench.store.calendarFeeds;
  const before = await feeds.of(subject);
  const now = bench.clock.now();
  return feeds.start(
    subject,
    { token, generation: nextGeneration(before, now), language: 'fr' },
    before,
    now,
  );
}

/** Which of the addresses give something. */
async function open(): Promise<readonly boolean[]> {
  const found = await Promise.all(
    tokens.map((token) => bench.store.calendarFeeds.find(token, bench.clock.now())),
  );
  return found.map((feed) => feed !== undefined);
}

it('finds an address by itself alone, and keeps its hash only', async () => {
  expect(await start(first)).toBe(true);
  expect(await start(second, 'eve')).toBe(true);
  expect(await open()).toEqual([true, true, false]);
  const { Items } = await bench.documents.send(new ScanCommand({ TableName: bench.tableName }));
  const stored = JSON.stringify(Items);
  for (const secret of [first, second, '"ada"', '"eve"']) expect(stored).not.toContain(secret);
  expect(await bench.costOf(() => bench.store.calendarFeeds.find(first, bench.clock.now()))).toMatchObject({
    requests: 2,
  });
});

it('gives nothing any more under an address that was replaced, or removed; none comes back', async () => {
  const feeds = bench.store.calendarFeeds;
  await start(first);
  await start(second);
  expect(await open()).toEqual([false, true, false]);
  const present = await feeds.of('ada');
  if (present === undefined) throw new Error('There is an address');
  expect(await feeds.end('ada', present, bench.clock.now())).toBe(true);
  expect(await open()).toEqual([false, false, false]);
  await feeds.signedIn('ada', bench.clock.now());
  expect(await open()).toEqual([false, false, false]);
  await start(third);
  expect(await open()).toEqual([false, false, true]);
  expect((await feeds.of('ada'))?.generation).toBeGreaterThan(present.generation);
});

it('lets one of two win who replace it at once', async () => {
  const feeds = bench.store.calendarFeeds;
  await start(first);
  const before = await feeds.of('ada');
  const both = await Promise.all(
    [second, third].map((token) =>
      feeds.start(
        'ada',
        { token, generation: nextGeneration(before, bench.clock.now()), language: 'en' },
        before,
        bench.clock.now(),
      ),
    ),
  );
  expect(both.toSorted()).toEqual([false, true]);
  expect(await open()).toEqual([false, ...both]);
  if (before === undefined) throw new Error('There was an address');
  expect(await feeds.end('ada', before, bench.clock.now())).toBe(false);
});

it('gives nothing while its owner has not signed in for a month, and again once they have', async () => {
  await start(first);
  pass(feedDays - 0.01);
  expect(await open()).toEqual([true, false, false]);
  pass(0.02);
  expect(await open()).toEqual([false, false, false]);
  await bench.store.calendarFeeds.signedIn('ada', bench.clock.now());
  expect(await open()).toEqual([true, false, false]);
  pass(feedDays - 0.01);
  expect(await open()).toEqual([true, false, false]);
});

it('is kept for a time after the last sign-in; a later address is another one even so', async () => {
  await start(first);
  const expiry = async () => {
    const { Items = [] } = await bench.documents.send(new ScanCommand({ TableName: bench.tableName }));
    return new Set(Items.map((item) => item['expiresAt']));
  };
  const at = (days: number) => bench.clock.now().getTime() / 1_000 + days * 86_400;
  expect(await expiry()).toEqual(new Set([at(feedKeptDays)]));
  pass(20);
  await bench.store.calendarFeeds.signedIn('ada', bench.clock.now());
  expect(await expiry()).toEqual(new Set([at(feedKeptDays)]));
  const { generation = 0 } = (await bench.store.calendarFeeds.of('ada')) ?? {};
  pass(feedKeptDays + 1);
  expect(nextGeneration(undefined, bench.clock.now())).toBeGreaterThan(generation);
});

it('ends with the sessions of its owner when those are ended, until they sign in again', async () => {
  await start(first);
  await start(second, 'eve');
  pass(1);
  await bench.store.sessions.endAllOf('ada', bench.clock.now());
  expect(await open()).toEqual([false, true, false]);
  pass(1);
  await bench.store.calendarFeeds.signedIn('ada', bench.clock.now());
  expect(await open()).toEqual([true, true, false]);
});

it('takes no note of the sign-in of someone without an address', async () => {
  await bench.store.calendarFeeds.signedIn('ada', bench.clock.now());
  expect(await bench.store.calendarFeeds.of('ada')).toBeUndefined();
});
