import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keys } from '../../../functions/store/keys.ts';
import { createApp } from '../../../functions/web/app.ts';
import { type Cost, openBench, referenceOf, type StoreBench } from '../../store/bench.ts';
import { type Browser, openBrowser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { listCustomers } from '../../support/waiting-customers.ts';

let bench: StoreBench;
let trial: Trial;
let browser: Browser;

beforeAll(async () => {
  [bench, trial] = await Promise.all([openBench(), startTrial()]);
  const app = createApp({ ...trial.deps, store: bench.store });
  browser = openBrowser(async (url, init) => app.request(url, init), origin);
  await bench.store.sessions.open(
    'a secret',
    { kind: 'staff', subject: 'op', name: 'Op', mail: 'op@platform.example', roles: ['operator'] },
    bench.clock.now(),
  );
  browser.cookies.set(trial.deps.site.cookie.name('session'), 'a secret');
});
afterAll(() => Promise.all([bench.close(), trial.close()]));

async function ask(path: string): Promise<{ readonly cost: Cost; readonly text: string }> {
  let text = '';
  const cost = await bench.costOf(async () => {
    const answer = await browser.get(path);
    expect(answer.status, path).toBe(200);
    text = await answer.text();
  });
  return { cost, text };
}

/** Positions and references of the rows. */
function rowsOf(text: string): readonly string[] {
  const positions = [...text.matchAll(/>(\d+)\. <a href/g)].map(([, position]) => position);
  const references = [...text.matchAll(/<span class="code">(REF\d{5})/g)].map(([, reference]) => reference);
  return positions.map((position, index) => `${position} ${references[index]}`);
}

const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index} ${referenceOf(from + index)}`);

it('shows 50 at a time with their positions, at the same cost when 100 and when 12,000 wait', async () => {
  await listCustomers(bench, 1, 100);
  const few = await ask('/waves/waiting-list');
  expect(rowsOf(few.text)).toEqual(rows(1, 50));
  await listCustomers(bench, 101, 12_000);
  const many = await ask('/waves/waiting-list');
  expect(many.cost).toEqual(few.cost);
  expect(few.cost.requests).toBeLessThan(6);
  expect(rowsOf(many.text)).toEqual(rows(1, 50));
  expect(many.text).not.toContain('dernier de la liste');

  const [, next = ''] = /href="([^"]*cursor=[^"]*)"[^>]*rel="next"/.exec(many.text) ?? [];
  const second = await ask(next.replaceAll('&amp;', '&'));
  expect(rowsOf(second.text)).toEqual(rows(51, 100));
  expect(second.cost.requests).toBe(few.cost.requests);
  expect(second.text).toContain('href="/waves/waiting-list"');
  for (const wrong of ['x', '50.x', '.', '99999999.x']) {
    expect(rowsOf((await ask(`/waves/waiting-list?cursor=${wrong}`)).text), wrong).toEqual(rows(1, 50));
  }
}, 60_000);

it('a wave to be added counts those who wait and have no offer, also behind those who have one', async () => {
  await listCustomers(bench, 1, 300);
  const { items } = await bench.store.waitingList.page({ limit: 500 });
  const offer = (entries: typeof items) =>
    Promise.all(
      entries.map(({ rank, reference }) =>
        bench.documents.send(
          new UpdateCommand({
            ...{ TableName: bench.tableName, Key: keys.waiting(rank, reference) },
            UpdateExpression: 'SET offeredUntil = :until',
            ExpressionAttributeValues: { ':until': '2027-01-04T08:00:00.000Z' },
          }),
        ),
      ),
    );
  const fields = {
    ...{ site: 'paris', kind: 'PILOT', state: 'OPEN', customers: '3', points: '60', complex: '1' },
    ...{ 'cutover.day': '9', 'cutover.month': '3', 'cutover.year': '2027' },
  };
  const told = async () => {
    const page = await (await browser.post('/waves/new', fields)).text();
    return page.replaceAll(/[\u00a0\u202f]/g, ' ');
  };
  await offer(items.slice(0, 60));
  expect(await told()).toContain('Plus de 50 clients attendent une place');
  await offer(items.slice(60, 400));
  expect(await told()).toContain('Les premiers de la liste ont tous une proposition.');
});
