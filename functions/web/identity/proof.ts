import { type IdentityProof, proofNeeded } from '../../domain/onboarding/customer-identity.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { WebContext, WebMiddleware } from '../shared/http/web-app.ts';
import { customerOf } from '../shared/session/access.ts';
import { identityPath, waitingOf } from './waiting.ts';

/** How the person has to show who they are; the intake is read only where it decides. */
export async function proofOf(
  c: WebContext,
  { store, customerIdentity }: Pick<WebDependencies, 'store' | 'customerIdentity'>,
): Promise<IdentityProof | undefined> {
  const { reference, acting } = customerOf(c);
  if (customerIdentity !== 'link_and_proconnect') {
    return customerIdentity === 'link' ? undefined : 'code';
  }
  return proofNeeded(customerIdentity, await store.dossiers.intake(reference), acting);
}

/** Lets through only those who have to show who they are in this way; others are led to theirs. */
export function onlyBy(deps: WebDependencies, proof: IdentityProof): WebMiddleware {
  return async (c, next) =>
    (await proofOf(c, deps)) === proof ? next() : leadTo(c, deps.site, identityPath(waitingOf(c)));
}
