import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { finishCancelled } from '../../../functions/application/move-booked.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { keys } from '../../../functions/store/keys.ts';
import { createApp } from '../../../functions/web/app.ts';
import { openBench, referenceOf, type StoreBench } from '../../store/bench.ts';
import { largeWave, openLargeWaves } from '../../support/large-waves.ts';
import { textOf } from '../../support/page-reader.ts';
import { type Browser, origin, startTrial, type Trial } from '../../support/trial.ts';

let bench: StoreBench;
let trial: Trial;
let browser: Browser;

const small = largeWave('2027-03-09', 100);
const large = largeWave('2027-04-06', 12_000);
const running = largeWave('2026-11-02', 1_100, { state: 'RUNNING' });
const inReview = largeWave('2027-05-04', 60);
const over = largeWave('2027-06-01', 1_100, { state: 'DONE' });
const begun = largeWave('2027-06-30', 300, { state: 'RUNNING' });

beforeAll(async () => {
  trial = await startTrial();
  const waves = await openLargeWaves(trial);
  const { fill } = waves;
  [bench, browser] = [waves.bench, waves.operator];
  // Each of the two compared has two waves before it, whose lessons are on its page.
  await waves.bench.store.waves.create(largeWave('2026-10-05', 0, { state: 'DONE' }));
  await fill(small, 'WAVE_CONFIRMED');
  await fill(large, 'WAVE_CONFIRMED');
  await fill(running, 'CUT_OVER');
  await fill(inReview, 'IN_REVIEW');
  await fill(over, 'CLOSED');
  await fill(begun, 'HANDED_OVER');
}, 60_000);
afterAll(() => Promise.all([bench.close(), trial.close()]));

const bearer = { Authorization: 'Bearer token' };

async function ask(path: string) {
  let text = '';
  const cost = await bench.costOf(async () => {
    const answer = await browser.get(path, bearer);
    expect(answer.status, path).toBe(200);
    text = await answer.text();
  });
  return { cost, bytes: text.length, text };
}

it.each([
  ['the page of a wave', ''],
  ['the page that cancels it', '/cancellation'],
  ['the page that changes its capacity', '/capacity'],
])('%s costs the same with 100 and with 12,000 booked', async (_, act) => {
  const [few, many] = [await ask(`/waves/${small.id}${act}`), await ask(`/waves/${large.id}${act}`)];
  expect(many.cost).toEqual(few.cost);
  expect(few.cost.requests).toBeLessThan(16);
  expect(Math.abs(many.bytes - few.bytes)).toBeLessThan(200);
});

it('an empty calendar says what to do', async () => {
  const empty = await openBench();
  const { store } = empty;
  try {
    const waves = { ...bench.store.waves, wholeCalendar: store.waves.wholeCalendar };
    const app = createApp({ ...trial.deps, store: { ...bench.store, waves } });
    const asked = { headers: { Cookie: `${trial.deps.site.cookie.name('session')}=a secret` } };
    expect(await (await app.request(`${origin}/waves`, asked)).text()).toContain('Le calendrier est vide');
  } finally {
    await empty.close();
  }
});

it('the API gives 50 references at a time, each once, at the same cost', async () => {
  const [few, many] = [await ask(`/api/waves/${small.id}`), await ask(`/api/waves/${large.id}`)];
  expect(many.cost).toEqual(few.cost);
  const first = parsed(few.text);
  expect(first.onboardings).toHaveLength(50);
  const rest = parsed((await ask(`/api/waves/${small.id}?cursor=${first.cursor}`)).text);
  expect([...first.onboardings, ...rest.onboardings]).toEqual(
    Array.from({ length: 100 }, (_, index) => referenceOf(index + 1)),
  );
  const damaged = await browser.get(`/api/waves/${small.id}?cursor=x`, bearer);
  expect([damaged.status, await damaged.json()]).toMatchObject([400, { errors: [{ pointer: '/cursor' }] }]);
});

const answered = z.object({ onboardings: z.array(z.string()), cursor: z.nullable(z.string()) });

function parsed(text: string): z.infer<typeof answered> {
  return answered.parse(JSON.parse(text));
}

function patch(id: string, body: object): Promise<Response> {
  const headers = { ...bearer, 'Content-Type': 'application/json' };
  return browser.send(`/api/waves/${id}`, { method: 'PATCH', body: JSON.stringify(body), headers });
}

it('a refusal names 20 customers, whatever is booked', async () => {
  const answer = await patch(large.id, { capacity: { customers: 1, points: 1, complex: 1 } });
  const detail = await answer.text();
  expect([answer.status, new Set(detail.match(/REF\d{5}/g)).size, detail.includes('…')]).toEqual([
    409,
    20,
    true,
  ]);
});

it('a running wave of more than 1,000 is shown at the same cost, and not ended by hand', async () => {
  const page = await ask(`/waves/${running.id}`);
  expect(page.cost.requests).toBeLessThan(18);
  expect(textOf(page.text)).toMatch(
    /Chiffres des 50 premiers clients.*aucune à enregistrer.*50 faites, 0 annulée ou reportée.*50 en retard/,
  );
  const answered = await (await browser.get(`/api/waves/${running.id}`, bearer)).json();
  expect(answered).toMatchObject({
    exitCriteria: { met: false, done: 50, hypercareOverdue: 50, whole: false },
  });
  let answer = new Response();
  const cost = await bench.costOf(async () => {
    answer = await patch(running.id, { transition: 'finish' });
  });
  expect([answer.status, (await answer.text()).includes('elle se termine d’elle-même')]).toEqual([409, true]);
  expect(cost.requests).toBeLessThan(30);
});

it('a wave that grows asks for a reason once the wave before it has too many customers to look at', async () => {
  const refused = async (before: Wave, cutover: string) => {
    const wave = { site: 'paris', kind: 'MIGRATION', cutover };
    const capacity = { customers: 9, points: before.capacity.points * 2, complex: 1 };
    const headers = { ...bearer, 'Content-Type': 'application/json', 'Idempotency-Key': cutover };
    let answer = new Response();
    const cost = await bench.costOf(async () => {
      answer = await browser.send('/api/waves', {
        ...{ method: 'POST', headers },
        body: JSON.stringify({ ...wave, capacity }),
      });
    });
    expect([answer.status, (await answer.text()).includes('n’a pas pu être vérifié')]).toEqual([409, true]);
    return cost.requests;
  };
  expect(await refused(over, '2027-06-29')).toBeLessThan(30);
  // One whose cutover is to be recorded is enough.
  expect(await refused(begun, '2027-07-06')).toBeLessThan(12);
});

it('cancelling a large wave moves its first customers at once, and the sweeper all others', async () => {
  expect((await patch(inReview.id, { transition: 'cancel', moveBooked: true, reason: 'test' })).status).toBe(
    200,
  );
  const left = async () => {
    const page = await bench.store.snapshots.byWave(inReview.id, { limit: 50 });
    const rest = await bench.store.snapshots.byWave(inReview.id, { limit: 50, cursor: page.cursor ?? '' });
    return [...page.items, ...rest.items].filter(({ booking }) => booking?.status === 'CONFIRMED').length;
  };
  expect(await left()).toBe(10);
  await finishCancelled(bench, [await bench.store.waves.get('paris', inReview.id)]);
  expect(await left()).toBe(0);
});

it('a wave of an earlier release says that its history was not kept', async () => {
  await bench.documents.send(
    new DeleteCommand({ TableName: bench.tableName, Key: keys.waveEvent(small.id, 1) }),
  );
  expect((await ask(`/waves/${small.id}`)).text).toContain('ajoutée avant que l’historique soit tenu');
});
