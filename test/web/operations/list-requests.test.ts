import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLargeWaves } from '../../support/large-waves.ts';
import { fillLists } from '../../support/many-onboardings.ts';
import { htmlFaults } from '../../support/page-reader.ts';
import { startTrial } from '../../support/trial.ts';

let trial: Awaited<ReturnType<typeof startTrial>>;
let large: Awaited<ReturnType<typeof openLargeWaves>>;
/** Requests that read the session, as every page does. */
let ofSession: number;
beforeAll(async () => {
  trial = await startTrial();
  large = await openLargeWaves(trial);
  await fillLists(large.bench, 700);
  const { bench, operator } = large;
  ofSession = (await bench.costOf(() => operator.get('/operations/failures'))).requests;
});
afterAll(() => Promise.all([large.bench.close(), trial.close()]));

it.each([
  ['/operations', 25],
  ['/operations?kind=review', 25],
  ['/operations?kind=failed_run', 25],
  ['/operations?kind=stuck', 25],
  ['/operations?error=data', 6],
  ['/operations?assigned=me', 25],
  ['/operations?assigned=me&kind=failed_run', 25],
  ['/operations?assigned=none', 1],
  ['/operations?assigned=team', 1],
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
  if (!path.includes('none') && !path.includes('team')) expect(rows).toBeGreaterThanOrEqual(atLeast);
});

it('counts what there is to do', async () => {
  const html = await (await large.operator.get('/operations')).text();
  const counts = [...html.matchAll(/\((\d+)(\+?)\)/g)].map(([, count, more]) => [Number(count), more]);
  // 400 that every fixture has, and seven in a hundred of the others; those that are stuck have no entry.
  expect(counts[0]).toEqual([421, '']);
});
