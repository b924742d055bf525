import { raw } from 'hono/html';
import type { Provider } from 'oidc-provider';
import type { Site } from '../../../../functions/web/shared/http/site.ts';
import { type ProConnect, proConnectOf } from '../../../../functions/web/shared/identity/proconnect.ts';
import { html } from '../../../../functions/web/shared/layout/html.ts';
import { renderPage } from '../../../../functions/web/shared/layout/page.ts';
import type { View } from '../../../../functions/web/shared/layout/view.ts';
import {
  createProConnect,
  type ProConnectPages,
  proConnectClient,
  proConnectIssuer,
  type ServiceAddresses,
} from './provider.ts';

function pagesIn(view: View): ProConnectPages {
  return {
    signOut: (form) =>
      String(
        renderPage(view, {
          title: { fr: 'Se déconnecter de ProConnect', en: 'Sign out of ProConnect' },
          body: html`<h1>Se déconnecter de ProConnect</h1>${raw(form)}<div class="actions"><button class="button" form="op.logoutForm" name="logout" value="yes">Se déconnecter</button></div>`,
        }),
      ),
    failed: (code) =>
      String(
        renderPage(view, {
          title: { fr: 'Échec de la connexion à ProConnect', en: 'ProConnect sign-in failed' },
          body: html`<h1>Échec de la connexion à ProConnect</h1><p>La demande de connexion n’est pas conforme, ou elle a expiré (code ${code}).</p>`,
        }),
      ),
  };
}

/** How this system is registered there. */
function clientAt(origin: string, addresses: ServiceAddresses): ProConnect {
  const { id, secret, algorithm } = proConnectClient;
  return proConnectOf({
    issuer: proConnectIssuer(origin),
    clientId: id,
    clientSecret: async () => secret,
    algorithm,
    ...addresses,
  });
}

/** The ProConnect of one machine, and this system as its client. */
export async function startProConnect(
  site: Site,
  cookieKeys: readonly string[],
  view: View,
): Promise<{ readonly client: ProConnect; readonly provider: Provider }> {
  const addresses = { callback: site.url('/identity/proconnect/callback'), signedOut: site.url('/') };
  return {
    client: clientAt(site.origin, addresses),
    provider: await createProConnect(site.origin, cookieKeys, addresses, pagesIn(view)),
  };
}
