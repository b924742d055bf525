import type { Actor } from '../../domain/onboarding/actor.ts';
import type { TokenBearer, VerifyToken } from '../shared/identity/access-token.ts';
import type { Operation } from './operation.ts';
import { ApiProblem } from './problem.ts';
import type { Scope } from './scopes.ts';

const realm = 'Bearer realm="onboarding"';

/** Who sends a request (RFC 6750). @throws ApiProblem, IssuerUnavailableError */
export async function authenticate(
  header: string | undefined,
  verifyToken: VerifyToken,
): Promise<TokenBearer> {
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    throw new ApiProblem(
      'authentication_required',
      {
        fr: 'Envoyez un jeton d’accès du fournisseur d’identité : « Authorization: Bearer … ».',
        en: 'Send an access token from the identity provider: "Authorization: Bearer …".',
      },
      { headers: { 'www-authenticate': realm } },
    );
  }
  const bearer = await verifyToken(token);
  if (bearer === undefined) throw invalidToken();
  return bearer;
}

function invalidToken(): ApiProblem {
  return new ApiProblem(
    'invalid_token',
    {
      fr: 'Le jeton est invalide ou expiré. Demandez-en un nouveau au fournisseur d’identité.',
      en: 'The token is invalid or expired. Request a new one from the identity provider.',
    },
    { headers: { 'www-authenticate': `${realm}, error="invalid_token"` } },
  );
}

/** What an operation asks of those who use it. */
export type Admittance = Pick<Operation, 'scope' | 'operators'>;

/** True for an operation that needs no token. */
export function isPublic({ scope, operators }: Admittance): boolean {
  return scope === undefined && operators === undefined;
}

/**
 * Lets a client with the scope of the operation act, or an operator in person where the operation allows it. The scope is
 * checked here, because identity providers silently leave out scopes they do not grant.
 *
 * @throws ApiProblem
 */
export function authorise(bearer: TokenBearer, { scope, operators }: Admittance): Actor {
  if (bearer.kind === 'person') {
    if (operators === undefined) throw invalidToken();
    if (!bearer.roles.includes('operator')) throw operatorRequired();
    return { kind: 'operator', id: bearer.subject };
  }
  if (scope === undefined) throw operatorRequired();
  if (!bearer.scopes.includes(scope)) throw insufficientScope(scope);
  return { kind: 'machine', id: bearer.subject };
}

function operatorRequired(): ApiProblem {
  return new ApiProblem('operator_required', {
    fr: 'Seule une personne de l’exploitation peut le faire, avec son propre jeton d’accès : un client d’API ne donne pas d’accord.',
    en: 'Only an operator may do this, with an access token of their own: an API client gives no approval.',
  });
}

function insufficientScope(needed: Scope): ApiProblem {
  return new ApiProblem(
    'insufficient_scope',
    {
      fr: `Cette opération exige le droit « ${needed} ». Demandez un jeton qui le comporte.`,
      en: `This operation requires the scope "${needed}". Request a token with this scope.`,
    },
    { headers: { 'www-authenticate': `${realm}, error="insufficient_scope", scope="${needed}"` } },
  );
}
