import { operatorActs } from '../operations/operator-acts.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';
import { registerActs } from '../shared/staff/acts.ts';

/** The forms that the page of an onboarding leads an operator to, but those of decisions. */
export function registerOperatorActsPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  registerActs(app, deps, { at: '/operations', role: 'operator', acts: operatorActs });
}
