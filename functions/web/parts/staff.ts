import { registerOperationsPages } from '../operations/pages.ts';
import { registerSalesPages } from '../sales/pages.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { registerSignIn } from '../sign-in/pages.ts';
import { registerWavePages } from '../waves/pages.ts';

/** What members of staff open; signing out is everyone's. */
export function registerStaffPart(app: WebApp, deps: WebDependencies): void {
  registerSignIn(app, deps);
  registerSalesPages(app, deps);
  registerOperationsPages(app, deps);
  registerWavePages(app, deps);
}
