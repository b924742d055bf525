import { registerCustomerPages } from '../customer/pages.ts';
import { registerPersonalLink } from '../customer/personal-link.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** What the customer's contact opens. */
export function registerCustomerPart(app: WebApp, deps: WebDependencies): void {
  registerPersonalLink(app, deps);
  registerCustomerPages(app, deps);
}
