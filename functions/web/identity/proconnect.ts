import { getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod/mini';
import { askForOrganisation, reasonOfRefusal, verifyByProConnect } from '../../application/organisation.ts';
import { BusinessError } from '../../domain/errors.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import {
  isAcceptedFor,
  sirenOfEstablishment,
  waitingLife,
} from '../../domain/onboarding/presented-organisation.ts';
import { ForeignOrganisationError } from '../../domain/onboarding/transitions/organisation.ts';
import { second } from '../../domain/time.ts';
import type { FetchSite } from '../app-frame.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { resumeSecret, waitingCookie } from '../shared/http/resume-form.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import {
  type Presented,
  type ProConnect,
  ProConnectFailedError,
  type ProConnectFailure,
  proConnectFailures,
} from '../shared/identity/proconnect.ts';
import {
  attemptCookie,
  presentedCookie,
  signOutCookie,
  signOutSeconds,
} from '../shared/identity/proconnect-cookie.ts';
import { customerOf } from '../shared/session/access.ts';
import { isKnownDevice, knownDevice, type NewCookie } from '../shared/session/known-device.ts';
import { type AddressLimit, tooManyRequests } from './address-limit.ts';
import { withCookie } from './carry-out.ts';
import { carryOutAll, showVerified } from './go-on.ts';
import * as pages from './proconnect-pages.ts';
import { forgetInBrowser, keepInBrowser, keptInBrowser } from './session-cookies.ts';
import { identityPath, type Waiting, waitingIn, waitingOf } from './waiting.ts';

/** Long enough to find a password and a second factor; the page that was typed is kept as long. */
const attemptSeconds = 3_600;

const optional = z.optional(z.string());
const attemptShape = z.object({
  state: z.string(),
  nonce: z.string(),
  page: optional,
  to: optional,
  until: z.number(),
});
const presentedShape = z.object({ siret: z.string().check(z.regex(/^\d{14}$/)), until: z.number() });

function proConnectIn({ proConnect }: WebDependencies): ProConnect {
  if (proConnect === undefined)
    throw new Error('The stage asks for ProConnect and does not know where it is');
  return proConnect;
}

/** The pages that this browser has sent and that wait, in the order in which they end; read only if there may be some. */
async function pagesWaiting(c: WebContext, deps: WebDependencies, { page }: Waiting) {
  const { reference, person } = customerOf(c);
  if (page === undefined && getCookie(c, waitingName(c, deps)) === undefined) return [];
  const owner = { reference, person: person?.id, browser: resumeSecret(c, deps.site) };
  return deps.store.pendingPages.ofBrowser(owner, deps.clock.now());
}

function waitingName(c: WebContext, { site }: WebDependencies): string {
  return site.cookie.name(`${waitingCookie}${customerOf(c).reference}`);
}

/** The last refusal that is this person's, of an organisation if one is given, with its reason. */
async function refusalOf(
  c: WebContext,
  deps: WebDependencies,
  siren?: string,
): Promise<pages.Refusal | undefined> {
  const { reference, now, person } = customerOf(c);
  const refused = now.state.organisationsRefused?.findLast(
    (each) => each.person === person?.id && (siren === undefined || each.siren === siren),
  );
  if (refused === undefined) return undefined;
  return { ...refused, reason: (await reasonOfRefusal(deps, reference, refused)) ?? '' };
}

/** True for someone who waits for the account owner. */
function hasAsked(c: WebContext, siren?: string): boolean {
  const { now, person } = customerOf(c);
  const asked = now.state.organisationsAsked ?? [];
  return asked.some((each) => each.person === person?.id && (siren === undefined || each.siren === siren));
}

/** Where someone who has to sign in with ProConnect begins. */
export async function showProConnect(c: WebContext, deps: WebDependencies): Promise<Response> {
  const waiting = waitingOf(c);
  const [first] = await pagesWaiting(c, deps, waiting);
  const refusal = await refusalOf(c, deps);
  const shown = { waiting, keptUntil: first?.until, hasAsked: hasAsked(c), refusal };
  return answerPage(c, pages.startPage(c.get('view'), shown));
}

/** Sends the browser to ProConnect: a link, because a form may lead to no other site. */
async function begin(c: WebContext, deps: WebDependencies): Promise<Response> {
  const waiting = waitingOf(c);
  if (await isKnownDevice(c, deps, customerOf(c))) return leadTo(c, deps.site, identityPath(waiting));
  try {
    const { url, attempt } = await proConnectIn(deps).begin(c.req.query('anew') !== undefined);
    keepInBrowser(c, deps, attemptCookie, { ...attempt, ...waiting }, attemptSeconds);
    return c.redirect(url.href, 303);
  } catch (error) {
    return showFailure(c, deps, waiting, failureIn(deps, c, error));
  }
}

const statuses = { cancelled: 401, failed: 401, unavailable: 503 } as const satisfies Record<
  ProConnectFailure,
  401 | 503
>;

/** Why ProConnect has presented no one. @throws any other error */
function failureIn({ logger }: WebDependencies, c: WebContext, error: unknown): ProConnectFailure {
  if (!(error instanceof ProConnectFailedError)) throw error;
  logger.log('proconnect_failed', { onboardingId: customerOf(c).reference, kind: error.failure });
  return error.failure;
}

async function showFailure(
  c: WebContext,
  deps: WebDependencies,
  waiting: Waiting,
  failure: ProConnectFailure,
): Promise<Response> {
  const [first] = await pagesWaiting(c, deps, waiting);
  const page = pages.failurePage(c.get('view'), failure, { waiting, keptUntil: first?.until });
  return answerPage(c, page, statuses[failure]);
}

/** To the page that says why, whose address can be loaded again: that of the way back works once. */
function leadToFailure(c: WebContext, deps: WebDependencies, waiting: Waiting, error: unknown): Response {
  const path = identityPath(waiting, `/identity/proconnect/failure/${failureIn(deps, c, error)}`);
  return leadTo(c, deps.site, path);
}

/** Whoever comes back from ProConnect. */
async function comeBack(
  c: WebContext,
  deps: WebDependencies,
  fetchSite: FetchSite,
  waitFor: AddressLimit,
): Promise<Response> {
  const attempt = keptInBrowser(c, deps, attemptCookie, attemptShape);
  const waiting = waitingIn((name) => attempt?.[name]);
  if (attempt === undefined || attempt.state !== c.req.query('state')) {
    if (await isKnownDevice(c, deps, customerOf(c))) return showVerified(c, deps, waiting);
    return leadToFailure(c, deps, waiting, new ProConnectFailedError('failed'));
  }
  if (waitFor(c) > 0) {
    const [first] = await pagesWaiting(c, deps, waiting);
    return answerPage(c, pages.busyPage(c.get('view'), { waiting, keptUntil: first?.until }), 429);
  }
  try {
    const current = new URL(deps.site.url('/identity/proconnect/callback'));
    current.search = new URL(c.req.url).search;
    const presented = await proConnectIn(deps).complete(current, attempt);
    return await recognise(c, deps, fetchSite, waiting, presented);
  } catch (error) {
    forgetInBrowser(c, deps, attemptCookie);
    return leadToFailure(c, deps, waiting, error);
  }
}

async function addressOf(c: WebContext, { store }: WebDependencies): Promise<string> {
  const { reference, person } = customerOf(c);
  return person?.email ?? (await store.dossiers.intake(reference)).contactEmail;
}

/** Records who has come, and carries out what was typed; or says that the organisation is not the right one. */
async function recognise(
  c: WebContext,
  deps: WebDependencies,
  fetchSite: FetchSite,
  waiting: Waiting,
  { siret, idp, secondFactor, mail, signOutHint }: Presented,
): Promise<Response> {
  const customer = customerOf(c);
  const { cookie } = deps.site;
  const hint = { name: cookie.name(signOutCookie), value: signOutHint, seconds: signOutSeconds };
  const used = { name: cookie.name(attemptCookie), value: '', seconds: 0 };
  const siren = sirenOfEstablishment(siret);
  const sameAddress = mail.toLowerCase() === (await addressOf(c, deps)).toLowerCase();
  const shown = { siren, idp, secondFactor, sameAddress, person: customer.person?.id };
  try {
    await verifyByProConnect(deps, customer.reference, shown, customer.who);
  } catch (error) {
    if (!(error instanceof ForeignOrganisationError)) throw error;
    keepInBrowser(c, deps, presentedCookie, { siret }, attemptSeconds);
    const path = identityPath(waiting, '/identity/proconnect/organisation');
    return withCookies(leadTo(c, deps.site, path), deps, [hint, used]);
  }
  const kept = await pagesWaiting(c, deps, waiting);
  const device = await knownDevice(deps, customer);
  const answer = await carryOutAll(c, deps, fetchSite, waiting, { kept, device });
  const waited = { name: waitingName(c, deps), value: '', seconds: 0 };
  const noLonger = getCookie(c, waited.name) === undefined ? [] : [waited];
  return withCookies(answer, deps, [hint, used, ...noLonger]);
}

function withCookies(answer: Response, deps: WebDependencies, cookies: readonly NewCookie[]): Response {
  return cookies.reduce((done, cookie) => withCookie(done, deps, cookie), answer);
}

/** The page for someone who has presented another organisation. */
async function showOrganisation(c: WebContext, deps: WebDependencies): Promise<Response> {
  const waiting = waitingOf(c);
  const presented = keptInBrowser(c, deps, presentedCookie, presentedShape);
  const { state } = customerOf(c).now;
  if (presented === undefined || isAcceptedFor(state, sirenOfEstablishment(presented.siret))) {
    return leadTo(c, deps.site, identityPath(waiting));
  }
  const [first] = await pagesWaiting(c, deps, waiting);
  const { siret } = presented;
  const presentedSiren = sirenOfEstablishment(siret);
  return answerPage(
    c,
    pages.organisationPage(c.get('view'), {
      ...{ waiting, siret, keptUntil: first?.until },
      ...{ organisation: organisationName(state), siren: state.siren },
      hasAsked: hasAsked(c, presentedSiren),
      refusal: await refusalOf(c, deps, presentedSiren),
    }),
  );
}

/** Asks the account owner; what was typed is kept longer first, so that an interruption loses nothing. */
async function askOwner(c: WebContext, deps: WebDependencies, waitFor: AddressLimit): Promise<Response> {
  const waiting = waitingOf(c);
  const presented = keptInBrowser(c, deps, presentedCookie, presentedShape);
  if (presented === undefined) return leadTo(c, deps.site, identityPath(waiting));
  if (waitFor(c) > 0) return answerPage(c, pages.notAskedPage(c.get('view'), tooManyRequests), 429);
  const { store, clock, site } = deps;
  const { reference, person, who } = customerOf(c);
  const [browser, now] = [resumeSecret(c, site), clock.now()];
  const until = new Date(now.getTime() + waitingLife);
  await store.pendingPages.keepUntil({ reference, person: person?.id, browser }, until, now);
  setCookie(c, waitingName(c, deps), browser, { ...site.cookie.options, maxAge: waitingLife / second });
  const siren = sirenOfEstablishment(presented.siret);
  try {
    await askForOrganisation(deps, reference, { siren, person: person?.id }, who);
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    return answerPage(c, pages.notAskedPage(c.get('view'), error.text), 409);
  }
  return leadTo(c, site, identityPath(waiting, '/identity/proconnect/organisation'));
}

/** The way to ProConnect and back. */
export function registerProConnect(
  app: WebApp,
  deps: WebDependencies,
  fetchSite: FetchSite,
  waitFor: AddressLimit,
): void {
  app.get('/identity/proconnect', (c) => begin(c, deps));
  app.get('/identity/proconnect/callback', (c) => comeBack(c, deps, fetchSite, waitFor));
  app.get('/identity/proconnect/failure/:failure', (c) => {
    const failure = proConnectFailures.find((known) => known === c.req.param('failure'));
    return failure === undefined ? notFound(c) : showFailure(c, deps, waitingOf(c), failure);
  });
  app.get('/identity/proconnect/organisation', (c) => showOrganisation(c, deps));
  app.post('/identity/proconnect/organisation', (c) => askOwner(c, deps, waitFor));
}
