import { handle } from 'hono/aws-lambda';
import { systemClock } from '../platform/clock.ts';
import {
  customerIdentityFromEnvironment,
  mailSenderFromEnvironment,
  platformFromEnvironment,
  required,
  retentionDaysFromEnvironment,
} from '../platform/environment.ts';
import { randomIds } from '../platform/ids.ts';
import {
  linksOnDemand,
  publicationOnDemand,
  rendererOnDemand,
  sealKeyOnDemand,
  workflowOnDemand,
} from '../platform/on-demand.ts';
import { storeFromEnvironment } from '../store/dependencies.ts';
import { createAppOnDemand } from './app-on-demand.ts';
import type { WebDependencies } from './shared/dependencies.ts';
import { siteOf } from './shared/http/site.ts';
import { createTokenVerifier } from './shared/identity/access-token.ts';
import { openIdProvider } from './shared/identity/identity-provider.ts';
import { proConnectFromEnvironment } from './shared/identity/proconnect-from-environment.ts';

function dependenciesFromEnvironment(): WebDependencies {
  const site = siteOf(required('PUBLIC_URL'));
  const issuer = required('ISSUER_URL');
  const shared = storeFromEnvironment();
  const customerIdentity = customerIdentityFromEnvironment();
  return {
    ...shared,
    ids: randomIds,
    workflow: workflowOnDemand(),
    platform: platformFromEnvironment(),
    links: linksOnDemand(),
    sealKey: sealKeyOnDemand(),
    renderDocument: rendererOnDemand(),
    site,
    contact: required('CONTACT_MAIL'),
    mailSender: mailSenderFromEnvironment(),
    publication: publicationOnDemand(),
    retentionDays: retentionDaysFromEnvironment(),
    customerIdentity,
    ...(customerIdentity === 'link_and_proconnect' ? { proConnect: proConnectFromEnvironment(site) } : {}),
    sales: { owner: required('DEFAULT_OWNER').toLowerCase(), team: required('DEFAULT_TEAM') },
    identity: openIdProvider({
      issuer,
      clientId: required('WEB_CLIENT_ID'),
      callback: site.url('/sign-in/callback'),
      signedOut: site.url('/'),
    }),
    // Cognito's access tokens name no audience: their scopes do. They are dated by Cognito's clock, the real one.
    verifyToken: createTokenVerifier({ issuer, clock: systemClock }),
    tokenUrl: required('TOKEN_URL'),
  };
}

let answer: ReturnType<typeof handle> | undefined;

/** In AWS: called by API Gateway for every page and every request of the API. */
export const handler: ReturnType<typeof handle> = (event, context) => {
  answer ??= handle(createAppOnDemand(dependenciesFromEnvironment()));
  return answer(event, context);
};
