import { registerRemediation } from '../operations/remediation.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';
import { registerGoNoGo } from '../waves/go-no-go.ts';

/** What operators decide about a whole wave, and put right for a customer, before a cutover. */
export function registerBeforeCutoverPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  app.use('/waves/*', requireRole(deps, 'operator'));
  registerRemediation(app, deps);
  registerGoNoGo(app, deps);
}
