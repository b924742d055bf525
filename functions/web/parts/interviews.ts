import { registerInterviews } from '../operations/interviews.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireRole } from '../shared/session/access.ts';

/** Where an operator enters what a customer says. */
export function registerInterviewsPart(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));
  registerInterviews(app, deps);
}
