import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { once } from '../../functions/platform/on-demand.ts';
import { createAppOnDemand } from '../../functions/web/app-on-demand.ts';
import { startTrial, type Trial } from '../support/trial.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

describe('the app whose parts are loaded when they are needed', () => {
  it('answers every address as the app with all parts does, in every method', async () => {
    const onDemand = createAppOnDemand(trial.deps);
    const routes = trial.app.routes.map(({ path }) =>
      path.replace(/:\w+(\{[^}]*\})?/g, 'x').replace('*', 'x'),
    );
    const paths = [...new Set(['/nowhere', '/api', '/f', '/sign-inside', ...routes])];
    expect(paths.length).toBeGreaterThan(60);
    const differing: string[] = [];
    for (const path of paths) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS']) {
        const answerOf = async (app: Pick<Trial['app'], 'request'>) => {
          const answer = await app.request(path, { method });
          const { status, headers } = answer;
          return [status, headers.get('allow'), headers.get('location'), (await answer.text()).length];
        };
        const [all, needed] = [await answerOf(trial.app), await answerOf(onDemand)];
        if (JSON.stringify(all) !== JSON.stringify(needed))
          differing.push(`${method} ${path}: ${all} | ${needed}`);
      }
    }
    expect(differing).toEqual([]);
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
