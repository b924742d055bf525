import { Hono } from 'hono';
import { createAdmission } from '../../../functions/web/api/admission.ts';
import { type ApiDependencies, createApi } from '../../../functions/web/api/api.ts';
import { routes } from '../../../functions/web/api/routes.ts';

/** What the API and its admission work with. */
export type ApiSetting = Omit<ApiDependencies, 'admit'> & Parameters<typeof createAdmission>[0];

/** The whole API as the product mounts it, over dependencies that a test may have changed. */
export function apiOver(setting: ApiSetting): { readonly app: Hono } {
  const api = createApi({ ...setting, admit: createAdmission(setting) }, routes);
  return { app: new Hono().route('/api', api) };
}
