import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** The pages on which an operator enters what a customer says. Few open them, so their code is loaded then. */
export function registerInterviews(app: WebApp, deps: WebDependencies): void {
  const list = () => import('./interview-list.ts');
  const pages = () => import('./interview-pages.ts');
  app.get('/operations/:reference/interviews', async (c) => (await list()).showInterviews(c, deps));
  app.post('/operations/:reference/interviews', async (c) => (await list()).beginInterview(c, deps));

  const root = '/operations/:reference/interviews/:interview' as const;
  for (const path of [root, `${root}/:part`] as const) {
    app.use(path, async (c, next) => (await pages()).openInterview(c, deps, next));
  }
  app.get(root, async (c) => (await pages()).showTasks(c, deps));
  app.get(`${root}/check`, async (c) => (await pages()).showCheck(c, deps));
  app.post(`${root}/check`, async (c) => (await pages()).submitWithLetter(c, deps));
  app.post(`${root}/attestation`, async (c) => (await pages()).askCustomerToAttest(c, deps));
  app.get(`${root}/:part`, async (c) => (await pages()).showPart(c, deps));
  app.post(`${root}/:part`, async (c) => (await pages()).savePart(c, deps));
}
