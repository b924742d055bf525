import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { trustPage } from './trust.ts';

/** The pages that anyone may read. */
export function registerPublicPages(app: WebApp, deps: WebDependencies): void {
  app.get('/trust', async (c) => {
    const { trust } = await deps.publication();
    return answerPage(c, trustPage(c.get('view'), deps.platform, trust));
  });
}
