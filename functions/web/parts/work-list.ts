import { registerAssignment } from '../operations/assignment.ts';
import { failuresPath } from '../operations/failure-path.ts';
import { showFailures } from '../operations/failures-page.ts';
import { operationsList } from '../operations/list.ts';
import { pathOfWork } from '../operations/work-filter.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';
import { registerSearch } from '../shared/staff/search.ts';

/** Where operators see what there is to do, and find an onboarding. */
export function registerWorkListPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  app.get('/operations', (c) => operationsList(c, deps));
  registerSearch(app, deps, '/operations', () => () => true);
  registerAssignment(app, deps);
  // Until the erasures that are asked for were on the work list they had a page of their own.
  app.get('/operations/erasure-requests', (c) =>
    c.redirect(deps.site.href(pathOfWork({ kind: 'erasure' })), 303),
  );
  app.get(failuresPath, showFailures);
}
