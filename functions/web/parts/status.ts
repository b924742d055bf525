import { requireKnownDevices } from '../customer/identity-gate.ts';
import { registerStatus } from '../customer/status.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** Where the onboarding stands: what the customer opens most once the answers are submitted. */
export function registerStatusPart(app: WebApp, deps: WebDependencies): void {
  requireKnownDevices(app, deps, '/status');
  registerStatus(app, deps);
}
