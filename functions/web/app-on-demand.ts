import { Hono } from 'hono';
import { once } from '../platform/on-demand.ts';
import { createAppOf, type FetchSite, type RegisterPart } from './app-frame.ts';
import type { WebDependencies } from './shared/dependencies.ts';

type LoadPart = () => Promise<RegisterPart>;

const api: LoadPart = async () => (await import('./parts/api.ts')).registerApiPart;
const customer: LoadPart = async () => (await import('./parts/customer.ts')).registerCustomerPart;
const identity: LoadPart = async () => (await import('./parts/identity.ts')).registerIdentityPart;
const publicPages: LoadPart = async () => (await import('./parts/public.ts')).registerPublicPart;
const staff: LoadPart = async () => (await import('./parts/staff.ts')).registerStaffPart;

/** The part of the site that an address belongs to, by its first segment; home and assets belong to none. */
const partsBySegment: ReadonlyMap<string, LoadPart> = new Map([
  ['api', api],
  ...['f', 'questionnaire', 'status'].map((segment) => [segment, customer] as const),
  ...[
    'accessibility',
    'cookies',
    'legal-notices',
    'mail-setup',
    'privacy',
    'proof',
    'questions',
    'site-map',
    'trust',
  ].map((segment) => [segment, publicPages] as const),
  ['identity', identity],
  ['new-link', identity],
  ...['operations', 'sales', 'sign-in', 'sign-out', 'signed-out', 'waves'].map(
    (segment) => [segment, staff] as const,
  ),
]);

/**
 * The app in AWS: a cold start loads the part of the site that its request needs and no other, because a customer
 * should not wait for the code of the operators' pages. Answers are those of the app with all parts.
 */
export function createAppOnDemand(deps: WebDependencies): Hono {
  const app = new Hono();
  const fetchSite: FetchSite = async (request, env) => app.fetch(request, env);
  const bare = createAppOf(deps, []);
  const apps = new Map(
    [...new Set(partsBySegment.values())].map((load) => [
      load,
      once(async () => createAppOf(deps, [await load()], fetchSite)),
    ]),
  );
  app.all('*', async (c) => {
    const part = partsBySegment.get(c.req.path.split('/')[1] ?? '');
    const load = part === undefined ? undefined : apps.get(part);
    return (load === undefined ? bare : await load()).fetch(c.req.raw, c.env);
  });
  return app;
}
