import { Hono } from 'hono';
import { once } from '../platform/on-demand.ts';
import { createAppOf, type FetchSite, type RegisterPart } from './app-frame.ts';
import type { WebDependencies } from './shared/dependencies.ts';

type LoadPart = () => Promise<RegisterPart>;

const api: LoadPart = async () => (await import('./parts/api.ts')).registerApiPart;
const belowStatus: LoadPart = async () => (await import('./parts/below-status.ts')).registerBelowStatusPart;
const decisions: LoadPart = async () => (await import('./parts/decisions.ts')).registerDecisionsPart;
const identity: LoadPart = async () => (await import('./parts/identity.ts')).registerIdentityPart;
const link: LoadPart = async () => (await import('./parts/link.ts')).registerLinkPart;
const operations: LoadPart = async () => (await import('./parts/operations.ts')).registerOperationsPart;
const publicPages: LoadPart = async () => (await import('./parts/public.ts')).registerPublicPart;
const questionnaire: LoadPart = async () =>
  (await import('./parts/questionnaire.ts')).registerQuestionnairePart;
const sales: LoadPart = async () => (await import('./parts/sales.ts')).registerSalesPart;
const signIn: LoadPart = async () => (await import('./parts/sign-in.ts')).registerSignInPart;
const status: LoadPart = async () => (await import('./parts/status.ts')).registerStatusPart;
const waves: LoadPart = async () => (await import('./parts/waves.ts')).registerWavesPart;

/** The part of the site that an address belongs to, by its first segment; home and assets belong to none. */
const partsBySegment: ReadonlyMap<string, LoadPart> = new Map([
  ['api', api],
  ['f', link],
  ['identity', identity],
  ['new-link', identity],
  ['operations', operations],
  ['questionnaire', questionnaire],
  ['sales', sales],
  ['status', status],
  ['waves', waves],
  ...['sign-in', 'sign-out', 'signed-out'].map((segment) => [segment, signIn] as const),
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
]);

/** Addresses whose part is not that of their first segment. */
const partsBelow: readonly (readonly [RegExp, LoadPart])[] = [
  [/^\/operations\/(?:approvals\/|[^/]+\/(?:conditions|interviews|review)(?:\/|$))/, decisions],
  [/^\/status\/(?!data\.json$)/, belowStatus],
];

function partOf(path: string): LoadPart | undefined {
  const below = partsBelow.find(([pattern]) => pattern.test(path));
  return below?.[1] ?? partsBySegment.get(path.split('/')[1] ?? '');
}

/**
 * The app in AWS: a cold start loads the part of the site that its request needs and no other, because a customer
 * should not wait for the code of the operators' pages. Answers are those of the app with all parts.
 */
export function createAppOnDemand(deps: WebDependencies): Hono {
  const app = new Hono();
  const fetchSite: FetchSite = async (request, env) => app.fetch(request, env);
  const bare = createAppOf(deps, []);
  const apps = new Map(
    [...new Set([...partsBelow.map(([, load]) => load), ...partsBySegment.values()])].map((load) => [
      load,
      once(async () => createAppOf(deps, [await load()], fetchSite)),
    ]),
  );
  app.all('*', async (c) => {
    const part = partOf(c.req.path);
    const load = part === undefined ? undefined : apps.get(part);
    return (load === undefined ? bare : await load()).fetch(c.req.raw, c.env);
  });
  return app;
}
