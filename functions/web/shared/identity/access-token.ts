import type { JWTVerifyGetKey, errors as joseErrors } from 'jose';
import * as z from 'zod/mini';
import type { Clock } from '../../../platform/clock.ts';
import { roleClaims, rolesFromClaims, type StaffRole } from './staff-from-claims.ts';

/** A machine that may call the API: its id at the identity provider, and what it was granted. */
export interface MachineClient {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly kind: 'machine';
}

/** A member of staff with an access token of their own: what they may do follows from their roles, not from scopes. */
export interface Person {
  readonly subject: string;
  readonly roles: readonly StaffRole[];
  readonly kind: 'person';
}

export type TokenBearer = MachineClient | Person;

/** Undefined when the token is not to be trusted, for whatever reason. @throws IssuerUnavailableError */
export type VerifyToken = (token: string) => Promise<TokenBearer | undefined>;

export interface TokenVerifierOptions {
  /** The identity provider, as it names itself: exactly as in the tokens' `iss`. */
  readonly issuer: string;
  /** Whom tokens must be meant for. Cognito's access tokens name no audience: leave it out there. */
  readonly audience?: string;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch;
}

/** The identity provider's keys cannot be had: nothing can be said about any token. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError';
}

/** Loaded at the first token: pages do without it. */
const tokenLibrary = () => import('jose');

/** Only signatures by a key pair: a token signed with a shared secret or with none is refused. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** Seconds by which the clocks of the provider and ours may differ. */
const clockTolerance = 5;
const patience = 3_000;
/** Longest token looked at, in characters: signatures of longer ones would be work for nothing. */
const longestToken = 8_192;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const claims = z.object({
  sub: z.string().check(z.minLength(1)),
  client_id: z.string(),
  scope: z.optional(z.string()),
  /** Cognito's, which signs identity tokens with the same keys. */
  token_use: z.optional(z.literal('access')),
  ...roleClaims,
});

/**
 * Verifies access tokens (RFC 9068): signature by a key of the issuer's discovery document, issuer, audience, dates. Keys
 * are kept, and fetched again when a token names an unknown one.
 *
 * In a token of the client credentials grant the subject is the client; in any other it is a person.
 */
export function createTokenVerifier(options: TokenVerifierOptions): VerifyToken {
  const { issuer, audience, clock, fetch = globalThis.fetch } = options;
  let keys: Promise<JWTVerifyGetKey> | undefined;

  async function discover(): Promise<JWTVerifyGetKey> {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
    const found = z.parse(discovery, await response.json());
    if (found.issuer !== issuer) throw new Error('The discovery document names another issuer');
    const { createRemoteJWKSet, customFetch } = await tokenLibrary();
    return createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: patience,
      [customFetch]: (url: string, init: RequestInit) => fetch(url, init),
    });
  }

  async function keysOfIssuer(): Promise<JWTVerifyGetKey> {
    keys ??= discover();
    try {
      return await keys;
    } catch (cause) {
      keys = undefined;
      throw new IssuerUnavailableError('The identity provider cannot be read', { cause });
    }
  }

  return async (token) => {
    if (token.length > longestToken) return undefined;
    const [{ errors, jwtVerify }, key] = await Promise.all([tokenLibrary(), keysOfIssuer()]);
    try {
      const { payload } = await jwtVerify(token, key, {
        issuer,
        algorithms,
        clockTolerance,
        currentDate: clock.now(),
        requiredClaims: ['exp', 'sub'],
        ...(audience === undefined ? {} : { audience }),
      });
      const found = z.safeParse(claims, payload);
      if (!found.success) return undefined;
      const { sub: subject, scope = '' } = found.data;
      if (found.data.client_id !== subject) {
        return { subject, roles: rolesFromClaims(found.data), kind: 'person' };
      }
      return { subject, scopes: scope.split(' ').filter((name) => name !== ''), kind: 'machine' };
    } catch (cause) {
      if (isAboutTheToken(cause, errors)) return undefined;
      throw new IssuerUnavailableError('The keys of the identity provider cannot be read', { cause });
    }
  };
}

/** The token's own fault, unlike a key set that cannot be fetched or read. */
function isAboutTheToken(error: unknown, errors: typeof joseErrors): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  // A key set that answers with anything but 200 is jose's plain JOSEError; its subclasses speak of the token.
  return error instanceof errors.JOSEError && error.code !== errors.JOSEError.code;
}
