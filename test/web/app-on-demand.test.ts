import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { once } from '../../functions/platform/on-demand.ts';
import { scopes } from '../../functions/web/api/scopes.ts';
import { createAppOnDemand } from '../../functions/web/app-on-demand.ts';
import { type Browser, startTrial, type Trial } from '../support/trial.ts';

let trial: Trial;
let reference: string;
let visitors: readonly (readonly [string, Browser])[];
beforeAll(async () => {
  trial = await startTrial();
  reference = await trial.start('999000102');
  const customer = trial.browser();
  await customer.post(await trial.linkOf(reference));
  visitors = [
    ['no one', trial.browser()],
    ['staff', await trial.staff({ roles: ['operator', 'sales'], team: 'state' })],
    ['customer', customer],
  ];
});
afterAll(() => trial.close());

/** Every address that is registered, with the onboarding's reference and something in all other places. */
function addresses(): readonly string[] {
  const routes = trial.app.routes.map(({ path }) =>
    path
      .replace(':reference', reference)
      .replace(':section', 'E')
      .replace(':code', 'DR_PATH')
      .replace(/:\w+(\{[^}]*\})?/g, 'x')
      .replace('*', 'x'),
  );
  return [...new Set(['/nowhere', '/api', '/f', '/sign-inside', '/status/nowhere', ...routes])];
}

/** What two answers must share; a page's length stands for its text, which names new keys at each request. */
async function answerOf(app: Pick<Trial['app'], 'request'>, path: string, init: RequestInit) {
  const answer = await app.request(path, init);
  const { status, headers } = answer;
  return [status, headers.get('allow'), headers.get('location'), (await answer.text()).length];
}

describe('the app whose parts are loaded when they are needed', () => {
  it('answers every address as the app with all parts does, in every method, to anyone', async () => {
    const onDemand = createAppOnDemand(trial.deps);
    const paths = addresses();
    expect(paths.length).toBeGreaterThan(60);
    const differing: string[] = [];
    for (const [name, { cookies }] of visitors) {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      for (const path of paths) {
        for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS']) {
          const init = { method, headers: { cookie } };
          const all = await answerOf(trial.app, path, init);
          const needed = await answerOf(onDemand, path, init);
          if (JSON.stringify(all) !== JSON.stringify(needed)) {
            differing.push(`${name}: ${method} ${path}: ${all} | ${needed}`);
          }
        }
      }
    }
    expect(differing).toEqual([]);
  });

  it('gives a client one allowance for all areas of the API', async () => {
    const deps = {
      ...trial.deps,
      verifyToken: async () => ({ subject: 'crm', scopes: Object.keys(scopes), kind: 'machine' }) as const,
      elapsed: () => 0,
    };
    const app = createAppOnDemand(deps);
    const headers = { authorization: 'Bearer any' };
    // One address of each area that takes a token; a query that is refused reads nothing.
    const areas = [
      '/api/waves?x=1',
      '/api/onboardings?limit=0',
      `/api/onboardings/${reference}/answers?x=1`,
      '/api/approvals?limit=0',
    ];
    const statuses: number[] = [];
    for (let asked = 0; asked < 60; asked += 1) {
      const { status } = await app.request(areas[asked % areas.length] ?? '', { headers });
      statuses.push(status);
    }
    expect(new Set(statuses.slice(0, 50))).toEqual(new Set([400]));
    expect(statuses.slice(50)).toEqual(Array.from({ length: 10 }, () => 429));
  });
});

describe('what is loaded once', () => {
  it('is loaded by the first of several calls, and again after a failure', async () => {
    let loads = 0;
    const load = once(async () => {
      loads += 1;
      if (loads === 1) throw new Error('The file cannot be read');
      return loads;
    });
    await expect(load()).rejects.toThrow('The file cannot be read');
    expect(await Promise.all([load(), load()])).toEqual([2, 2]);
  });
});
