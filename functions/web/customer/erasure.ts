import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireCustomer } from '../shared/session/access.ts';
import { erasurePath } from './erasure-path.ts';

/** Loaded when they are asked for: once in the life of an onboarding, if ever. */
const loadPages = () => import('./erasure-pages.ts');

/** Asking for the organisation's file to be erased, once the onboarding has ended. */
export function registerErasure(app: WebApp, deps: WebDependencies): void {
  app.get(erasurePath, requireCustomer, async (c) => (await loadPages()).showErasure(c));
  app.post(erasurePath, requireCustomer, async (c) => (await loadPages()).askForErasure(c, deps));
}
