import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLargeWaves } from '../../support/large-waves.ts';
import { fillLists } from '../../support/many-onboardings.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { startTrial } from '../../support/trial.ts';

let trial: Awaited<ReturnType<typeof startTrial>>;
let large: Awaited<ReturnType<typeof openLargeWaves>>;
/** Requests that read the session, as every page does. */
let ofSession: number;
beforeAll(async () => {
  trial = await startTrial();
  large = await openLargeWaves(trial);
  await fillLists(large.bench, 4_500);
  const { bench, operator } = large;
  ofSession = (await bench.costOf(() => operator.get('/operations/failures'))).requests;
});
afterAll(() => Promise.all([large.bench.close(), trial.close()]));

/** References on a page of the work list, and the address of the next one. */
function readPage(html: string) {
  const references = [...html.matchAll(/name="onboarding" value="(\S+) /g)].map(
    ([, reference = '']) => reference,
  );
  const next = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  return { references, next };
}

it.each([
  ['/operations', 25],
  ['/operations?kind=review', 25],
  ['/operations?kind=failed_run', 25],
  ['/operations?kind=stuck', 25],
  ['/operations?error=data', 6],
  ['/operations?assigned=me', 25],
  ['/operations?assigned=me&kind=failed_run', 25],
  ['/operations?assigned=none', 0],
  ['/operations?assigned=team', 0],
  ['/operations?stage=ANSWERING', 25],
  ['/operations?followed=me', 25],
])('%s reads at most two queries and one batch, and has a full page', async (path, atLeast) => {
  const { bench, operator } = large;
  let html = '';
  const { requests } = await bench.costOf(async () => {
    html = await (await operator.get(path)).text();
  });
  expect(requests - ofSession).toBeLessThanOrEqual(3);
  expect(await htmlFaults(html)).toEqual([]);
  const rows = html.split('<tr role="row"><th scope="row"').length - 1;
  expect(rows).toBeLessThanOrEqual(25);
  expect(rows).toBeGreaterThanOrEqual(atLeast);
});

it.each([
  ['/operations?kind=review', 100 + 205],
  ['/operations?kind=failed_run', 200 + 82],
  ['/operations?kind=stuck', 100],
  // Thirteen blocks of eight, without those that are stuck.
  ['/operations?assigned=me', 78],
  // Five that are stuck at its head.
  ['/operations', 5 + 300 + 287],
])('%s gives each onboarding once over its pages', async (path, count) => {
  const found: string[] = [];
  for (let at: string | undefined = path; at !== undefined; ) {
    const { references, next } = readPage(await (await large.operator.get(at)).text());
    found.push(...references);
    at = next;
  }
  expect(new Set(found).size).toBe(found.length);
  expect(found).toHaveLength(count);
});

it('counts up to 500 entries, and hides no kind that may come after them', async () => {
  const text = textOf(await (await large.operator.get('/operations')).text());
  expect(text).toMatch(/Tout \(\d+\+\)/);
  expect(text).toContain('Bloqué : délai passé sans suite (100+)');
  expect(text).toContain('Effacement demandé ');
});
