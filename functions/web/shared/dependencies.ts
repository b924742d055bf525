import type { ApplicationDependencies } from '../../application/dependencies.ts';
import type { MailSender } from '../../domain/mail-sender.ts';
import type { CustomerIdentity } from '../../domain/onboarding/customer-identity.ts';
import type { Published } from '../../domain/trust/publication.ts';
import type { RenderDocument } from '../../platform/document-renderer.ts';
import type { Links } from '../../platform/links.ts';
import type { Logger } from '../../platform/log.ts';
import type { SealKey } from '../../platform/seal-key.ts';
import type { Site } from './http/site.ts';
import type { VerifyToken } from './identity/access-token.ts';
import type { IdentityProvider } from './identity/identity-provider.ts';
import type { ProConnect } from './identity/proconnect.ts';

/** What the pages work with. */
export interface WebDependencies extends ApplicationDependencies {
  readonly logger: Logger;
  readonly links: Links;
  /** Seals the records of submissions. */
  readonly sealKey: SealKey;
  /** Makes the PDF of a record that is sealed. */
  readonly renderDocument: RenderDocument;
  readonly site: Site;
  readonly identity: IdentityProvider;
  /** Reads the access tokens of machine clients. */
  readonly verifyToken: VerifyToken;
  /** Where machine clients ask for tokens: the API's description says it. */
  readonly tokenUrl: string;
  /** Account owner and team of an onboarding whose request names none. */
  readonly sales: { readonly owner: string; readonly team: string };
  /** Whom people may write to when no other contact is known. */
  readonly contact: string;
  /** What mail servers know our mail by. */
  readonly mailSender: MailSender;
  /** Where a demonstration is steered from, on the one machine that has one. */
  readonly demonstration?: string;
  /** What the operator publishes about itself and this stage. */
  readonly publication: () => Promise<Published>;
  /** What is asked of whoever answers for a customer beside the link. */
  readonly customerIdentity: CustomerIdentity;
  /** The State's sign-in for professionals, where the stage asks for it. */
  readonly proConnect?: ProConnect;
  /** Days for which personal data is kept after closing; the pages state them. */
  readonly retentionDays: number;
}
