import { registerApprovals } from '../operations/approvals.ts';
import { registerMoveSet } from '../operations/move-set.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';

/** What waits for the agreement of an operator, and the moves of a group, which are answered together. */
export function registerApprovalsPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  registerApprovals(app, deps);
  registerMoveSet(app, deps);
}
