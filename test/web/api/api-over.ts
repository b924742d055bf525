import { Hono } from 'hono';
import { type ApiDependencies, createApi } from '../../../functions/web/api/api.ts';

/** The API as the product mounts it, over dependencies that a test has changed. */
export function apiOver(dependencies: ApiDependencies): { readonly app: Hono } {
  return { app: new Hono().route('/api', createApi(dependencies)) };
}
