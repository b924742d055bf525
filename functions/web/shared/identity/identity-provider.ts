import type { Configuration } from 'openid-client';
import type { StaffSession } from '../../../store/sessions.ts';
import { staffFromClaims } from './staff-from-claims.ts';

/** What the browser keeps between the start of a sign-in and its end. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The identity provider's answer does not prove who came. */
export class SignInFailedError extends Error {
  override readonly name = 'SignInFailedError';
}

/** Who vouches for staff. */
export interface IdentityProvider {
  /** Where to send the browser, and what it must bring back. */
  begin(): Promise<{ readonly url: URL; readonly attempt: SignInAttempt }>;
  /** @throws SignInFailedError */
  complete(callback: URL, attempt: SignInAttempt): Promise<StaffSession>;
  /** Where a person ends the session at the provider too; undefined when it offers none. */
  endUrl(): Promise<URL | undefined>;
}

export interface OpenIdOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a client that proves itself by PKCE only. */
  readonly clientSecret?: string;
  readonly callback: string;
  /** Where the provider may send people after they have signed out there. */
  readonly signedOut: string;
}

/** Loaded at the first sign-in: customers and machine clients do without it. */
const openidClient = () => import('openid-client');

/** OpenID Connect, authorization code flow with PKCE; the provider is discovered at the first sign-in. */
export function openIdProvider(options: OpenIdOptions): IdentityProvider {
  const { issuer, clientId, clientSecret, callback, signedOut } = options;
  let discovered: Promise<Configuration> | undefined;

  async function discover(): Promise<Configuration> {
    const oidc = await openidClient();
    return oidc.discovery(
      new URL(issuer),
      clientId,
      undefined,
      clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
      issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {},
    );
  }

  async function configuration(): Promise<Configuration> {
    discovered ??= discover();
    try {
      return await discovered;
    } catch (cause) {
      // The next sign-in asks again.
      discovered = undefined;
      throw new SignInFailedError('The identity provider cannot be read', { cause });
    }
  }

  return {
    begin: async () => {
      const oidc = await openidClient();
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: 'openid profile email',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url, attempt };
    },

    complete: async (current, attempt) => {
      const [oidc, provider] = await Promise.all([openidClient(), configuration()]);
      try {
        const tokens = await oidc.authorizationCodeGrant(provider, current, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        });
        return staffFromClaims(tokens.claims());
      } catch (cause) {
        throw new SignInFailedError('The sign-in did not succeed', { cause });
      }
    },

    endUrl: async () => {
      const [oidc, provider] = await Promise.all([openidClient(), configuration()]);
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
      // Cognito reads `logout_uri`, the standard has `post_logout_redirect_uri`.
      return oidc.buildEndSessionUrl(provider, {
        post_logout_redirect_uri: signedOut,
        logout_uri: signedOut,
      });
    },
  };
}
