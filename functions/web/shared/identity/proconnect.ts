import type { Configuration } from 'openid-client';
import * as z from 'zod/mini';
import type { ProConnectAlgorithm } from '../../../domain/onboarding/customer-identity.ts';
import { once } from '../../../platform/on-demand.ts';

/** What the browser keeps between the way to ProConnect and the way back. */
export interface ProConnectAttempt {
  readonly state: string;
  readonly nonce: string;
}

/** What ProConnect asserts of someone, as far as it is used: no name. */
export interface Presented {
  /** The organisation that the person has signed in for, 14 digits. */
  readonly siret: string;
  /** Who vouches for the person. */
  readonly idp: string;
  readonly mail: string;
  /** The person has proved with a second factor who they are. */
  readonly secondFactor: boolean;
  /** What ProConnect wants to see when the person signs out there; nothing else of its tokens leaves this file. */
  readonly signOutHint: string;
}

/** Why no one was presented: the person has given up, ProConnect does not answer, or its answer proves nothing. */
export const proConnectFailures = ['cancelled', 'unavailable', 'failed'] as const;
export type ProConnectFailure = (typeof proConnectFailures)[number];

/** ProConnect has presented no one. */
export class ProConnectFailedError extends Error {
  override readonly name = 'ProConnectFailedError';
  readonly failure: ProConnectFailure;

  constructor(failure: ProConnectFailure, options?: ErrorOptions) {
    super(`ProConnect: ${failure}`, options);
    this.failure = failure;
  }
}

/** ProConnect, the State's sign-in for professionals. */
export interface ProConnect {
  /**
   * Where to send the browser, and what it must bring back.
   *
   * @param anew asks who it is although someone is signed in there
   * @throws ProConnectFailedError
   */
  begin(anew: boolean): Promise<{ readonly url: URL; readonly attempt: ProConnectAttempt }>;
  /** @throws ProConnectFailedError */
  complete(callback: URL, attempt: ProConnectAttempt): Promise<Presented>;
  /** Where the session there is ended. @throws ProConnectFailedError */
  signOutUrl(hint: string, state: string): Promise<URL>;
}

export interface ProConnectSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: () => Promise<string>;
  /** With which ID token and userinfo are signed, as registered. */
  readonly algorithm: ProConnectAlgorithm;
  readonly callback: string;
  /** Where people come back to after they have signed out there. */
  readonly signedOut: string;
}

/** Seconds for each call: a code lives 30, an access token 60. */
const patience = 5;
const scope = 'openid given_name usual_name email uid siret';
const claims = JSON.stringify({ id_token: { amr: { essential: true } } });

const userinfo = z.object({
  siret: z.string().check(z.regex(/^\d{14}$/)),
  idp_id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  email: z.string().check(z.minLength(3), z.maxLength(320)),
});
const amr = z.catch(z.array(z.string()), []);

/** Loaded at the first sign-in: other pages do without it. */
const openidClient = () => import('openid-client');

/**
 * OpenID Connect as ProConnect has it: authorization code flow, the secret in the body, no parameter beside those it
 * knows, so no PKCE. Signatures of ID token and userinfo are checked, their issuer, audience and dates, the nonce, and
 * that both are about the same person.
 */
export function proConnectOf(settings: ProConnectSettings): ProConnect {
  const { issuer, clientId, clientSecret, algorithm, callback, signedOut } = settings;

  const configuration = once(async (): Promise<Configuration> => {
    const [oidc, secret] = await Promise.all([openidClient(), clientSecret()]);
    const metadata = {
      id_token_signed_response_alg: algorithm,
      userinfo_signed_response_alg: algorithm,
    };
    const insecure = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    return oidc.discovery(new URL(issuer), clientId, metadata, oidc.ClientSecretPost(secret), {
      execute: [oidc.enableNonRepudiationChecks, ...insecure],
      timeout: patience,
    });
  });

  /** @throws ProConnectFailedError when ProConnect cannot be read; the next call tries again. */
  async function provider() {
    try {
      return { oidc: await openidClient(), config: await configuration() };
    } catch (cause) {
      throw new ProConnectFailedError('unavailable', { cause });
    }
  }

  return {
    begin: async (anew) => {
      const { oidc, config } = await provider();
      // 43 characters each: ProConnect asks for 32 or more.
      const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce() };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope,
        claims,
        ...attempt,
        ...(anew ? { prompt: 'login' } : {}),
      });
      return { url, attempt };
    },

    complete: async (current, { state, nonce }) => {
      const { oidc, config } = await provider();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, current, {
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const idToken = tokens.claims();
        if (idToken === undefined) throw new Error('There is no ID token');
        const person = z.parse(userinfo, await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub));
        return {
          siret: person.siret,
          idp: person.idp_id,
          mail: person.email,
          secondFactor: z.parse(amr, idToken['amr']).includes('mfa'),
          signOutHint: tokens.id_token ?? '',
        };
      } catch (cause) {
        throw new ProConnectFailedError(failureOf(cause), { cause });
      }
    },

    signOutUrl: async (hint, state) => {
      const { oidc, config } = await provider();
      const url = oidc.buildEndSessionUrl(config, {
        id_token_hint: hint,
        state,
        post_logout_redirect_uri: signedOut,
      });
      // The hint names the client; ProConnect knows no parameter for it.
      url.searchParams.delete('client_id');
      return url;
    },
  };
}

/** The error codes of OAuth with which ProConnect says that it cannot answer now. */
const notNow = new Set(['server_error', 'temporarily_unavailable']);

/** Read from the fields of the errors of `openid-client` and `fetch`: their texts may hold what must not be logged. */
const failedCall = z.object({
  code: z.optional(z.string()),
  error: z.optional(z.string()),
  cause: z.optional(z.unknown()),
});

function failureOf(error: unknown): ProConnectFailure {
  const { code, error: said, cause } = z.catch(failedCall, {}).parse(error);
  if (said === 'access_denied') return 'cancelled';
  if (said !== undefined) return notNow.has(said) ? 'unavailable' : 'failed';
  // A connection that fails is a TypeError of `fetch`, without a code.
  if (code === 'OAUTH_TIMEOUT' || (code === undefined && error instanceof TypeError)) return 'unavailable';
  return cause instanceof Response && cause.status >= 500 ? 'unavailable' : 'failed';
}
