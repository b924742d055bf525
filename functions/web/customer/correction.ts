import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireCustomer } from '../shared/session/access.ts';
import { correctionPath, discardPath } from './correction-paths.ts';

/** Loaded when they are asked for: a correction is rare, and would be a part of every cold start. */
const loadPages = () => import('./correction-pages.ts');

/** Correcting answers after they were submitted: to begin, and to give up. The questionnaire itself does the rest. */
export function registerCorrection(app: WebApp, deps: WebDependencies): void {
  app.get(correctionPath, requireCustomer, async (c) => (await loadPages()).showOpening(c, deps));
  app.post(correctionPath, requireCustomer, async (c) => (await loadPages()).open(c, deps));
  app.get(discardPath, requireCustomer, async (c) => (await loadPages()).showDiscarding(c, deps));
  app.post(discardPath, requireCustomer, async (c) => (await loadPages()).discard(c, deps));
}
