import { registerPersonRevocation } from '../operations/person-revocation.ts';
import { registerUnsent } from '../operations/unsent.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';

/** What operators do rarely: they send messages again that could not be sent, and take the access of a person away. */
export function registerUnsentAndAccessPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  registerUnsent(app, deps);
  registerPersonRevocation(app, deps);
}
