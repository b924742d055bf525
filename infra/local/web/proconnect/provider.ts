import { exportJWK, generateKeyPair } from 'jose';
import { type Configuration, type FindAccount, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { memoryAdapters } from '../memory-adapter.ts';
import { proConnectPersons, subjectOf } from './persons.ts';

/** Where the embedded ProConnect is on this machine. */
export const proConnectPath = '/proconnect';
export const proConnectApi = `${proConnectPath}/api/v2`;

/** How this system is registered there. */
export const proConnectClient = {
  id: 'onboarding-proconnect',
  secret: 'demo-proconnect-secret',
  algorithm: 'ES256',
} as const;

export function proConnectIssuer(origin: string): string {
  return `${origin}${proConnectApi}`;
}

/** Where a service is led back to after the sign-in, and after the sign-out. */
export interface ServiceAddresses {
  readonly callback: string;
  readonly signedOut: string;
}

/** The pages of the provider. */
export interface ProConnectPages {
  signOut(form: string): string;
  failed(code: string): string;
}

/** Each gives one claim of its name. */
const scopes = ['given_name', 'usual_name', 'email', 'uid', 'siret'] as const;

/** The only parameters of an authorization request: any other is an error. */
const knownParameters = new Set([
  ...['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'acr_values'],
  ...['claims', 'prompt', 'idp_hint'],
]);
const shortestSecret = 32;
const hour = 3_600;
/** The cookie of a session there. */
const sessionName = 'proconnect';

/** The code of ProConnect's error pages for a request that is not as it must be. */
const malformed = 'Y000400';

/** True for a request that ProConnect does not take: an unknown parameter, or a `state` or `nonce` that is too short. */
function isMalformed(query: URLSearchParams): boolean {
  const isUnknown = [...query.keys()].some((name) => !knownParameters.has(name));
  return isUnknown || ['state', 'nonce'].some((name) => (query.get(name) ?? '').length < shortestSecret);
}

/**
 * ProConnect's place on one machine, as far as a service sees it: authorization code flow without PKCE, codes of 30 s,
 * access tokens of 60 s, userinfo as a signed JWT, an error for any unknown parameter.
 */
export async function createProConnect(
  origin: string,
  cookieKeys: readonly string[],
  addresses: ServiceAddresses,
  pages: ProConnectPages,
): Promise<Provider> {
  // Nothing that it signs outlives a minute but the sign-out, so its key is made anew at each start.
  const { privateKey } = await generateKeyPair(proConnectClient.algorithm, { extractable: true });
  const provider = new Provider(proConnectIssuer(origin), {
    adapter: memoryAdapters(),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'proconnect', use: 'sig' }] },
    // Both providers of this machine are at the same host.
    cookies: {
      keys: [...cookieKeys],
      names: { session: sessionName, interaction: 'proconnect_interaction', resume: 'proconnect_resume' },
    },
    scopes: ['openid', ...scopes],
    claims: {
      ...Object.fromEntries(scopes.map((name) => [name, [name]])),
      openid: ['sub', 'idp_id'],
      amr: null,
    },
    clients: [clientAt(addresses)],
    clientAuthMethods: ['client_secret_post'],
    features: featuresWith(pages),
    enabledJWA: {
      idTokenSigningAlgValues: [proConnectClient.algorithm],
      userinfoSigningAlgValues: [proConnectClient.algorithm],
    },
    routes: {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/jwks',
      end_session: '/session/end',
    },
    renderError: (ctx) => showFailure(ctx, pages, 'Y000000'),
    interactions: { url: (_ctx, { uid }) => `${proConnectPath}/interaction/${uid}` },
    findAccount,
    loadExistingGrant: grantAllScopes,
    pkce: { required: () => false },
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 30,
      Grant: 12 * hour,
      IdToken: 60,
      Interaction: hour,
      Session: 12 * hour,
    },
  });
  provider.use(async (ctx, next) => {
    if (ctx.path === '/token' && ctx.get('Authorization') !== '') {
      // The secret is to be in the body.
      ctx.status = 401;
      ctx.body = { error: 'invalid_client' };
      return;
    }
    const query = new URLSearchParams(ctx.querystring);
    if (ctx.path !== '/authorize' || !isMalformed(query)) {
      // Who is to sign in anew may be someone else: the session before ends.
      if (query.get('prompt') === 'login') forgetSession(ctx);
      return next();
    }
    ctx.status = 400;
    showFailure(ctx, pages, malformed);
  });
  return provider;
}

function forgetSession({ req, cookies }: Pick<KoaContextWithOIDC, 'req' | 'cookies'>): void {
  const sent = (req.headers.cookie ?? '').split('; ');
  req.headers.cookie = sent.filter((pair) => !/^proconnect(?:\.sig)?=/.test(pair)).join('; ');
  cookies.set(sessionName, null);
}

function showFailure(
  ctx: Pick<KoaContextWithOIDC, 'type' | 'body'>,
  pages: ProConnectPages,
  code: string,
): void {
  ctx.type = 'html';
  ctx.body = pages.failed(code);
}

function clientAt({ callback, signedOut }: ServiceAddresses) {
  const { id, secret, algorithm } = proConnectClient;
  return {
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: 'client_secret_post' as const,
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    id_token_signed_response_alg: algorithm,
    userinfo_signed_response_alg: algorithm,
    redirect_uris: [callback],
    post_logout_redirect_uris: [signedOut],
  };
}

function featuresWith(pages: ProConnectPages): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    claimsParameter: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.type = 'html';
        ctx.body = pages.signOut(form);
      },
    },
  };
}

const findAccount: FindAccount = async (_ctx, id) => {
  const person = proConnectPersons.find((each) => subjectOf(each, proConnectClient.id) === id);
  if (person === undefined) return undefined;
  const { given_name, usual_name, email, siret, idp_id } = person;
  return {
    accountId: id,
    claims: async () => ({ sub: id, uid: person.id, given_name, usual_name, email, siret, idp_id }),
  };
};

/** ProConnect asks for no consent. */
async function grantAllScopes(ctx: KoaContextWithOIDC) {
  const { client, session } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(['openid', ...scopes].join(' '));
  await grant.save();
  return grant;
}
