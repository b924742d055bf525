import { createApi } from '../api/api.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** What machine clients call. */
export function registerApiPart(app: WebApp, deps: WebDependencies): void {
  app.route('/api', createApi({ ...deps, basePath: deps.site.basePath }));
}
