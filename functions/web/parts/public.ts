import { registerPublicPages } from '../public/pages.ts';
import { registerProof } from '../public/proof.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** What anyone may read: no session. */
export function registerPublicPart(app: WebApp, deps: WebDependencies): void {
  registerPublicPages(app, deps);
  registerProof(app, deps);
}
