import { createHmac } from 'node:crypto';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';

/**
 * Personal links. The secret part is a keyed hash (HMAC-SHA-256, 32 bytes) of the onboarding and the generation of its
 * link: unguessable like random bytes, but it can be made again when a reminder is sent, so that no message, log or
 * item ever has to hold it. The table keeps its hash only.
 */
export interface Links {
  /** The secret part of a link, base64url. A new generation replaces the one before. */
  token(reference: string, generation: number): Promise<string>;
}

function subjectOf(reference: string, generation: number): string {
  return `onboarding-link:${reference}:${generation}`;
}

/** The key stays in KMS. */
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
      if (Mac === undefined) throw new Error('KMS answered without a MAC');
      return Buffer.from(Mac).toString('base64url');
    },
  };
}

/** The key is a secret of the machine: for one machine only. */
export function keyedLinks(key: Uint8Array): Links {
  return {
    token: async (reference, generation) =>
      createHmac('sha256', key).update(subjectOf(reference, generation)).digest('base64url'),
  };
}
