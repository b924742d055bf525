import { createHmac } from 'node:crypto';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';

/**
 * Personal links. The secret part is a keyed hash (HMAC-SHA-256, 32 bytes) of the onboarding and the generation of its
 * link. It is as unguessable as random bytes but can be computed again for a reminder, so that no message, log or item
 * has to contain it. The table stores only its hash.
 */
export interface Links {
  /** The secret part of a link, base64url. A new generation replaces the previous one. */
  token(reference: string, generation: number): Promise<string>;
}

function subjectOf(reference: string, generation: number): string {
  return `onboarding-link:${reference}:${generation}`;
}

/** Computes links in KMS, which never releases the key. */
export function kmsLinks(client: KMSClient, keyId: string): Links {
  return {
    token: async (reference, generation) => {
      const { Mac } = await client.send(
        new GenerateMacCommand({
          KeyId: keyId,
          MacAlgorithm: 'HMAC_SHA_256',
          Message: Buffer.from(subjectOf(reference, generation)),
        }),
      );
      if (Mac === undefined) throw new Error('KMS returned no MAC');
      return Buffer.from(Mac).toString('base64url');
    },
  };
}

/** Computes links with a key of the local machine; only for the local system. */
export function keyedLinks(key: Uint8Array): Links {
  return {
    token: async (reference, generation) =>
      createHmac('sha256', key).update(subjectOf(reference, generation)).digest('base64url'),
  };
}
