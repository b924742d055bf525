import type { FetchSite } from '../app-frame.ts';
import { registerNewLink } from '../identity/new-link.ts';
import { registerIdentity } from '../identity/pages.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** Where the holders of links show who they are, or ask for their link again: opened once a device, so that no other page waits for its code. */
export function registerIdentityPart(app: WebApp, deps: WebDependencies, fetchSite: FetchSite): void {
  registerIdentity(app, deps, fetchSite);
  registerNewLink(app, deps);
}
