import { registerApproval } from '../operations/approval.ts';
import { registerConditionActs } from '../operations/condition-acts.ts';
import { registerMove } from '../operations/move.ts';
import { registerReview } from '../operations/review.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';

/** What an operator decides or clears about one onboarding. */
export function registerDecisionsPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  registerApproval(app, deps);
  registerReview(app, deps);
  registerConditionActs(app, deps);
  registerMove(app, deps);
}
