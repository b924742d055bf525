import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { raw } from 'hono/html';
import { inLanguage } from '../../../functions/domain/text.ts';
import { systemClock } from '../../../functions/platform/clock.ts';
import { createApp } from '../../../functions/web/app.ts';
import type { WebDependencies } from '../../../functions/web/shared/dependencies.ts';
import { type Site, siteOf } from '../../../functions/web/shared/http/site.ts';
import { createTokenVerifier } from '../../../functions/web/shared/identity/access-token.ts';
import { openIdProvider } from '../../../functions/web/shared/identity/identity-provider.ts';
import { type Html, html } from '../../../functions/web/shared/layout/html.ts';
import { renderPage } from '../../../functions/web/shared/layout/page.ts';
import type { View } from '../../../functions/web/shared/layout/view.ts';
import type { DataFolder } from '../data-folder.ts';
import { localMailSender } from '../mailbox.ts';
import type { Runtime } from '../runtime.ts';
import { answerClockRequest } from './clock-control.ts';
import { webClientId } from './demo-accounts.ts';
import { demonstrationPath, registerDemoPages } from './demo-pages.ts';
import { apiAudience, createProvider, type ProviderPages, providerPath } from './identity-provider.ts';
import { registerProConnectChoice } from './proconnect/choice-page.ts';
import { proConnectApi } from './proconnect/provider.ts';
import { startProConnect } from './proconnect/start.ts';
import { providerKeys } from './provider-keys.ts';
import { registerSignInPage } from './sign-in-page.ts';

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const contact = 'operations@platform.example';

/** Headers of the identity provider's own responses, unless it sets them itself; our pages get theirs from the app. */
const providerHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** The frame of the identity providers' own pages, in French because they do not know the user's language. */
function providerView(site: Site, platform: string): View {
  return {
    language: 'fr',
    t: (text) => inLanguage(text, 'fr'),
    href: site.href,
    path: '/',
    unsent: false,
    formRoot: '/questionnaire',
    platform,
    laws: [],
    viewer: { kind: 'anonymous' },
    contact,
    csrf: undefined,
    flash: undefined,
  };
}

function providerPages(view: View): ProviderPages {
  return {
    signOut: (form): Html =>
      renderPage(view, {
        title: { fr: 'Se déconnecter du service d’identité', en: 'Sign out of the identity service' },
        body: html`<h1>Se déconnecter du service d’identité</h1>${
          // The provider's own form, with its CSRF token.
          raw(form)
        }<div class="actions"><button class="button" form="op.logoutForm" name="logout" value="yes">Se déconnecter</button></div>`,
      }),
    failed: (): Html =>
      renderPage(view, {
        title: { fr: 'Échec de la connexion', en: 'Sign-in failed' },
        body: html`<h1>Échec de la connexion</h1><p>La demande de connexion est incomplète ou a expiré. <a href="${view.href('/sign-in')}">Recommencer</a></p>`,
      }),
  };
}

/** The whole HTTP interface of the local system: pages, API, identity provider, demonstration pages. */
export async function startWeb(
  runtime: Runtime,
  origin: string,
  folder: DataFolder | undefined,
): Promise<NodeHandler> {
  const site = siteOf(origin);
  const issuer = `${origin}${providerPath}`;
  const keys = await providerKeys(folder);
  const view = providerView(site, runtime.platform.name);
  const proConnect =
    runtime.customerIdentity === 'link_and_proconnect'
      ? await startProConnect(site, keys.cookies, view)
      : undefined;
  const deps: WebDependencies = {
    ...runtime,
    site,
    contact,
    mailSender: localMailSender,
    demonstration: demonstrationPath,
    sales: { owner: 'sales.state@platform.example', team: 'state' },
    identity: openIdProvider({
      issuer,
      clientId: webClientId,
      callback: site.url('/sign-in/callback'),
      signedOut: site.url('/'),
    }),
    // The provider and the dates of its tokens use the real clock.
    verifyToken: createTokenVerifier({ issuer, audience: apiAudience(origin), clock: systemClock }),
    tokenUrl: `${issuer}/token`,
    ...(proConnect === undefined ? {} : { proConnect: proConnect.client }),
  };
  const provider = createProvider(origin, keys, providerPages(view));
  const app = createApp(deps);
  registerSignInPage(app, provider);
  if (proConnect !== undefined) registerProConnectChoice(app, proConnect.provider);
  registerDemoPages(app, runtime, site);

  const pages = getRequestListener(async (request, bindings) => {
    const answer =
      (await answerClockRequest(runtime.clock, site, request)) ?? (await app.fetch(request, bindings));
    // The rest of a too large body is not read, so the connection cannot be reused.
    if (answer.status === 413) bindings.outgoing.setHeader('Connection', 'close');
    return answer;
  });
  const mounted = [
    { path: providerPath, answer: provider.callback() },
    ...(proConnect === undefined ? [] : [{ path: proConnectApi, answer: proConnect.provider.callback() }]),
  ];

  return async (request, response) => {
    const url = request.url ?? '/';
    const own = mounted.find(
      ({ path }) => url.startsWith(`${path}/`) && !url.startsWith(`${path}/interaction/`),
    );
    if (own === undefined) return pages(request, response);
    for (const [name, value] of Object.entries(providerHeaders)) response.setHeader(name, value);
    // The provider derives its mount path from these two URLs.
    Object.assign(request, { originalUrl: url });
    request.url = url.slice(own.path.length);
    await own.answer(request, response);
  };
}
