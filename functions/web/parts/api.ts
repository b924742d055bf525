import { createAdmission } from '../api/admission.ts';
import { createApi } from '../api/api.ts';
import type { Operation } from '../api/operation.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** Registers operations of the API. */
export type RegisterOperations = (operations: readonly Operation[]) => (app: WebApp) => void;

/** What machine clients call. All that is registered shares one admission: a client has one allowance, not one for each area. */
export function apiOf(deps: WebDependencies): RegisterOperations {
  const admit = createAdmission(deps);
  return (operations) => (app) => {
    app.route('/api', createApi({ ...deps, admit, basePath: deps.site.basePath }, operations));
  };
}
