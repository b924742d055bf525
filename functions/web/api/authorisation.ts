import type { MachineClient, VerifyToken } from '../shared/identity/access-token.ts';
import { ApiProblem } from './problem.ts';
import type { Scope } from './scopes.ts';

const realm = 'Bearer realm="onboarding"';

/** The client of a request (RFC 6750). @throws ApiProblem, IssuerUnavailableError */
export async function authenticate(
  header: string | undefined,
  verifyToken: VerifyToken,
): Promise<MachineClient> {
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
  const client = await verifyToken(token);
  if (client === undefined) {
    throw new ApiProblem(
      'invalid_token',
      {
        fr: 'Le jeton est invalide ou expiré. Demandez-en un nouveau au fournisseur d’identité.',
        en: 'The token is invalid or expired. Request a new one from the identity provider.',
      },
      { headers: { 'www-authenticate': `${realm}, error="invalid_token"` } },
    );
  }
  return client;
}

/**
 * Checks the scope here, because identity providers silently leave out scopes they do not grant.
 *
 * @throws ApiProblem
 */
export function authorise({ scopes }: MachineClient, needed: Scope): void {
  if (scopes.includes(needed)) return;
  throw new ApiProblem(
    'insufficient_scope',
    {
      fr: `Cette opération exige le droit « ${needed} ». Demandez un jeton qui le comporte.`,
      en: `This operation requires the scope "${needed}". Request a token with this scope.`,
    },
    { headers: { 'www-authenticate': `${realm}, error="insufficient_scope", scope="${needed}"` } },
  );
}
