import { registerSplit } from '../operations/split.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';

/** Where an operator splits an onboarding. */
export function registerSplittingPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  registerSplit(app, deps);
}
