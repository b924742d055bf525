import { requireKnownDevices } from '../customer/identity-gate.ts';
import { registerPartPage } from '../customer/part-page.ts';
import { registerStatus } from '../customer/status.ts';
import { partPath } from '../customer/status-path.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { withPart } from '../shared/session/access.ts';

/** Where the onboarding stands: what the customer opens most once the answers are submitted. */
export function registerStatusPart(app: WebApp, deps: WebDependencies): void {
  requireKnownDevices(app, deps, '/status');
  app.use(`${partPath}/*`, withPart(deps));
  registerStatus(app, deps);
  registerPartPage(app, deps);
}
