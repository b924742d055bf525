import { createHash, createHmac } from 'node:crypto';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';

/**
 * Personal links. The secret part is a keyed hash (HMAC-SHA-256, 32 bytes) of the onboarding and the generation of its
 * link. It is as unguessable as random bytes but can be computed again for a reminder, so that no message, log or item
 * has to contain it. The table stores only its hash.
 */
export interface Links {
  /**
   * The secret part of a link, base64url. A new generation replaces the previous one.
   *
   * @param person id of the person whose link it is; the contact's without
   */
  token(reference: string, generation: number, person?: string): Promise<string>;
  /** A keyed digest of a text: no one without the key can find out the text by guessing. */
  digest(text: string): Promise<string>;
}

/** KMS takes 4 kB at most, so the text is hashed before. */
function digestSubject(text: string): string {
  return `request:${createHash('sha256').update(text).digest('base64url')}`;
}

function subjectOf(reference: string, generation: number, person: string | undefined): string {
  return person === undefined
    ? `onboarding-link:${reference}:${generation}`
    : `person-link:${reference}:${person}:${generation}`;
}

/** Computes links in KMS, which never releases the key. */
export function kmsLinks(client: KMSClient, keyId: string): Links {
  async function mac(subject: string): Promise<string> {
    const { Mac } = await client.send(
      new GenerateMacCommand({
        KeyId: keyId,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from(subject),
      }),
    );
    if (Mac === undefined) throw new Error('KMS returned no MAC');
    return Buffer.from(Mac).toString('base64url');
  }
  return {
    token: (reference, generation, person) => mac(subjectOf(reference, generation, person)),
    digest: (text) => mac(digestSubject(text)),
  };
}

/** Computes links with a key of the local machine; only for the local system. */
export function keyedLinks(key: Uint8Array): Links {
  const mac = (subject: string) => createHmac('sha256', key).update(subject).digest('base64url');
  return {
    token: async (reference, generation, person) => mac(subjectOf(reference, generation, person)),
    digest: async (text) => mac(digestSubject(text)),
  };
}
