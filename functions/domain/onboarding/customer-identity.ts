import type { Text } from '../text.ts';
import { day, hour } from '../time.ts';
import type { Acting } from './people.ts';
import type { IntakeRecord } from './records.ts';

/**
 * What a stage asks of whoever answers for a customer beside the personal link: nothing, a code sent by mail, or
 * ProConnect, the State's sign-in for professionals, of public bodies.
 */
export const customerIdentities = ['link', 'link_and_code', 'link_and_proconnect'] as const;
export type CustomerIdentity = (typeof customerIdentities)[number];

/** With which ProConnect signs for a service, as the service has registered. */
export const proConnectAlgorithms = ['RS256', 'ES256'] as const;
export type ProConnectAlgorithm = (typeof proConnectAlgorithms)[number];

/** How someone shows who they are. */
export type IdentityProof = 'code' | 'proconnect';

/** By what someone was verified, in words. */
export const identityProofTexts: Readonly<Record<IdentityProof, Text>> = {
  code: { fr: 'par un code envoyé par courriel', en: 'by a mailed code' },
  proconnect: { fr: 'par ProConnect', en: 'by ProConnect' },
};

/** How long a device is known once someone has shown on it who they are, in milliseconds. */
export const deviceLife = 90 * day;

/** How long a page is kept that waits for its sender to show who they are, in milliseconds. */
export const pendingLife = hour;

/**
 * What someone has to show before a device may change anything for an onboarding; undefined when the link suffices.
 * ProConnect is for public bodies only; integrators work for other organisations, and get the code as companies do.
 */
export function proofNeeded(
  identity: CustomerIdentity,
  { bodyType }: Pick<IntakeRecord, 'bodyType'>,
  { role }: Acting,
): IdentityProof | undefined {
  if (identity === 'link') return undefined;
  const isPublic = bodyType !== 'company' && role !== 'integrator';
  return identity === 'link_and_proconnect' && isPublic ? 'proconnect' : 'code';
}
