import type { MachineClient, VerifyToken } from '../shared/identity/access-token.ts';
import { ApiProblem } from './problem.ts';
import type { Scope } from './scopes.ts';

const realm = 'Bearer realm="onboarding"';

/** The client a request comes from (RFC 6750). @throws ApiProblem, IssuerUnavailableError */
export async function authenticate(
  header: string | undefined,
  verifyToken: VerifyToken,
): Promise<MachineClient> {
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    throw new ApiProblem(
      'authentication_required',
      {
        fr: 'Joignez un jeton d’accès : « Authorization: Bearer … », obtenu du fournisseur d’identité.',
        en: 'Send an access token, "Authorization: Bearer …", obtained from the identity provider.',
      },
      { headers: { 'www-authenticate': realm } },
    );
  }
  const client = await verifyToken(token);
  if (client === undefined) {
    throw new ApiProblem(
      'invalid_token',
      {
        fr: 'Le jeton est invalide ou expiré. Demandez-en un nouveau au fournisseur d’identité.',
        en: 'The token is invalid or expired. Ask the identity provider for a new one.',
      },
      { headers: { 'www-authenticate': `${realm}, error="invalid_token"` } },
    );
  }
  return client;
}

/**
 * Scopes are checked here: identity providers leave out scopes they do not grant without saying so.
 *
 * @throws ApiProblem
 */
export function authorise({ scopes }: MachineClient, needed: Scope): void {
  if (scopes.includes(needed)) return;
  throw new ApiProblem(
    'insufficient_scope',
    {
      fr: `Cette opération demande le droit « ${needed} ». Demandez-le avec le jeton.`,
      en: `This operation needs the scope "${needed}". Ask for it with the token.`,
    },
    { headers: { 'www-authenticate': `${realm}, error="insufficient_scope", scope="${needed}"` } },
  );
}
