import {
  type ClientMetadata,
  type Configuration,
  type FindAccount,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import type { Html } from '../../../functions/web/shared/layout/html.ts';
import { demoAccounts, demoClient, webClientId } from './demo-accounts.ts';
import { memoryAdapters } from './memory-adapter.ts';
import type { ProviderKeys } from './provider-keys.ts';

export const providerPath = '/idp';

/** The audience of access tokens. */
export function apiAudience(origin: string): string {
  return `${origin}/api`;
}

const hour = 3_600;

/** The provider's own pages, in our page frame. */
export interface ProviderPages {
  signOut(form: string): Html | Promise<Html>;
  failed(): Html | Promise<Html>;
}

/** The local replacement for Cognito: staff sign in with a browser, API clients get tokens with scopes. */
export function createProvider(origin: string, keys: ProviderKeys, pages: ProviderPages): Provider {
  return new Provider(`${origin}${providerPath}`, {
    adapter: memoryAdapters(),
    jwks: { keys: [keys.signing] },
    cookies: { keys: keys.cookies },
    scopes: ['openid', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name', 'roles', 'team'], email: ['email'] },
    // The ID token contains the roles, like Cognito's groups.
    conformIdTokenClaims: false,
    clients: clients(origin),
    features: features(apiAudience(origin), pages),
    extraTokenClaims: rolesOfPerson,
    renderError: async (ctx) => {
      ctx.type = 'html';
      ctx.body = String(await pages.failed());
    },
    interactions: { url: (_ctx, { uid }) => `${providerPath}/interaction/${uid}` },
    findAccount,
    loadExistingGrant: grantOwnScopes,
    pkce: { required: () => true },
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      ClientCredentials: hour,
      Grant: 12 * hour,
      IdToken: hour,
      Interaction: hour,
      Session: 12 * hour,
    },
  });
}

/** Our own pages, and the client of the API. */
function clients(origin: string): ClientMetadata[] {
  return [
    {
      client_id: webClientId,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [`${origin}/sign-in/callback`],
      post_logout_redirect_uris: [`${origin}/`],
    },
    {
      client_id: demoClient.id,
      client_secret: demoClient.secret,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    },
  ];
}

/** Signed access tokens for the API, of clients with scopes and of persons without, and sign-out on our own page. */
function features(audience: string, pages: ProviderPages): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => audience,
      getResourceServerInfo: async (_ctx, _resource, client) => ({
        scope: client.clientId === demoClient.id ? demoClient.scopes.join(' ') : '',
        audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: hour,
        jwt: { sign: { alg: 'RS256' } },
      }),
      useGrantedResource: async () => true,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx, form) => {
        ctx.type = 'html';
        ctx.body = String(await pages.signOut(form));
      },
    },
  };
}

/** The access token of a person names its roles, like Cognito's groups. */
async function rolesOfPerson(
  _ctx: KoaContextWithOIDC,
  token: { readonly kind?: string; readonly accountId?: string },
) {
  const account = demoAccounts.find(({ id }) => id === token.accountId);
  return account === undefined ? {} : { roles: [...account.roles] };
}

const findAccount: FindAccount = async (_ctx, id) => {
  const account = demoAccounts.find((known) => known.id === id);
  if (account === undefined) return undefined;
  const { name, email, roles, team } = account;
  return {
    accountId: id,
    claims: async () => ({
      sub: id,
      name,
      email,
      roles: [...roles],
      ...(team === undefined ? {} : { team }),
    }),
  };
};

/** Our own pages need no consent: their scopes are granted automatically. */
async function grantOwnScopes(ctx: KoaContextWithOIDC) {
  const { client, session } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new ctx.oidc.provider.Grant({
    clientId: client.clientId,
    accountId: session.accountId,
  });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}
