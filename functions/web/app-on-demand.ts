import { Hono } from 'hono';
import { once } from '../platform/on-demand.ts';
import type { Operation } from './api/operation.ts';
import { createAppOf, type FetchSite, type RegisterPart } from './app-frame.ts';
import type { WebDependencies } from './shared/dependencies.ts';

type LoadPart = () => Promise<RegisterPart>;

const approvals: LoadPart = async () => (await import('./parts/approvals.ts')).registerApprovalsPart;
const beforeCutover: LoadPart = async () =>
  (await import('./parts/before-cutover.ts')).registerBeforeCutoverPart;
const belowStatus: LoadPart = async () => (await import('./parts/below-status.ts')).registerBelowStatusPart;
const calendar: LoadPart = async () => (await import('./parts/calendar.ts')).registerCalendarPart;
const decisions: LoadPart = async () => (await import('./parts/decisions.ts')).registerDecisionsPart;
const identity: LoadPart = async () => (await import('./parts/identity.ts')).registerIdentityPart;
const interviews: LoadPart = async () => (await import('./parts/interviews.ts')).registerInterviewsPart;
const link: LoadPart = async () => (await import('./parts/link.ts')).registerLinkPart;
const operations: LoadPart = async () => (await import('./parts/operations.ts')).registerOperationsPart;
const operatorActs: LoadPart = async () =>
  (await import('./parts/operator-acts.ts')).registerOperatorActsPart;
const publicPages: LoadPart = async () => (await import('./parts/public.ts')).registerPublicPart;
const questionnaire: LoadPart = async () =>
  (await import('./parts/questionnaire.ts')).registerQuestionnairePart;
const sales: LoadPart = async () => (await import('./parts/sales.ts')).registerSalesPart;
const signIn: LoadPart = async () => (await import('./parts/sign-in.ts')).registerSignInPart;
const splitting: LoadPart = async () => (await import('./parts/splitting.ts')).registerSplittingPart;
const status: LoadPart = async () => (await import('./parts/status.ts')).registerStatusPart;
const unsentAndAccess: LoadPart = async () =>
  (await import('./parts/unsent-and-access.ts')).registerUnsentAndAccessPart;
const waves: LoadPart = async () => (await import('./parts/waves.ts')).registerWavesPart;
const workList: LoadPart = async () => (await import('./parts/work-list.ts')).registerWorkListPart;

/** The part of the site that an address belongs to, by its first segment; home and assets belong to none. */
const partsBySegment: ReadonlyMap<string, LoadPart> = new Map([
  ['calendar', calendar],
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
  [/^\/operations(?:\/(?:assignment|search|erasure-requests|failures))?$/, workList],
  [/^\/operations\/approvals(?:$|\/groups\/)/, approvals],
  [/^\/operations\/(?:approvals\/|[^/]+\/(?:conditions|move|review)(?:\/|$))/, decisions],
  [/^\/operations\/[^/]+\/interviews(?:\/|$)/, interviews],
  [
    /^\/operations\/[^/]+\/(?:contact|cutover|erasure|erasure-decision|invitation|organisation|place-kept|placement-review|resumption|revocation|talk|withdrawal)$/,
    operatorActs,
  ],
  [/^\/operations\/[^/]+\/split$/, splitting],
  [/^\/operations\/(?:unsent$|[^/]+\/people\/)/, unsentAndAccess],
  [/^\/operations\/[^/]+\/remediation\/|^\/waves\/[^/]+\/go-no-go$/, beforeCutover],
  [/^\/status\/(?!data\.json$|parts\/[^/]+$)/, belowStatus],
];

type LoadOperations = () => Promise<readonly Operation[]>;

/** The areas of the API by address; another area is one file more, and one line here and in the table of routes. */
const apiAreas: readonly (readonly [RegExp, LoadOperations])[] = [
  [
    /^\/api\/onboardings(?:\/[^/]+)?\/?$/,
    async () => (await import('./api/areas/api-onboardings.ts')).onboardingOperations,
  ],
  [
    /^\/api\/(?:approvals|onboardings\/[^/]+\/(?:cutover|move|place-kept|placement-review|remediation|resumption|reviews|conditions\/[^/]+\/(?:clearance|due-date)))(?:\/|$)/,
    async () => (await import('./api/areas/api-operator-acts.ts')).operatorActOperations,
  ],
  [
    /^\/api\/onboardings\//,
    async () => (await import('./api/areas/api-customer-acts.ts')).customerActOperations,
  ],
  [
    /^\/api\/assessments(?:\/|$)/,
    async () => (await import('./api/areas/api-assessments.ts')).assessmentOperations,
  ],
  [/^\/api\/waves(?:\/|$)/, async () => (await import('./api/areas/api-waves.ts')).waveOperations],
  [/^\/api(?:\/|$)/, async () => (await import('./api/areas/api-public.ts')).publicOperations],
];

function firstMatch<T>(table: readonly (readonly [RegExp, T])[], path: string): T | undefined {
  return table.find(([pattern]) => pattern.test(path))?.[1];
}

function partOf(path: string): LoadPart | undefined {
  return firstMatch(partsBelow, path) ?? partsBySegment.get(path.split('/')[1] ?? '');
}

/**
 * The app in AWS: a cold start loads the part of the site that its request needs and no other, because a customer
 * should not wait for the code of the operators' pages. Answers are those of the app with all parts.
 */
export function createAppOnDemand(deps: WebDependencies): Hono {
  const app = new Hono();
  const fetchSite: FetchSite = async (request, env) => app.fetch(request, env);
  const bare = createAppOf(deps, []);
  const appWith = (load: LoadPart) => once(async () => createAppOf(deps, [await load()], fetchSite));
  const api = once(async () => (await import('./parts/api.ts')).apiOf(deps));
  const areas = apiAreas.map(
    ([pattern, load]) =>
      [
        pattern,
        appWith(async () => {
          const [register, operations] = await Promise.all([api(), load()]);
          return register(operations);
        }),
      ] as const,
  );
  const parts = new Map(
    [...new Set([...partsBelow.map(([, load]) => load), ...partsBySegment.values()])].map(
      (load) => [load, appWith(load)] as const,
    ),
  );
  app.all('*', async (c) => {
    const part = partOf(c.req.path);
    const load = part === undefined ? firstMatch(areas, c.req.path) : parts.get(part);
    return (load === undefined ? bare : await load()).fetch(c.req.raw, c.env);
  });
  return app;
}
