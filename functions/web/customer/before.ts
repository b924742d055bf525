import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { requireCustomer } from '../shared/session/access.ts';
import { whileAnswering } from './questionnaire-access.ts';

export const beforePath = '/questionnaire/before';

/** The page before the first question. It is read once or twice, so its code is loaded then. */
export function registerBefore(app: WebApp, deps: WebDependencies): void {
  app.get(beforePath, requireCustomer, whileAnswering(deps), async (c) => {
    const [{ beforePage }, published] = await Promise.all([import('./before-page.ts'), deps.publication()]);
    return answerPage(c, beforePage(c.get('view'), published));
  });
}
